"""Links: not https, leading elsewhere than they say, dead or moved."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from loa.releases.preflight.draft import Draft, Finding, Fix

_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,})(?:/\S*)?", re.IGNORECASE)


def check(draft: Draft) -> Iterator[Finding]:
    """Each link once; what is behind it was looked at by the worker, never here."""
    for address, words in dict.fromkeys(draft.links):
        field = "source_url" if address == draft.source_url else "body_html"
        yield from _about(draft, address, words, field)


def _about(draft: Draft, address: str, words: str, field: str) -> Iterator[Finding]:
    excerpt = f"{words} ({address})" if words and words != address else address
    look = draft.looks.get(address)
    if address.startswith("http://"):
        fix = Fix(_("Đổi thành https"), field, address, f"https://{address.removeprefix('http://')}")
        yield Finding(
            check="links", field=field, excerpt=excerpt, fix=fix, what=_("Liên kết không dùng https."),
            why=_("Người đọc bị trình duyệt cảnh báo, và ai đứng giữa đường cũng đổi được trang họ thấy."),
        )  # fmt: skip
    shown = _ADDRESS.fullmatch(words.strip())
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    if shown and host and shown[1].lower() != host and not host.endswith(f".{shown[1].lower()}"):
        yield Finding(
            check="links", field=field, excerpt=excerpt, what=_("Liên kết dẫn tới nơi khác với địa chỉ nó ghi."),
            why=_("Người đọc bấm vào địa chỉ họ thấy; dẫn đi nơi khác là cách của trang lừa đảo."),
        )  # fmt: skip
    if look is not None and look.outcome == "dead":
        yield Finding(
            check="links", field=field, excerpt=excerpt, what=_("Không có trang nào ở địa chỉ này."),
            why=_("Cổng đã thử mở: trang không trả lời hoặc báo không có. Hãy kiểm tra lại địa chỉ."),
        )  # fmt: skip
    if look is not None and look.outcome == "moved":
        onward = Fix(_("Thay bằng địa chỉ mới"), field, address, look.leads_to) if look.leads_to else None
        yield Finding(
            check="links", field=field, excerpt=f"{excerpt} → {look.leads_to}", fix=onward,
            what=_("Địa chỉ này chuyển tới nơi khác."),
            why=_("Liên kết chuyển tiếp dễ chết, và người đọc không thấy nơi mình tới."),
        )  # fmt: skip
