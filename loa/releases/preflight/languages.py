"""A text that is written in another language than the one chosen."""

from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loa.lib import languages, written
from loa.releases.preflight.draft import Draft, Finding, Fix


def check(draft: Draft) -> Iterator[Finding]:
    """Only where the text is long enough to tell."""
    found = written.language_of(draft.text)
    chosen = draft.language.partition("-")[0]
    if not found or found.partition("-")[0] == chosen:
        return
    spoken = get_language() or "vi"
    names = {"found": languages.name(found, spoken), "chosen": languages.name(draft.language, spoken)}
    yield Finding(
        check="languages", field="language", excerpt=draft.headline[:160],
        what=_("Bài viết bằng %(found)s nhưng ngôn ngữ chọn là %(chosen)s.") % names,
        why=_("Máy đọc, máy tìm kiếm và bộ lọc ngôn ngữ tin vào lựa chọn này."),
        fix=Fix(_("Đổi thành %(found)s") % names, "language", draft.language, found),
    )  # fmt: skip
