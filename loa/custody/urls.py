"""Addresses of the operator's page about backups, and of what an organization takes along."""

from django.urls import path

from loa.custody import views

app_name = "custody"
urlpatterns = [
    path("operator/backups", views.backups, name="backups"),
    path("desk/o/<slug:slug>/export", views.own, name="own"),
    path("desk/o/<slug:slug>/export/<slug:public_id>.zip", views.parcel, name="parcel"),
]
