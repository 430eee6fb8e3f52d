"""The door of the help page: how to write and publish here, with the limits that hold now; for anyone."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from loa.compose.forms.pictures import LARGEST_PICTURE
from loa.compose.queries import DAYS as KEPT_DAYS
from loa.lib import word
from loa.lib.looks import NIGHTS, NIGHTS_OF_SILENCE
from loa.lib.sizes import in_words
from loa.media.actions.attach import LARGEST as LARGEST_ATTACHMENT
from loa.media.decoder import MOST_PIXELS
from loa.releases.actions.ask_approval import DAYS as APPROVAL_DAYS
from loa.releases.actions.write_down import MOST as REVISIONS
from loa.ui.language import language_of

MB = 1_000_000
WRITTEN_IN = ("vi", "en")


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Vietnamese, English, and for any other language of the interface the English text under its own `lang`."""
    language = language_of(request)
    text = language if language in WRITTEN_IN else "en"
    context = {
        "text": f"compose/help/{text}.html", "text_language": text, "undo": settings.LOA_UNDO,
        "picture_mb": LARGEST_PICTURE // MB, "pdf_mb": LARGEST_ATTACHMENT // MB, "word_mb": word.MOST_BYTES // MB,
        "video_mb": settings.LOA_LARGEST_VIDEO // MB,
        "library": in_words(settings.LOA_LIBRARY_QUOTA) if settings.LOA_LIBRARY_QUOTA else "",
        "megapixels": MOST_PIXELS // MB, "kept_days": KEPT_DAYS,
        "approval_days": APPROVAL_DAYS, "revisions": REVISIONS, "nights": NIGHTS, "silent_nights": NIGHTS_OF_SILENCE,
    }  # fmt: skip
    return render(request, "compose/help.html", context)
