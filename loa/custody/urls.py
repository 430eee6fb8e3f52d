"""Addresses of the operator's page about backups."""

from django.urls import path

from loa.custody import views

app_name = "custody"
urlpatterns = [path("operator/backups", views.backups, name="backups")]
