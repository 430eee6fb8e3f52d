"""Changes a page of the portal: about, contact, pricing, terms, privacy."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.edge.actions.purge import purge
from loa.lib import html
from loa.portals.models import Portal, StaticPage


def edit_page(actor: Actor, *, portal: Portal, address: tuple[str, str], title: str, body_html: str) -> StaticPage:
    """`address` is slug and language; the markup is cleaned here."""
    slug, language = address
    with transaction.atomic():
        page, _ = StaticPage.objects.update_or_create(
            portal=portal, slug=slug, language=language, defaults={"title": title, "body_html": html.clean(body_html)}
        )
        record(actor, act="desk.edit_page", subject=f"page:{slug}:{language}", detail={"portal": portal.slug})
        purge([f"page:{slug}"])
        return page
