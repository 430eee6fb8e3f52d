"""Pictures in pages: the lightest file that is wide enough, its size known beforehand, nothing inline."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from loa.lib.sizes import in_words
from loa.media import players
from loa.media.models import WIDTHS, Provider, widths_of

register = template.Library()
ADDRESS = re.compile(r"(/media/[a-z2-7]{26})\.[a-z0-9]+")
ANYWHERE = re.compile(r"(/media/[a-z2-7]{26})\.(?:webp|jpg)$")
IN_TEXT = re.compile(r'<img (?P<before>[^>]*?)src="(?P<address>(?P<stem>/media/[a-z2-7]{26})\.(?:webp|jpg))"')
FIGURE = re.compile(
    r'<figure>\s*(?P<image><img [^>]*?src="(?P<address>[^"]+)"[^>]*>)\s*'
    r"(?:<figcaption>(?P<caption>.*?)</figcaption>)?\s*</figure>",
    re.DOTALL,
)
BARE = re.compile(r'<img [^>]*?src="(?P<address>[^"]+)"[^>]*>(?!\s*<figcaption)')
TEXT_SIZES = "(min-width: 46.5rem) 42.5rem, 100vw"
LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
TYPES = {"avif": "image/avif", "webp": "image/webp"}


register.filter("size", in_words)


@register.simple_tag
def picture(
    shown: Mapping[str, Any] | str,
    sizes: str = "100vw",
    alt: str | None = None,
    widest: int = WIDTHS[-1],
    side: int = 0,
    is_first: bool = False,
) -> str:
    """One picture as a release keeps it, or the address of a square one of `side` pixels (a logo, a portrait).

    `sizes` says how wide it stands; `widest` how wide it ever gets, twice for sharp screens. `is_first` is for the one
    the reader sees first. An `alt` given here takes the place of its own: empty where a link beside it says the same.
    """
    about: Mapping[str, Any] = {"url": shown, "width": side, "height": side} if isinstance(shown, str) else shown
    match = ADDRESS.fullmatch(str(about["url"]))
    width = int(about.get("width") or 0)
    widths = [WIDTHS[0]] if side else [one for one in widths_of(width) if one <= widest] or widths_of(width)[:1]
    files = _sources(match[1], widths) if match and widths else []
    sources = "".join(f'<source type="{kind}" srcset="{srcset}" sizes="{escape(sizes)}">' for kind, srcset in files)
    src = f"{match[1]}-{_middle(widths)}.jpg" if match and widths else escape(about["url"])
    height = int(about.get("height") or 0) or (width and side) or 900
    words = escape(str(about.get("alt") or "") if alt is None else alt)
    focal = f' class="{found}"' if (found := _focal(about.get("focal"))) else ""
    way = 'fetchpriority="high"' if is_first else 'loading="lazy" decoding="async"'
    return mark_safe(  # noqa: S308 (numbers, addresses of ours, and what was escaped)
        f'<picture class="picture">{sources}<img src="{src}" width="{width or 1600}" height="{height}" alt="{words}"'
        f"{focal} {way}></picture>"
    )


def _sources(stem: str, widths: list[int]) -> list[tuple[str, str]]:
    return [
        (kind, ", ".join(f"{stem}-{width}.{form} {width}w" for width in widths)) for form, kind in TYPES.items()
    ]  # the lightest first: a browser takes the first it can show


def _middle(widths: list[int]) -> int:
    return max((width for width in widths if width <= 960), default=widths[0])


def _focal(point: Sequence[int] | None) -> str:
    """The classes that keep a point in sight where the picture is cropped: to ten per cent, for nothing is inline."""
    if not point or list(point) == [50, 50]:
        return ""
    across, down = (min(10, max(0, round(value / 10))) for value in point)
    return f"focal-x{across} focal-y{down}"


@register.filter
def at_width(address: str, width: int) -> str:
    """The JPEG of a picture of ours at a width, for pages where it stands as one address; any other as it is."""
    return ANYWHERE.sub(rf"\1-{int(width)}.jpg", address)


@register.simple_tag
def prose(body_html: str, pictures: Sequence[Mapping[str, Any]] = ()) -> str:
    """A cleaned text whose pictures come in the width they are looked at, with their size where it is known.

    A picture says whose it is, and that a model drew it, wherever it stands.
    """
    sizes = {one["url"]: (one.get("width"), one.get("height")) for one in pictures}

    def wider(found: re.Match[str]) -> str:
        stem = found["stem"]
        sources = ", ".join(f"{stem}-{width}.webp {width}w" for width in WIDTHS[1:4])
        width, height = sizes.get(found["address"], (0, 0))
        size = f' width="{int(width)}" height="{int(height)}"' if width and height else ""
        more = f'src="{stem}-960.jpg" srcset="{sources}" sizes="{TEXT_SIZES}" loading="lazy"'
        return f"<img {found['before']}{more}{size}"

    return mark_safe(IN_TEXT.sub(wider, with_words(body_html, pictures)))  # noqa: S308 (cleaned when it was kept and when it was shelved)


def with_words(body_html: str, pictures: Sequence[Mapping[str, Any]]) -> str:
    """The text whose pictures say whose they are, and which of them a model drew, in the language being spoken."""
    known = {str(one["url"]): one for one in pictures}

    def figure(found: re.Match[str]) -> str:
        about = known.get(found["address"], {})
        caption, credit = found["caption"] or "", str(about.get("credit") or "")
        words = [format_html("<b>{}</b>", _("Ảnh tạo bằng AI")) if about.get("is_ai") else "", caption]
        if credit and escape(credit) not in caption:
            words.append(format_html("{} {}", _("Nguồn ảnh:"), credit))
        said = " · ".join(filter(None, words))
        return f"<figure>{found['image']}{f'<figcaption>{said}</figcaption>' if said else ''}</figure>"

    def bare(found: re.Match[str]) -> str:
        about = known.get(found["address"], {})
        made = format_html(" <b>{}</b>", _("Ảnh tạo bằng AI")) if about.get("is_ai") else ""
        credit = format_html(" <small>{} {}</small>", _("Nguồn ảnh:"), about["credit"]) if about.get("credit") else ""
        return f"{found[0]}{made}{credit}"

    return BARE.sub(bare, FIGURE.sub(figure, body_html))


@register.inclusion_tag("media/_video.html", takes_context=True)
def video(context: template.RequestContext, shown: Mapping[str, Any]) -> dict[str, Any]:
    """A video as a release keeps it; one of a provider's is a picture and a link until it is clicked.

    The page's security policy lets in the provider's player, and only on pages that have one.
    """
    about: dict[str, Any] = {"shown": shown, "captions_label": LANGUAGES.get(shown.get("captions_language", ""), "")}
    poster = ADDRESS.fullmatch(str((shown.get("poster") or {}).get("url", "")))
    about["poster"] = f"{poster[1]}-960.jpg" if poster else ""
    provider = str(shown.get("provider") or "")
    if provider in players.HOSTS:
        request = context.get("request")
        if request is not None:
            request.players = {*getattr(request, "players", ()), players.HOSTS[provider]}
        number = str(shown.get("id") or "")
        about |= {"page": players.page(provider, number), "player": players.player(provider, number)}
        about["name"] = Provider(provider).label
    return about
