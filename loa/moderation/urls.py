"""Addresses of the queue, under /moderation/."""

from django.urls import path

from loa.moderation.views import listings, queue, reports, review

app_name = "moderation"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("withdraw", reports.find_one, name="find"),
    path("withdraw/<slug:public_id>", reports.withdraw_one, name="withdraw"),
    path("listings", listings.listings, name="listings"),
    path("listings/<int:pk>", listings.decide_one, name="decide_listing"),
    path("reports/<str:public_id>/settle", reports.settle_one, name="settle"),
    path("<str:public_id>", review.review, name="review"),
    path("<str:public_id>/claim", review.claim_one, name="claim"),
    path("<str:public_id>/preview", review.preview, name="preview"),
    path("<str:public_id>/approve", review.approve_one, name="approve"),
]
