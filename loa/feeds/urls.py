"""The addresses of feeds and sitemaps."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import path

from loa.feeds.views import feeds, sitemaps

app_name = "feeds"

LISTS: dict[str, Callable[..., HttpResponse]] = {
    "": feeds.home,
    "s/<slug:slug>/": feeds.section,
    "t/<str:qcode>/<slug:slug>/": feeds.topic,
    "p/<int:place_id>/<slug:slug>/": feeds.place,
    "o/<slug:slug>/": feeds.newsroom,
    "search/": feeds.search,
}

urlpatterns = [
    *[path(f"{under}feed.{form}", door, {"form": form}) for under, door in LISTS.items() for form in feeds.FORMS],
    path("sitemap.xml", sitemaps.sitemap),
    path("sitemap-lists-<int:part>.xml", sitemaps.of_lists),
    path("sitemap-<int:year>-<int:month>-<int:part>.xml", sitemaps.of_month),
    path("news-sitemap.xml", sitemaps.news_sitemap),
]
