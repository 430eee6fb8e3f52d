"""Addresses of an organization's own numbers."""

from django.urls import path

from loa.stats import views

app_name = "stats"
urlpatterns = [
    path("desk/o/<slug:slug>/numbers", views.of_organization, name="organization"),
    path("desk/o/<slug:slug>/numbers.csv", views.as_csv, name="csv"),
    path("desk/o/<slug:slug>/numbers/<slug:public_id>", views.of_release, name="release"),
]
