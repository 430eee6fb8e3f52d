"""The language of a page is in its address and nowhere else: `/en/…` is English, no prefix the portal's own."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation

LANGUAGES = ("vi", "en")


def split(path: str, own: str) -> tuple[str, str]:
    """The language and the path without its prefix; the portal's own language has no prefix."""
    for language in LANGUAGES:
        if language != own and (path == f"/{language}" or path.startswith(f"/{language}/")):
            return language, path[len(language) + 1 :] or "/"
    return own, path


class LanguageFromPath:
    """Activates the language of the address and hands on the path without the prefix."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        own = getattr(getattr(request, "portal", None), "language", "vi")
        language, rest = split(request.path_info, own)
        request.path_info = rest
        request.language = language  # type: ignore[attr-defined]  # Django's way to hand a request its context
        request.LANGUAGE_CODE = language
        request.prefix = "" if language == own else f"/{language}"  # type: ignore[attr-defined]
        before = get_script_prefix()
        # Whatever is reversed while this page is made, by us or by an app we use, stays in its language.
        set_script_prefix(f"{request.prefix}/")  # type: ignore[attr-defined]
        try:
            with translation.override(language):
                response = self.get_response(request)
        finally:
            set_script_prefix(before)
        response.headers.setdefault("Content-Language", language)
        return response
