"""The doors of newsletters."""

from django.urls import path

from loa.subscribers.views import own_data, preferences, sign_up

app_name = "subscribers"

urlpatterns = [
    path("newsletter", sign_up.sign_up, name="sign_up"),
    path("newsletter/", sign_up.sign_up),
    path("newsletter/confirm/<str:token>", sign_up.confirm, name="confirm"),
    path("newsletter/follow/<str:token>", sign_up.confirm, {"kind": "follow"}),  # of mails sent before
    path("newsletter/preferences/<str:token>", preferences.preferences, name="preferences"),
    path("newsletter/leave/<str:token>", preferences.leave, name="leave"),
    path("newsletter/undo", preferences.undo, name="undo"),
    path("newsletter/data/<str:token>", own_data.data, name="data"),
    path("newsletter/erase/<str:token>", own_data.erase, name="erase"),
]
