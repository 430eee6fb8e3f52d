"""The addresses of the public pages; the language prefix is taken off before they are read."""

from django.urls import path

from loa.pages.views import (
    archive,
    calendar,
    embed,
    home,
    icons,
    lists,
    newsroom,
    organizations,
    paper,
    pictures,
    places,
    pricing,
    release,
    search,
    static,
    tools,
    topics,
)
from loa.pages.views.as_markdown import release as release_as_markdown
from loa.pages.views.cards import of_newsroom, of_portal, of_text
from loa.pages.views.machines import llms, security

app_name = "pages"

urlpatterns = [
    path("", home.home, name="home"),
    path("robots.txt", static.robots, name="robots"),
    path("llms.txt", llms),
    path(".well-known/security.txt", security),
    path("favicon.ico", icons.favicon),
    path("apple-touch-icon.png", icons.touch_icon),
    path("apple-touch-icon-precomposed.png", icons.touch_icon),
    path("og/portal.png", of_portal),
    path("og/o/<slug:slug>.png", of_newsroom),
    path("og/<slug:public_id>-<int:number>.png", of_text),
    path("latest", lists.latest, name="latest"),
    path("events", calendar.events, name="events"),
    path("events.ics", calendar.feed),
    path("r/<slug:public_id>", release.release),
    path("r/<slug:public_id>/embed", embed.of_release, name="embed_release"),
    path("r/<slug:public_id>/pictures.zip", pictures.pictures, name="pictures"),
    path("r/<slug:public_id>/qr.svg", tools.qr, name="qr"),
    path("r/<slug:public_id>/<slug:slug>.ics", calendar.event),
    path("r/<slug:public_id>/<slug:slug>.pdf", paper.paper, name="paper"),
    path("r/<slug:public_id>/<slug:slug>.md", release_as_markdown),
    path("r/<slug:public_id>/<slug:slug>", release.release, name="release"),
    path("o/", organizations.organizations, name="organizations"),
    path("o/<slug:slug>", newsroom.newsroom, name="newsroom"),
    path("o/<slug:slug>/embed", embed.of_newsroom, name="embed_newsroom"),
    path("oembed", embed.oembed, name="oembed"),
    path("o/<slug:slug>/media", newsroom.media, name="newsroom_media"),
    path("o/<slug:slug>/people/<slug:person_slug>", organizations.person, name="person"),
    path("s/<slug:slug>", lists.section, name="section"),
    path("t/", topics.index, name="topics"),
    path("t/<str:qcode>/<slug:slug>", topics.topic, name="topic"),
    path("p/", places.index, name="places"),
    path("p/<int:place_id>/<slug:slug>", places.place, name="place"),
    path("archive", archive.archive_now),
    path("archive/<int:year>", archive.archive_by_date, name="archive"),
    path("archive/<int:year>/<int:month>", archive.archive_by_date),
    path("archive/<int:year>/<int:month>/<int:day>", archive.archive_by_date),
    path("search/suggest", search.suggest, name="suggest"),
    path("search", search.search, name="search"),
    path("verified", static.verified, name="verified"),
    path("counting", static.counting, name="counting"),
    path("pricing", pricing.pricing, name="pricing"),
    *[path(slug, static.static_page, {"slug": slug}, name=slug) for slug in static.STATIC_PAGES],
]
