"""Numbers that belong to a person: identity cards, telephones, bank accounts (Law 91/2025/QH15)."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from loa.releases.preflight.draft import Draft, Finding

_IDENTITY = re.compile(
    r"(?<![\d.,/-])0(?:0[1-9]|[1-8]\d|9[0-6])[0-9]\d{2}\d{6}(?![\d.,/-]*\d)"
    r"|(?:CMND|CCCD|căn cước|chứng minh(?: nhân dân)?|ID card|passport|hộ chiếu)"
    r"[^\d\n]{0,25}(?P<number>[A-Z]?\d{7,12})",
    re.IGNORECASE,
)
_MOBILE = re.compile(r"(?<![\d.,/-])(?:\+?84[ .]?|0)(?:3|5|7|8|9)\d(?:[ .-]?\d){7}(?![\d])")
_ACCOUNT = re.compile(
    r"(?:số tài khoản|tài khoản(?: ngân hàng)?(?: số)?|STK|account (?:no|number)|a/c)"
    r"[^\d\n]{0,20}(\d(?:[ .-]?\d){5,18})",
    re.IGNORECASE,
)
# A number that is there to be called.
_PUBLIC = re.compile(
    r"hotline|tổng đài|đường dây nóng|liên hệ|điện thoại|đặt (?:vé|chỗ|bàn|phòng|hàng|mua)|zalo|đăng ký|tư vấn|"
    r"chăm sóc|"
    r"contact|call|phone|tel\b|booking|ĐT\b|SĐT|mã số|MST\b|giấy phép|số đăng ký|tax code",
    re.IGNORECASE,
)
BEFORE = 60  # characters in front of a number that say whose it is


def check(draft: Draft) -> Iterator[Finding]:
    """In the text, not in the contact, which is there to be called; a number is never shown whole."""
    for passage in draft.passages:
        text = passage.text
        for match in _IDENTITY.finditer(text):
            number = match["number"] or match[0]
            yield _finding(passage.field, _masked(number), _("Có vẻ là số căn cước, hộ chiếu của một người."))
        for match in _ACCOUNT.finditer(text):
            yield _finding(passage.field, _masked(match[1]), _("Có vẻ là số tài khoản ngân hàng."))
        for match in _MOBILE.finditer(text):
            if not _PUBLIC.search(text[max(0, match.start() - BEFORE) : match.start()]):
                yield _finding(passage.field, _masked(match[0]), _("Có vẻ là số điện thoại riêng của một người."))


def _masked(number: str) -> str:
    digits = [character for character in number if character.isdigit()]
    return f"{'•' * max(0, len(digits) - 3)}{''.join(digits[-3:])}"


def _finding(field: str, excerpt: str, what: str) -> Finding:
    why = _("Dữ liệu cá nhân đăng lên thì không thu lại được. Hãy bỏ, hoặc nói người đó đã đồng ý.")
    return Finding(check="personal", field=field, excerpt=excerpt, what=what, why=why, ask=_("Vì sao cần đăng số này"))
