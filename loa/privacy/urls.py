"""Addresses of requests about one's own data."""

from django.urls import path

from loa.privacy.views import asking, register

app_name = "privacy"
urlpatterns = [
    path("privacy/request", asking.ask_us, name="ask"),
    path("privacy/request/<slug:token>", asking.confirm_it, name="confirm"),
    path("operator/data-requests", register.register, name="register"),
    path("operator/data-requests/<slug:public_id>", register.one, name="one"),
]
