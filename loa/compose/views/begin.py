"""Doors of beginning with something: a skeleton of a kind, a template of the organization, or an older release."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loa.accounts.views import person_of
from loa.compose.queries import beginnings as queries
from loa.compose.views.found import release_or_404
from loa.compose.views.kept import for_writers
from loa.compose.views.organizations import client_or_404, may_begin, said_of_suspended
from loa.lib.languages import own_name
from loa.organizations import queries as organizations
from loa.organizations.models import Organization
from loa.portals.middleware import portal_of
from loa.releases.actions.copy import begin_from, copy
from loa.releases.actions.keep_template import drop_template, keep_template
from loa.releases.errors import NotAWriter, Suspended, TooMany
from loa.releases.models import Kind, Release, Template
from loa.ui.language import language_of


@for_writers
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """What a release may begin with; nothing is written before a button is pressed."""
    organization = client_or_404(request, slug)
    if request.method == "POST":
        return _begun(request, organization)
    spoken = language_of(request) if language_of(request) in queries.SKELETONS else "en"
    kinds = [
        {"kind": kind, "name": Kind(kind).label, "hint": said["hint"]}
        for kind, said in queries.SKELETONS[spoken].items()
    ]
    chosen = portal_of(request).language if portal_of(request).language in queries.SKELETONS else "en"
    context = {
        "organization": organization, "kinds": kinds, "templates": _templates(request, organization), "chosen": chosen,
        "languages": [(code, own_name(code)) for code in queries.SKELETONS], "spoken": spoken,
    }  # fmt: skip
    return render(request, "compose/begin.html", context)


def _begun(request: HttpRequest, organization: Organization) -> HttpResponse:
    sent = request.POST
    template = _templates(request, organization).filter(public_id=sent.get("template", "")).first()
    if template is not None:
        return _opened(
            request, organization, lambda: begin_from(person_of(request), organization, fields=template.fields)
        )
    try:
        fields = queries.skeleton(sent.get("kind", ""), sent.get("language", ""))
    except KeyError as error:
        raise Http404 from error
    fields["contact"] = queries.press_contact(organization)
    return _opened(request, organization, lambda: begin_from(person_of(request), organization, fields=fields))


def _templates(request: HttpRequest, organization: Organization) -> QuerySet[Template]:
    """Those of its own people and its agencies; an editor of the portal has nothing to do with them."""
    rows = queries.templates(organization)
    return rows if is_writer_of(request, organization) else rows.none()


def is_writer_of(request: HttpRequest, organization: Organization) -> bool:
    """Whether this person writes for it as one of its own people or of its agency's."""
    person = person_of(request)
    return organizations.get_for_writer(person, organization.slug, portal_id=organization.portal_id) is not None


@for_writers
@require_POST
def copy_one(request: HttpRequest, public_id: str) -> HttpResponse:
    """A new draft that begins with what a release of any state says."""
    release = release_or_404(request, public_id)
    return _opened(request, release.organization, lambda: copy(person_of(request), release))


def _opened(request: HttpRequest, organization: Organization, begin: Callable[[], Release]) -> HttpResponse:
    if not may_begin(request):
        return redirect("compose:organization", organization.slug)
    try:
        return redirect("compose:edit", begin().public_id)
    except Suspended:
        messages.error(request, said_of_suspended())
    except NotAWriter:
        messages.error(request, _("Tổ chức không còn để hãng của bạn viết thay."))
    return redirect("compose:organization", organization.slug)


@for_writers
@require_POST
def keep_one(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a release says is kept under a name, to begin others with."""
    release = release_or_404(request, public_id)
    if not is_writer_of(request, release.organization):
        raise Http404
    name = " ".join(request.POST.get("name", "").split()) or release.headline[:80]
    if not name:
        messages.error(request, _("Hãy đặt tên cho mẫu."))
        return redirect("compose:edit", public_id)
    try:
        template = keep_template(person_of(request), release, name=name)
    except TooMany:
        messages.error(request, _("Tổ chức đã giữ đủ 50 mẫu. Hãy bỏ bớt mẫu không dùng."))
    else:
        said = _("Đã giữ mẫu “%(name)s”. Lần sau chọn nó ở “Bắt đầu từ mẫu”.")
        messages.success(request, said % {"name": template.name})
    return redirect("compose:edit", public_id)


@for_writers
@require_POST
def drop_one(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """A template is thrown away; drafts that began with it stay."""
    organization = client_or_404(request, slug)
    template = _templates(request, organization).filter(public_id=public_id).first()
    if template is None:
        raise Http404
    drop_template(person_of(request), template)
    messages.success(request, _("Đã bỏ mẫu “%(name)s”.") % {"name": template.name})
    return redirect("compose:begin", slug)
