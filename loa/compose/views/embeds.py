"""The code that puts an organization's releases, or one of them, into a page of its own site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html

from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.compose.views.kept import for_writers
from loa.compose.views.organizations import organization_or_404
from loa.portals.middleware import portal_of
from loa.portals.models import Portal

NEWSROOM, RELEASE = (640, 520), (640, 420)


@for_writers
def embed(request: HttpRequest, slug: str) -> HttpResponse:
    """The code of the newsroom's frame in every language of the interface."""
    organization, portal = organization_or_404(request, slug), portal_of(request)
    path = f"{organization.get_absolute_url()}/embed"
    embeds = [coded(code, portal.link(path, code), organization.label(code), NEWSROOM) for code in portal.spoken]
    context = {"organization": organization, "embeds": embeds, "address": portal.link(organization.get_absolute_url())}
    return render(request, "compose/embed.html", context)


def of_entry(entry: Entry | None, portal: Portal) -> list[dict[str, str]]:
    """The code of a published release's frame in each language it has a text in."""
    if entry is None:
        return []
    return [
        coded(language, portal.link(f"/r/{entry.public_id}/embed", language), text.headline, RELEASE)
        for language, text in archive.texts(entry).items()
    ]


def coded(language: str, address: str, title: str, size: tuple[int, int]) -> dict[str, str]:
    """The element to paste."""
    code = format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy"></iframe>', address, *size, title
    )
    return {"language": language, "address": address, "code": str(code)}
