"""Addresses of coverage, at an organization's desk."""

from django.urls import path

from loa.coverage import views

app_name = "coverage"
urlpatterns = [
    path("desk/o/<slug:slug>/coverage", views.of_organization, name="organization"),
    path("desk/o/<slug:slug>/coverage.csv", views.as_csv, name="csv"),
    path("desk/o/<slug:slug>/coverage/<slug:public_id>", views.of_release, name="release"),
    path("desk/o/<slug:slug>/coverage/<slug:public_id>/<slug:clipping>", views.one, name="one"),
    path("desk/o/<slug:slug>/coverage/<slug:public_id>/<slug:clipping>/remove", views.take_off, name="remove"),
]
