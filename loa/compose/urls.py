"""Addresses of the writing desk."""

from django.urls import path

from loa.compose import views
from loa.compose.views import (
    agencies,
    brought,
    checks,
    confirmations,
    embeds,
    media,
    organizations,
    partners,
    people,
    releases,
    times,
    translations,
)

app_name = "compose"
urlpatterns = [
    path("compose/", views.start, name="start"),
    path("desk/", organizations.mine, name="mine"),
    path("desk/organizations/new", organizations.found_one, name="found"),
    path("desk/join/<str:token>", organizations.take_invitation, name="join"),
    path("desk/o/<slug:slug>", organizations.of_organization, name="organization"),
    path("desk/o/<slug:slug>/members", organizations.members, name="members"),
    path("desk/o/<slug:slug>/agencies", agencies.agencies, name="agencies"),
    path("desk/o/<slug:slug>/profile", organizations.profile, name="profile"),
    path("desk/o/<slug:slug>/embed", embeds.embed, name="embed"),
    path("desk/o/<slug:slug>/people", people.people, name="people"),
    path("desk/o/<slug:slug>/people/<str:public_id>", people.person, name="person"),
    path("desk/o/<slug:slug>/new", organizations.new, name="new"),
    path("desk/o/<slug:slug>/bring", brought.begin_with, name="begin_with"),
    path("desk/o/<slug:slug>/media", media.library, name="media"),
    path("desk/o/<slug:slug>/media/upload", media.upload, name="media_upload"),
    path("desk/o/<slug:slug>/media/link", media.link, name="media_link"),
    path("desk/o/<slug:slug>/media/<str:public_id>", media.one, name="media_file"),
    path("desk/o/<slug:slug>/media/<str:public_id>/delete", media.throw_one_away, name="media_delete"),
    path("desk/releases/<str:public_id>", releases.edit, name="edit"),
    path("desk/releases/<str:public_id>/brought", brought.choose, name="brought"),
    path("desk/releases/<str:public_id>/brought/dismiss", brought.dismiss_one, name="brought_dismiss"),
    path("desk/releases/<str:public_id>/preflight", checks.look, name="preflight"),
    path("desk/releases/<str:public_id>/preflight/answer", checks.answer_one, name="preflight_answer"),
    path("desk/releases/<str:public_id>/partners", partners.partners, name="partners"),
    path("desk/releases/<str:public_id>/translations", translations.begin, name="translations"),
    path("desk/releases/<str:public_id>/translations/<str:language>", translations.translation, name="translation"),
    path(
        "desk/releases/<str:public_id>/translations/<str:language>/preview",
        translations.preview,
        name="translation_preview",
    ),
    path(
        "desk/releases/<str:public_id>/translations/<str:language>/publish",
        translations.publish,
        name="translation_publish",
    ),
    path("desk/partner/<str:public_id>", partners.partner, name="partner"),
    path("desk/confirm/<str:public_id>", confirmations.confirm, name="confirm"),
    path("desk/releases/<str:public_id>/confirm", confirmations.ask, name="ask_to_confirm"),
    path("desk/releases/<str:public_id>/preview", releases.preview, name="preview"),
    path("desk/releases/<str:public_id>/submit", releases.submit, name="submit"),
    path("desk/releases/<str:public_id>/time", times.time, name="time"),
    path("desk/releases/<str:public_id>/recall", releases.recall_one, name="recall"),
    path("desk/releases/<str:public_id>/correct", releases.correct_one, name="correct"),
    path("desk/releases/<str:public_id>/withdraw", releases.withdraw_one, name="withdraw"),
]
