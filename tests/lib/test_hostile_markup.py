"""Payloads of every family, each by itself, through every way by which markup becomes ours."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from loa.lib import html, markdown
from loa.lib.pasted import without_rubbish
from tests.payloads import FAMILIES, PAYLOADS, Payload

WAYS: dict[str, Callable[[str], str]] = {
    "cleaned": html.clean,
    "typed": html.from_typed,
    "plain": html.from_text,
    "within a paragraph": lambda markup: html.clean(f"<p>{markup}</p>"),
    "pasted from Word": lambda markup: html.clean(without_rubbish(f"<p class=MsoNormal>{markup}")),
    "pasted as a list of Word's": lambda markup: html.clean(
        without_rubbish(f"<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>{markup}")
    ),
}
TAG = re.compile(r'<(/?)([a-z0-9]+)((?: [a-z]+="[^"<>]*")*)>')
ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
KNOWN = {
    "a": {"href", "hreflang", "rel"}, "img": {"src", "alt", "width", "height"}, "ol": {"start"},
    "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"},
}  # fmt: skip
ELEMENTS = {
    *("p", "h2", "h3", "h4", "strong", "em", "ul", "ol", "li", "a", "blockquote", "cite", "figure", "figcaption"),
    *("img", "br", "hr", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
}


def strange(markup: str) -> list[str]:
    """What of it is not a text, an element or an attribute we know; empty where all is well."""
    found = re.findall(r"[<>].{0,30}", TAG.sub("", markup))
    for _, tag, attributes in TAG.findall(markup):
        if tag not in ELEMENTS:
            found.append(tag)
        for name, value in ATTRIBUTE.findall(attributes):
            if name not in KNOWN.get(tag, set()) | {"lang", "title"}:
                found.append(f"{tag} {name}")
            if name in ("href", "src") and not leads_out_honestly(value):
                found.append(f"{name} {value}")
    return found


def leads_out_honestly(address: str) -> bool:
    """Whether a browser reads the web, a letter, a telephone or a place of ours in it."""
    plain = re.sub(r"[\t\r\n]", "", address).strip("".join(map(chr, range(33))))
    if urlsplit(plain).scheme:
        return urlsplit(plain).scheme in {"https", "http", "mailto", "tel"}
    return plain.startswith(("/", "#")) and not re.match(r"/[/\\]", plain)


def test_there_are_as_many_as_were_promised() -> None:
    assert len({re.sub(rf"\b{one.number}\b", "", one.markup) for one in PAYLOADS}) >= 900


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("family", FAMILIES)
def test_only_our_own_markup_is_left(family: str, way: str) -> None:
    faults = []
    for one in of_family(family):
        made = WAYS[way](one.markup)
        if wrong := strange(made):
            faults.append(f"{one.number} {one.markup!r}: {wrong}")
        if html.clean(made) != made:
            faults.append(f"{one.number} {one.markup!r}: {made!r} is not clean yet")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("family", FAMILIES)
def test_as_markdown_it_is_words(family: str) -> None:
    """A reader of Markdown turns markup within it into markup again: none may be left, and no address that runs."""
    for one in of_family(family):
        for markup in (html.clean(one.markup), html.from_text(one.markup)):
            made = markdown.from_html(markup, origin="https://loa.example")
            assert not re.search(r"(?<!\\)<(?!https?://)", made), (one, made)
            targets = re.findall(r"(?<!\\)\]\(<?([^)\s>]*)", made)
            assert all(leads_out_honestly(target) for target in targets), (one, targets)


def of_family(family: str) -> list[Payload]:
    """Return its payloads."""
    return [one for one in PAYLOADS if one.family == family]
