"""What may be written down as coverage, and how much of it."""

from urllib.parse import urlsplit, urlunsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loa.archive.models import Entry
from loa.coverage.errors import NotAWebAddress, OwnPage
from loa.lib import domains, html
from loa.lib.safe_fetch import CannotFetch, read_address
from loa.portals.models import PortalHost

MOST = 200  # addresses of one release
AN_HOUR = 60  # that one person adds

TROUBLES: dict[str, str | Promise] = {
    "404": _("Máy chủ trả lời: không có trang này."),
    "410": _("Máy chủ trả lời: trang đã gỡ hẳn."),
    "nobody": _("Không máy chủ nào mang tên này."),
    "silent": _("Máy chủ không trả lời."),
    "closed": _("Trang này không cho máy đọc."),
    "no_page": _("Ở đó không phải một trang báo (có thể là tệp PDF, ảnh hay video)."),
    "off": _("Cổng này không mở trang của nơi khác."),
}


def read(typed: str) -> str:
    """The address as it is kept: without the part after “#”. Raises NotAWebAddress."""
    address = typed.strip()
    if "://" not in address:
        address = f"https://{address}"
    try:
        target = read_address(address, ("https", "http"))
        parts = urlsplit(address)
    except (CannotFetch, ValueError) as error:
        raise NotAWebAddress from error
    kept = urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", parts.query, ""))
    if "." not in target.host or len(kept) > 1000 or not html.is_web_address(kept):
        raise NotAWebAddress
    return kept


def refuse_own(entry: Entry, address: str) -> None:
    """Raise OwnPage where a portal of this house or one of the senders speaks: that is no coverage."""
    host = domains.in_ascii(urlsplit(address).hostname or "").removeprefix("www.")
    own = {domains.in_ascii(one) for one in PortalHost.objects.values_list("host", flat=True)}
    own |= {urlsplit(entry.portal.address).hostname or "", entry.organization.domain}
    own |= {partner.domain for partner in entry.partners.all()}
    if any(host == one.removeprefix("www.") or host.endswith(f".{one}") for one in own - {"", "*"}):
        raise OwnPage
