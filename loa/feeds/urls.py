"""The addresses of feeds and sitemaps."""

from django.urls import path

from loa.feeds.views import feeds, sitemaps

app_name = "feeds"

FORMATS = {"xml": feeds.RSS, "atom": feeds.ATOM, "json": feeds.JSON}

urlpatterns = [
    *[path(f"feed.{ending}", feeds.home, {"form": form}) for ending, form in FORMATS.items()],
    *[path(f"s/<slug:slug>/feed.{ending}", feeds.section, {"form": form}) for ending, form in FORMATS.items()],
    *[path(f"o/<slug:slug>/feed.{ending}", feeds.newsroom, {"form": form}) for ending, form in FORMATS.items()],
    *[path(f"search/feed.{ending}", feeds.search, {"form": form}) for ending, form in FORMATS.items()],
    path("sitemap.xml", sitemaps.sitemap),
    path("news-sitemap.xml", sitemaps.news_sitemap),
]
