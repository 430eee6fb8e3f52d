"""What a reader can do with a release: share it, take it along, hear it."""

from dataclasses import dataclass
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.archive import queries as archive
from loa.archive.sheet import Sheet
from loa.lib import qr as qr_codes
from loa.lib.pdf import may_be_set
from loa.pages import rules
from loa.pages.views.found import beside, find
from loa.pages.views.licence import Terms, terms
from loa.pages.views.pictures import NAME, every

QR = "qr.svg"


@dataclass(frozen=True, kw_only=True)
class Tools:
    """The addresses and words round a release."""

    share: list[tuple[str, str]]
    licence: Terms
    source_line: str
    qr: str
    pdf: str  # empty where our fonts lack the text's script
    pictures: str
    picture_count: int


def tools_of(sheet: Sheet, address: str) -> Tools:
    """The tools of a published text at its full address."""
    return Tools(
        share=_share(address, sheet.headline),
        licence=terms(sheet.licence, address),
        source_line=_("Nguồn: %(sender)s, %(address)s") % {"sender": sheet.sender, "address": address},
        qr=beside(QR)(sheet.path),
        pdf=f"{sheet.path}.pdf" if may_be_set(sheet.headline + sheet.lead) else "",
        pictures=beside(NAME)(sheet.path),
        picture_count=len(every(sheet)),
    )


def _share(address: str, headline: str) -> list[tuple[str, str]]:
    there, words = quote(address, safe=""), quote(headline)
    return [
        ("Zalo", f"https://sp.zalo.me/share_inline?url={there}"),
        ("Facebook", f"https://www.facebook.com/sharer/sharer.php?u={there}"),
        ("X", f"https://x.com/intent/post?url={there}&text={words}"),
        (_("Thư"), f"mailto:?subject={words}&body={words}%0A{there}"),
    ]


@require_safe
def qr(request: HttpRequest, public_id: str) -> HttpResponse:
    """The address of the page as a code for telephones; short, so that the squares are large."""
    found = find(request, public_id, beside(QR))
    if isinstance(found, HttpResponse):
        return found
    return rules.public(
        request, HttpResponse(qr_codes.of_page(found.address), content_type="image/svg+xml"), archive.tags(found.entry)
    )
