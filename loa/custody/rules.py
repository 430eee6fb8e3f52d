"""How public addresses become files of a mirror that opens without a server, and their pages lead to one another."""

import posixpath
import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import unquote, urlsplit

INDEX, NOTE = "/tra-cuu/", "/ve-ban-sao-nay"  # pages of the mirror alone

_LANGUAGE = r"(?:/(?:[a-z]{2,3})(?:-[A-Za-z]{2,4})?)?"
_PAGES = (
    r"/?", r"/latest", r"/events", r"/r/[\w-]+(?:/[\w-]+)?", r"/o/", r"/o/[\w-]+(?:/media|/people/[\w-]+)?",
    r"/s/[\w-]+", r"/t/", r"/t/[\w:.-]+/[\w-]+", r"/p/", r"/p/\d+/[\w-]+", r"/archive/\d{4}(?:/\d{1,2}){0,2}",
    r"/(?:about|pricing|terms|privacy|contact)", r"/newsletter/issues(?:/\d+)?",
    rf"{re.escape(INDEX)}(?:\d{{4}}-\d\d)?", re.escape(NOTE),
)  # fmt: skip
_PAGE = re.compile(f"{_LANGUAGE}(?:{'|'.join(_PAGES)})", re.ASCII)
_ASSET = re.compile(r"/static/[\w/.-]+|/media/[\w.-]+|/brand\.css|/r/[\w-]+/qr\.svg", re.ASCII)
_BARE = re.compile(r"/[a-z]{2,3}(?:-[A-Za-z]{2,4})?", re.ASCII)
# FAT, which sticks are formatted with, knows none of these in a name.
_NO_NAME = str.maketrans(dict.fromkeys('<>:"\\|?*', "-"))


def is_page(path: str) -> bool:
    """Whether an address, without its query, is one of the pages a mirror holds."""
    return _PAGE.fullmatch(path) is not None


def is_asset(path: str) -> bool:
    """Whether an address is a file that pages are made of: a stylesheet, a font, a picture, a document."""
    return _ASSET.fullmatch(path) is not None


def file_of(path: str) -> str:
    """Where the page or file of an address lies in the mirror, relative to its root."""
    name = unquote(path).lstrip("/").translate(_NO_NAME)
    if is_asset(path):
        return name
    if name == "" or name.endswith("/") or _BARE.fullmatch(path):
        return f"{name.rstrip('/')}/index.html".lstrip("/")
    return f"{name}.html"


def relative(here: str, there: str) -> str:
    """The way from one file of the mirror to another."""
    return posixpath.relpath(there, posixpath.dirname(here) or ".")


_SCRIPT = re.compile(r"<script\b(?![^>]*ld\+json)[^>]*>.*?</script>", re.DOTALL)
_FORM = re.compile(r"<form\b([^>]*)>.*?</form>", re.DOTALL)
_LINK = re.compile(r'<link\b[^>]*\brel="(?:preload|prev|next|search|manifest|modulepreload)"[^>]*>')
_SOURCE = re.compile(r"<source\b[^>]*\bsrcset=[^>]*>")
_SRCSET = re.compile(r'\s(?:srcset|sizes|crossorigin)="[^"]*"')
_TAG = re.compile(r"<[a-z][^<>]*>")
_ADDRESS = re.compile(r'(\s(href|src|poster)=")([^"]*)(")')
_BODY = re.compile(r"<body[^>]*>")


def rewritten(page: str, *, link: Callable[[str, str], str], note: str, search: str) -> str:
    """A page for a mirror: no scripts, no forms but a link where one could search, and addresses as `link` has them.

    `link` is asked with the tag and the address; `note` is markup for the head of every page, `search` for where there
    was a search; addresses in both are the portal's own.
    """
    page = _BODY.sub(lambda found: found[0] + note, _SCRIPT.sub("", page), count=1)
    page = _FORM.sub(lambda found: search if "/search" in found[1] else "", page)
    page = _SRCSET.sub("", _SOURCE.sub("", _LINK.sub("", page)))

    def tag(found: re.Match[str]) -> str:
        if "data-live" in found[0]:  # it leads to the portal itself
            return found[0]
        return _ADDRESS.sub(lambda one: f"{one[1]}{escape(link(found[0], unescape(one[3])))}{one[4]}", found[0])

    return _TAG.sub(tag, page)


_IN_STYLE = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")


def files_of_style(style: str, path: str) -> list[str]:
    """The addresses of what a stylesheet at an address shows; those in it are relative to it."""
    found = (address for address in _IN_STYLE.findall(style) if not address.startswith("data:"))
    return [urlsplit(posixpath.normpath(posixpath.join(posixpath.dirname(path), address))).path for address in found]
