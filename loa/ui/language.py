"""The language of a page is in its address and nowhere else: `/en/…` is English, no prefix the portal's own.

Two languages meet on the page of a release: its *text* may be in any language there is (`/ja/r/…`), while the
*interface* round it speaks only those that have a catalogue of translated words. Which these are is found on the
disk: whoever puts `locale/<code>/LC_MESSAGES/django.po` beside the others has added one.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation
from django.utils.translation import to_language, trans_real

from loa.lib import languages

SOURCE, SECOND = "vi", "en"  # what the words in the code are written in, and what stands in where others are silent
_OURS = Path(__file__).parent / "locale"
_TEXTS = "/r/"  # what may be read in a language the interface does not speak


def spoken() -> tuple[str, ...]:
    """The languages of the interface: the source, English, then every other that has a catalogue."""
    return _spoken(tuple(settings.LOCALE_PATHS))


@lru_cache(maxsize=8)
def _spoken(folders: tuple[str | Path, ...]) -> tuple[str, ...]:
    return catalogues((_OURS, *(Path(folder) for folder in folders)))


@lru_cache(maxsize=8)
def catalogues(folders: tuple[Path, ...]) -> tuple[str, ...]:
    """The same from these folders; read once, since a new catalogue is read at the next start anyway."""
    found = {file.parent.parent.name for folder in folders for file in folder.glob("*/LC_MESSAGES/django.*")}
    # Django names folders as locales are named: zh_Hans.
    codes = {known.code for name in found if (known := languages.find(to_language(name))) is not None}
    return (SOURCE, SECOND, *sorted(codes - {SOURCE, SECOND}))


def interface_for(language: str) -> str:
    """The nearest language the interface speaks: itself, else English."""
    return language if language in spoken() else SECOND


def others(own: str, language: str, offered: Iterable[str]) -> list[tuple[str, str]]:
    """The other languages offered, each with its prefix on a portal whose own language is this."""
    return [(code, "" if code == own else f"/{code}") for code in offered if code != language]


@contextmanager
def speaking(language: str, offered: tuple[str, ...] = ()) -> Iterator[str]:
    """Whatever is said meanwhile is said in the nearest language the interface speaks, of those offered.

    Who offers anything names their own language first or English with it; nothing said means all.
    """
    nearest = interface_for(language)
    if offered and nearest not in offered:
        nearest = SECOND if SECOND in offered else offered[0]
    _fall_back(nearest)
    with translation.override(nearest):
        yield nearest


def _fall_back(language: str) -> None:
    """Words a catalogue lacks are said in English, not in the source, which fewer of its readers know."""
    if language not in (SOURCE, SECOND):
        # Django's own choice is LANGUAGE_CODE; plural forms are each catalogue's, so nothing is copied over.
        trans_real.translation(language)._fallback = trans_real.translation(SECOND)  # type: ignore[attr-defined]  # gettext only adds at the end


def split(path: str, own: str, offered: tuple[str, ...] = ()) -> tuple[str, str]:
    """The language and the path without its prefix; the portal's own language has no prefix.

    A language without a catalogue, or one a portal does not offer, is a prefix of releases only.
    """
    first, _, rest = path[1:].partition("/")
    found = languages.find(first)
    if found is None or found.code == own:
        return own, path
    remaining = f"/{rest}"
    # Interface and texts alike know one spelling of a code; only a release leads on from another.
    if (found.code in (offered or spoken()) and first == found.code) or remaining.startswith(_TEXTS):
        return found.code, remaining
    return own, path


class LanguageFromPath:
    """Activates the language of the address and hands on the path without the prefix.

    `request.language` is the interface's, `request.text_language` the one the address asks a text in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        portal = getattr(request, "portal", None)
        own, offered = getattr(portal, "language", SOURCE), getattr(portal, "spoken", ())
        asked, rest = split(request.path_info, own, offered)
        request.path_info = rest
        with speaking(asked, offered) as language:
            request.text_language = asked  # type: ignore[attr-defined]  # Django's way to hand a request its context
            request.language = language  # type: ignore[attr-defined]  # likewise
            request.LANGUAGE_CODE = language
            request.prefix = "" if own in (asked, language) else f"/{language}"  # type: ignore[attr-defined]  # likewise
            before = get_script_prefix()
            # Whatever is reversed while this page is made, by us or by an app we use, stays in its language.
            set_script_prefix(f"{request.prefix}/")  # type: ignore[attr-defined]  # likewise
            try:
                response = self.get_response(request)
            finally:
                set_script_prefix(before)
        response.headers.setdefault("Content-Language", language)
        return response


def language_of(request: HttpRequest) -> str:
    """The language of the interface on the page that was asked for."""
    return cast("str", request.language)  # type: ignore[attr-defined]  # set above
