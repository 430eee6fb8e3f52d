"""Addresses of the newsletter desk, under /operator/newsletters, and of the archive readers see."""

from django.urls import path

from loa.newsletters.views import desk, editing, following, previews, reading, sending

app_name = "newsletters"
DESK = "operator/newsletters"

urlpatterns = [
    path(DESK, desk.issues, name="issues"),
    path(f"{DESK}/new", desk.begin, name="begin"),
    path(f"{DESK}/sender", desk.imprint, name="imprint"),
    path(f"{DESK}/colours/<slug:scheme>.css", previews.colours, name="colours"),
    path(f"{DESK}/<str:public_id>", editing.issue, name="issue"),
    path(f"{DESK}/<str:public_id>/pick", desk.pick, name="pick"),
    path(f"{DESK}/<str:public_id>/discard", desk.discard, name="discard"),
    path(f"{DESK}/<str:public_id>/preview", previews.preview, name="preview"),
    path(f"{DESK}/<str:public_id>/mail/<slug:scheme>", previews.mail, name="mail"),
    path(f"{DESK}/<str:public_id>/page/<slug:scheme>", previews.page, name="page"),
    path(f"{DESK}/<str:public_id>/try", previews.trial, name="trial"),
    path(f"{DESK}/<str:public_id>/send", sending.send, name="send"),
    path(f"{DESK}/<str:public_id>/take-back", sending.take_back, name="take_back"),
    path(f"{DESK}/<str:public_id>/pause", sending.pause, name="pause"),
    path(f"{DESK}/<str:public_id>/resume", sending.resume, name="resume"),
    path(f"{DESK}/<str:public_id>/stop", sending.stop, name="stop"),
    path("newsletter/search", following.follow, name="follow"),
    path("newsletter/issues", reading.archive, name="archive"),
    path("newsletter/issues/<int:number>", reading.one, name="one"),
]
