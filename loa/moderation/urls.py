"""Addresses of the queue, under /moderation/."""

from django.urls import path

from loa.moderation import views

app_name = "moderation"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("withdraw", views.find_one, name="find"),
    path("withdraw/<slug:public_id>", views.withdraw_one, name="withdraw"),
    path("reports/<str:public_id>/settle", views.settle_one, name="settle"),
    path("<str:public_id>", views.review, name="review"),
    path("<str:public_id>/preview", views.preview, name="preview"),
    path("<str:public_id>/approve", views.approve_one, name="approve"),
]
