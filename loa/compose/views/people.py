"""Doors of an organization's people."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from loa.accounts.views import person_of
from loa.compose.forms.people import PersonForm
from loa.compose.forms.pictures import LARGEST_PICTURE
from loa.compose.views.kept import for_writers
from loa.compose.views.organizations import organization_or_404, said_of_suspended
from loa.media.errors import NotAPicture, StorageFull
from loa.media.rules import why_full
from loa.organizations.actions.keep_person import keep_person
from loa.organizations.errors import Suspended
from loa.organizations.models import Organization, Spokesperson


@for_writers
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Everyone who may be quoted, and a form for one more."""
    organization = organization_or_404(request, slug)
    form = PersonForm(request.POST or None, request.FILES or None)
    if form.is_valid() and _is_kept(request, organization, form):
        messages.success(request, _("Đã thêm."))
        return redirect("compose:people", slug)
    context = {"organization": organization, "people": organization.people.all(), "form": form}
    return render(request, "compose/people.html", context, status=400 if form.is_bound else 200)


@for_writers
def person(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One of them."""
    organization = organization_or_404(request, slug)
    found = organization.people.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    form = PersonForm(request.POST or None, request.FILES or None, initial=_shown(found))
    if form.is_valid() and _is_kept(request, organization, form, public_id):
        messages.success(request, _("Đã lưu."))
        return redirect("compose:people", slug)
    context = {"organization": organization, "person": found, "form": form}
    return render(request, "compose/person.html", context, status=400 if form.is_bound else 200)


def _shown(found: Spokesperson) -> dict[str, object]:
    words = ("name", "role", "role_en", "bio", "bio_en", "consent_note")
    facts = {"has_agreed": found.consent_at is not None, "has_left": found.left_at is not None}
    return {**{name: getattr(found, name) for name in words}, **facts}


def _is_kept(request: HttpRequest, organization: Organization, form: PersonForm, public_id: str = "") -> bool:
    typed, upload = form.cleaned_data, form.cleaned_data["portrait"]
    try:
        if upload is not None and upload.size > LARGEST_PICTURE:
            raise NotAPicture
        keep_person(
            person_of(request), organization, public_id=public_id, said=form.said(), has_agreed=typed["has_agreed"],
            has_left=typed["has_left"], portrait=upload.read() if upload is not None else None,
        )  # fmt: skip
    except NotAPicture:
        form.add_error("portrait", _("Tệp này không phải ảnh đọc được hoặc quá lớn. Hãy gửi JPEG, PNG hay WebP."))
    except StorageFull as fact:
        form.add_error("portrait", why_full(fact))
    except Suspended:
        form.add_error(None, said_of_suspended())
    return form.is_valid()
