"""Whether a translation may stand beside its release."""

from django.utils.translation import gettext as _

from loa.lib import html, languages
from loa.releases.models import Release, Translation
from loa.releases.rules.facts import words_of_facts


def is_translatable_into(release: Release, language: str) -> bool:
    """Whether a text in this language can stand beside the release."""
    found = languages.find(language)
    return found is not None and found.code == language != release.language


def reasons_not_to_publish_translation(release: Release, translation: Translation) -> list[str]:
    """What is still missing, in the order of the form; empty when it may go."""
    quotes = [translation.quotes.get(str(quote.get("id")), {}) for quote in release.quotes]
    roles = [not quote.get("role") or said.get("role") for quote, said in zip(release.quotes, quotes, strict=True)]
    pictures = [translation.pictures.get(picture["url"], {}) for picture in release.pictures]
    facts = words_of_facts(release.facts)
    missing = [
        (release.entry_id is None, _("Bản gốc chưa đăng; bản dịch đăng được ngay sau bản gốc.")),
        (release.organization.approved_at is None, _("Tổ chức chưa được ban biên tập chấp nhận.")),
        (not translation.headline.strip(), _("Hãy dịch tiêu đề.")),
        (bool(release.lead) and not translation.lead.strip(), _("Hãy dịch sapo.")),
        (len(html.to_text(translation.body_html).strip()) < 10, _("Hãy dịch nội dung.")),
        (not all(said.get("alt") for said in pictures), _("Mỗi ảnh cần câu mô tả bằng ngôn ngữ này.")),
        (not all(said.get("text") for said in quotes), _("Mỗi lời trích cần lời dịch.")),
        (not all(roles), _("Hãy dịch chức vụ của người được trích.")),
        (not all(translation.facts.get(name) for name in facts), _("Hãy dịch các chữ của phần thông tin riêng.")),
        (bool(release.contact) and not translation.contact.strip(), _("Hãy ghi liên hệ báo chí bằng ngôn ngữ này.")),
    ]
    return [sentence for is_missing, sentence in missing if is_missing]


def is_behind(release: Release, translation: Translation) -> bool:
    """Whether the original was changed after this was made from it."""
    return translation.made_from != release.revision
