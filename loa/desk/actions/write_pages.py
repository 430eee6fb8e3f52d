"""Writes the first texts of an empty portal's pages, in every language we have them in, for its operator to review."""

from html import escape
from pathlib import Path

from loa.audit.actions.record import Actor
from loa.desk.actions.edit_page import edit_page
from loa.portals import queries as portals
from loa.portals.models import Portal

CONTENT = Path(__file__).parents[1] / "data" / "starting"
# Stands first on each page until the operator takes it away: nobody has read these texts for this portal yet.
MARKS = {
    "vi": "Văn bản khởi đầu, viết sẵn cùng phần mềm; người điều hành cổng chưa xem lại.",
    "en": "A starting text that came with the software; the operator of this portal has not reviewed it yet.",
}


def write_pages(actor: Actor, portal: Portal, *, email: str) -> int:
    """Write each page that is not there in a language; the number written. What is there is left as it is."""
    there = {(page.slug, page.language) for page in portals.pages(portal)}
    missing = [file for file in sorted(CONTENT.glob("*.html")) if _address(file) not in there]
    for file in missing:
        title, body = _text(file, portal, email)
        edit_page(actor, portal=portal, address=_address(file), title=title, body_html=body)
    return len(missing)


def _address(file: Path) -> tuple[str, str]:
    """Slug and language: `terms.vi.html`."""
    slug, language, _ = file.name.split(".")
    return slug, language


def _text(file: Path, portal: Portal, email: str) -> tuple[str, str]:
    """Title and markup; the first line of a file is its heading."""
    _, language = _address(file)
    prefix = "" if language == portal.language else f"/{language}"
    text = file.read_text("utf-8").replace("{email}", escape(email)).replace("{prefix}", prefix)
    heading, body = text.split("\n", 1)
    title = heading.removeprefix("<h1>").removesuffix("</h1>").replace("{name}", portal.name)
    return title, mark(language) + body.replace("{name}", escape(portal.name))


def mark(language: str) -> str:
    """The mark as markup."""
    return f"<p><em>{MARKS.get(language, MARKS['en'])}</em></p>"
