"""The addresses of feeds and sitemaps."""

from django.urls import path

from loa.feeds import views

app_name = "feeds"

FORMATS = {"xml": views.RSS, "atom": views.ATOM, "json": views.JSON}

urlpatterns = [
    *[path(f"feed.{ending}", views.home, {"form": form}) for ending, form in FORMATS.items()],
    *[path(f"s/<slug:slug>/feed.{ending}", views.section, {"form": form}) for ending, form in FORMATS.items()],
    *[path(f"o/<slug:slug>/feed.{ending}", views.newsroom, {"form": form}) for ending, form in FORMATS.items()],
    *[path(f"search/feed.{ending}", views.search, {"form": form}) for ending, form in FORMATS.items()],
    path("sitemap.xml", views.sitemap),
    path("news-sitemap.xml", views.news_sitemap),
]
