"""The doors of newsletters."""

from django.urls import path

from loa.subscribers import views

app_name = "subscribers"

urlpatterns = [
    path("newsletter", views.sign_up, name="sign_up"),
    path("newsletter/", views.sign_up),
    path("newsletter/follow/<str:token>", views.follow, name="follow"),
    path("newsletter/confirm/<str:token>", views.confirm, name="confirm"),
    path("newsletter/preferences/<str:token>", views.preferences, name="preferences"),
    path("newsletter/leave/<str:token>", views.leave, name="leave"),
]
