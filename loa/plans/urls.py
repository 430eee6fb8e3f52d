"""Addresses of plans: an organization's own page."""

from django.urls import path

from loa.plans.views import mine

app_name = "plans"
urlpatterns = [
    path("desk/o/<slug:slug>/plan", mine.mine, name="mine"),
    path("desk/o/<slug:slug>/plan/cancel", mine.cancel_one, name="cancel"),
    path("desk/o/<slug:slug>/plan/resume", mine.resume_one, name="resume"),
    path("desk/o/<slug:slug>/plan/next", mine.choose_one, name="choose"),
]
