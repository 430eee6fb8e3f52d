"""The addresses of the public pages; the language prefix is taken off before they are read."""

from django.urls import path

from loa.pages import views

app_name = "pages"

urlpatterns = [
    path("", views.home, name="home"),
    path("brand.css", views.brand, name="brand"),
    path("robots.txt", views.robots, name="robots"),
    path("latest", views.latest, name="latest"),
    path("r/<slug:public_id>", views.release),
    path("r/<slug:public_id>/<slug:slug>", views.release, name="release"),
    path("o/", views.organizations, name="organizations"),
    path("o/<slug:slug>", views.newsroom, name="newsroom"),
    path("s/<slug:slug>", views.section, name="section"),
    path("t/<str:qcode>/<slug:slug>", views.topic, name="topic"),
    path("p/<int:place_id>/<slug:slug>", views.place, name="place"),
    path("archive/<int:year>", views.archive_by_date, name="archive"),
    path("archive/<int:year>/<int:month>", views.archive_by_date),
    path("archive/<int:year>/<int:month>/<int:day>", views.archive_by_date),
    path("search", views.search, name="search"),
    *[path(slug, views.static_page, {"slug": slug}, name=slug) for slug in views.STATIC_PAGES],
]
