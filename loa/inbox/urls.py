"""Addresses of the inbox."""

from django.urls import path

from loa.inbox import views

app_name = "inbox"
urlpatterns = [
    path("desk/inbox", views.inbox, name="inbox"),
    path("desk/inbox/read", views.open_all, name="read_all"),
    path("desk/inbox/choices", views.choices, name="choices"),
    path("inbox/leave/<slug:token>", views.leave, name="leave"),
    path("desk/inbox/<int:pk>", views.open_one, name="open"),
]
