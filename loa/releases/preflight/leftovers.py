"""What a template or an older release left behind."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from loa.releases.preflight.draft import Draft, Finding, Passage, around

_SLOT = re.compile(
    r"\[(?!(?:trích|quote)\b|\d{1,3}\]|\.{3}\]|…\]|sic\])(?=[^\]]*[^\W\d_])[^\]\n]{2,60}\]"
    r"|\{\{[^}\n]{1,60}\}\}|«[^»\n]{2,40}»(?= *(?:[,.]|$))|<[^\W\d_][^<>\n]{2,40}>"
    r"|\b(?:XX+|xx/xx|xx-xx|TBD|TBC|TODO|FIXME)\b|\bx{2,}(?:[/.-]x{2,})+|_{4,}|\.{6,}|…{3,}"
    r"|\blorem ipsum\b|\bdolor sit amet\b|\b(?:tên công ty|company name|insert [\w ]{2,30} here)\b(?= *[:)\]]|$)"
)
_QUARTER = re.compile(r"\b(?:quý|quarter|q) ?(?P<number>IV|I{1,3}|[1-4])\b", re.IGNORECASE)
_NUMBERS = {"I": 1, "II": 2, "III": 3, "IV": 4}


def check(draft: Draft) -> Iterator[Finding]:
    """Brackets to fill in, dummy words, and the name of another quarter."""
    lines = (*draft.passages, Passage("dateline", draft.dateline), Passage("contact", draft.contact))
    for passage in lines:
        for match in _SLOT.finditer(passage.text):
            yield Finding(
                check="leftovers", field=passage.field, excerpt=around(passage.text, match.start(), match.end()),
                what=_("Chỗ chưa điền: %(slot)s") % {"slot": match[0][:60]},
                why=_("Có vẻ là chữ của bản mẫu còn sót."),
            )  # fmt: skip
    yield from _quarters(draft)


def _quarters(draft: Draft) -> Iterator[Finding]:
    """The headline names a quarter; a lead that only names another was copied from the last release."""
    told = _named(draft.headline) | _named(str(draft.facts.get("period") or ""))
    in_lead = _named(draft.lead)
    if told and in_lead and not told & in_lead:
        match = _QUARTER.search(draft.lead)
        excerpt = around(draft.lead, match.start(), match.end()) if match else draft.lead[:160]
        yield Finding(
            check="leftovers", field="lead", excerpt=excerpt, what=_("Tiêu đề và sapo nói về hai quý khác nhau."),
            why=_("Có vẻ sapo còn lại từ thông cáo của quý trước."),
        )  # fmt: skip


def _named(text: str) -> set[int]:
    return {_NUMBERS.get(one["number"].upper()) or int(one["number"]) for one in _QUARTER.finditer(text)}
