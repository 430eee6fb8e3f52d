"""The doors of newsletters."""

from django.urls import path

from loa.subscribers.views import bringing, operator, own_data, preferences, press, sign_up

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
    path("newsletter/press", press.press, name="press"),
    path("newsletter/erase/<str:token>", own_data.erase, name="erase"),
    path("operator/subscribers/", operator.index, name="readers"),
    path("operator/subscribers/export", operator.export, name="export"),
    path("operator/subscribers/domains", operator.domains, name="domains"),
    path("operator/subscribers/press", operator.press_list, name="press_list"),
    path("operator/subscribers/press/<str:public_id>", operator.decide, name="decide"),
    path("operator/subscribers/bring", bringing.bring, name="bring"),
    path("operator/subscribers/bring/<str:public_id>", bringing.bringing, name="bringing"),
    path("operator/subscribers/bring/<str:public_id>/discard", bringing.discard, name="discard"),
    path("operator/subscribers/bring/<str:public_id>/proof", bringing.proof, name="proof"),
    path("operator/subscribers/of/<str:public_id>", operator.reader, name="reader"),
    path("operator/subscribers/of/<str:public_id>/end", operator.end, name="end"),
    path("operator/subscribers/of/<str:public_id>/erase", operator.erase_reader, name="erase_reader"),
]
