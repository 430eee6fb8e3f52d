"""Addresses of the operator's pages, under /operator/."""

from django.urls import path

from loa.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.index, name="index"),
    path("sections", views.sections, name="sections"),
    path("sections/<slug:slug>/move", views.move_a_section, name="move_section"),
    path("pages/<slug:slug>/<slug:language>", views.page, name="page"),
    path("about/<slug:language>", views.about, name="about"),
    path("staff", views.staff, name="staff"),
    path("address", views.address, name="address"),
    path("mail", views.outgoing, name="outgoing"),
    path("mail/lane/<slug:lane>/<slug:way>", views.switch_lane, name="switch_lane"),
    path("mail/mailing/<slug:public_id>/<slug:way>", views.change_mailing, name="change_mailing"),
    path("mail/message/<slug:public_id>/<slug:way>", views.change_message, name="change_message"),
    path("pin", views.pinned, name="pin"),
    path("synonyms", views.synonyms, name="synonyms"),
    path("organizations", views.organizations, name="organizations"),
    path("organizations/<slug:slug>/suspend", views.suspend_organization, name="suspend"),
    path("organizations/<slug:slug>/reinstate", views.reinstate_organization, name="reinstate"),
]
