"""Addresses of what was brought in for an organization."""

from django.urls import path

from loa.imports import views

app_name = "imports"
urlpatterns = [path("desk/o/<slug:slug>/brought-in", views.brought_in, name="brought_in")]
