"""Doors of a person's organizations: found one, see its releases, begin one, invite, join."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loa.accounts.queries import edits
from loa.accounts.views import person_of
from loa.accounts.views.step_up import steps_up
from loa.compose import queries as compose
from loa.compose.actions.take_up import take_up
from loa.compose.forms.organizations import InviteForm, OrganizationForm, ProfileForm, contact_rows
from loa.compose.forms.pictures import LARGEST_PICTURE
from loa.compose.forms.rows import Rows
from loa.compose.views.kept import COOKIE, for_writers, token_of
from loa.limits.actions.take import take
from loa.media.errors import NotAPicture, StorageFull
from loa.media.rules import why_full
from loa.organizations import queries
from loa.organizations.actions.describe import describe
from loa.organizations.actions.found import found
from loa.organizations.actions.invite import invite
from loa.organizations.actions.join import join
from loa.organizations.errors import InvitationGone, NotOwner
from loa.organizations.models import Organization
from loa.portals.middleware import portal_of
from loa.releases import queries as releases
from loa.releases.actions.begin_for import begin_for
from loa.releases.actions.save import begin
from loa.releases.errors import Suspended
from loa.ui.language import language_of

# A person with a free account fills nobody's disk: more than anyone makes by hand, an agency's writers included.
FOUNDED_A_DAY, BEGUN_A_DAY = 20, 300


def organization_or_404(request: HttpRequest, slug: str) -> Organization:
    """An organization of the person's; anyone else's is not there."""
    organization = queries.get_for_member(person_of(request), slug, portal_id=portal_of(request).pk)
    if organization is None:
        raise Http404
    return organization


def client_or_404(request: HttpRequest, slug: str) -> Organization:
    """An organization this person writes for: their own, one of their agency's clients, for an editor any."""
    person, portal = person_of(request), portal_of(request)
    found = queries.get_for_writer(person, slug, portal_id=portal.pk)
    if found is None and edits(person, portal.pk):
        found = Organization.objects.filter(portal=portal, slug=slug).first()
    if found is None:
        raise Http404
    return found


def library_or_404(request: HttpRequest, slug: str) -> Organization:
    """The same for its files: an editor of the portal has them only while writing for it."""
    organization, person = client_or_404(request, slug), person_of(request)
    is_writer = queries.get_for_writer(person, slug, portal_id=organization.portal_id) is not None
    if not is_writer and not releases.of_organization(person, organization).exists():
        raise Http404
    return organization


@for_writers
def mine(request: HttpRequest) -> HttpResponse:
    """Everything a person writes for."""
    organizations = queries.of_person(person_of(request)).filter(portal=portal_of(request))
    recent = releases.of_person(person_of(request)).filter(organization__portal=portal_of(request))[:20]
    kept = compose.kept(token_of(request))
    asked = releases.asked_of(person_of(request)).filter(organization__portal=portal_of(request))[:20]
    context = {
        "organizations": organizations, "releases": recent, "kept": kept, "asked": asked,
        "clients": queries.clients_of(person_of(request)).filter(portal=portal_of(request)),
        "to_approve": releases.to_approve(person_of(request)).filter(release__organization__portal=portal_of(request)),
        "to_confirm": releases.to_confirm(person_of(request)).filter(release__organization__portal=portal_of(request)),
    }  # fmt: skip
    return render(request, "compose/mine.html", context)


@for_writers
def found_one(request: HttpRequest) -> HttpResponse:
    """A new organization; a draft kept before sign-up becomes its first release."""
    form = OrganizationForm(request.POST or None)
    if not form.is_valid():
        return render(request, "compose/found.html", {"form": form}, status=400 if form.is_bound else 200)
    if not take(f"compose.found:{person_of(request).pk}", limit=FOUNDED_A_DAY, seconds=86_400):
        form.add_error(None, _("Bạn đã tạo nhiều tổ chức hôm nay. Ngày mai hãy tạo tiếp."))
        return render(request, "compose/found.html", {"form": form}, status=429)
    organization = found(person_of(request), portal=portal_of(request), **form.cleaned_data)
    return _continued(request, organization) or redirect("compose:organization", organization.slug)


def _continued(request: HttpRequest, organization: Organization) -> HttpResponse | None:
    """The way to the release that a kept draft became; None where this browser keeps none."""
    release = take_up(person_of(request), organization, token=token_of(request))
    if release is None:
        return None
    response = redirect("compose:edit", release.public_id)
    response.delete_cookie(COOKIE, path="/")
    return response


@for_writers
@require_POST
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """A draft: the text this browser keeps, if it keeps one, else an empty one; for a client one of an agency's."""
    organization, person = client_or_404(request, slug), person_of(request)
    fields = {"language": portal_of(request).language}
    if not may_begin(request):
        return redirect("compose:organization", slug)
    try:
        if not queries.is_member(person, organization):
            return redirect("compose:edit", begin_for(person, organization, fields=fields).public_id)
        continued = _continued(request, organization)
        return continued or redirect("compose:edit", begin(person, organization, fields=fields).public_id)
    except Suspended:
        messages.error(request, said_of_suspended())
        return redirect("compose:organization", slug)


def may_begin(request: HttpRequest) -> bool:
    """Whether this person may begin one more draft today; the page says so where not."""
    is_allowed = take(f"compose.begin:{person_of(request).pk}", limit=BEGUN_A_DAY, seconds=86_400)
    if not is_allowed:
        messages.error(request, _("Bạn đã bắt đầu rất nhiều bản nháp hôm nay. Hãy viết tiếp một bản đã có."))
    return is_allowed


def said_of_suspended() -> str:
    """Why an organization cannot act now, and what to do."""
    return _("Tổ chức này đang tạm ngưng nên chưa làm được việc này. Hãy liên hệ ban biên tập.")


@for_writers
def of_organization(request: HttpRequest, slug: str) -> HttpResponse:
    """The releases of one organization; of a client, those that were written for it."""
    organization, person = client_or_404(request, slug), person_of(request)
    context = {
        "organization": organization, "releases": releases.of_organization(person, organization),
        "is_member": queries.is_member(person, organization), "agency": queries.agency_for(person, organization),
        "is_owner": queries.is_owner(person, organization),
        "dead_links": releases.dead(releases.links_for(person, organization)).count(),
    }  # fmt: skip
    return render(request, "compose/organization.html", context)


@for_writers
@steps_up
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Who belongs to it, and a form to ask one more."""
    organization = organization_or_404(request, slug)
    person = person_of(request)
    form = InviteForm(request.POST or None)
    if form.is_valid():
        if not take(f"compose.invite:{person.pk}", limit=30, seconds=86_400):
            form.add_error("email", _("Bạn đã mời nhiều người hôm nay. Ngày mai hãy mời tiếp."))
        else:
            try:
                invite(person, organization, email=form.cleaned_data["email"], language=language_of(request))
            except NotOwner:
                form.add_error(None, _("Chỉ chủ tài khoản mời được người khác. Hãy nhờ họ."))
            except Suspended:
                form.add_error(None, said_of_suspended())
            else:
                messages.success(request, _("Đã gửi lời mời."))
                return redirect("compose:members", slug)
    context = {
        "organization": organization,
        "members": queries.members(organization),
        "form": form,
        "is_owner": queries.is_owner(person, organization),
    }
    return render(request, "compose/members.html", context, status=400 if form.is_bound else 200)


@for_writers
def take_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button, so that a mail scanner that opens links joins nothing."""
    if request.method != "POST":
        return render(request, "compose/join.html")
    try:
        organization = join(person_of(request), token=token)
    except InvitationGone:
        return render(request, "compose/join.html", {"is_gone": True}, status=410)
    except Suspended:
        messages.error(request, said_of_suspended())
        return redirect("compose:mine")
    return redirect("compose:organization", organization.slug)


@for_writers
def profile(request: HttpRequest, slug: str) -> HttpResponse:
    """What the newsroom says about its organization, and its logo."""
    organization = organization_or_404(request, slug)
    shown = {name: getattr(organization, name) for name in ("website", "city", "profile", "profile_en")}
    form = ProfileForm(request.POST or None, request.FILES or None, initial=shown)
    contacts = contact_rows(request.POST or None, organization)
    if form.is_valid() and contacts.is_valid() and _described(request, organization, form, contacts):
        messages.success(request, _("Đã lưu."))
        return redirect("compose:profile", slug)
    context = {
        "organization": organization,
        "form": form,
        "contacts": contacts,
        "is_owner": queries.is_owner(person_of(request), organization),
    }
    return render(request, "compose/profile.html", context, status=400 if form.is_bound else 200)


def _described(request: HttpRequest, organization: Organization, form: ProfileForm, contacts: Rows) -> bool:
    said = dict(form.cleaned_data)
    upload = said.pop("logo")
    try:
        if upload is not None and upload.size > LARGEST_PICTURE:
            raise NotAPicture
        logo = upload.read() if upload is not None else None
        describe(person_of(request), organization, logo=logo, **said, **contacts.fields())
    except NotAPicture:
        form.add_error("logo", _("Tệp này không phải ảnh đọc được hoặc quá lớn. Hãy gửi JPEG, PNG hay WebP."))
    except StorageFull as fact:
        form.add_error("logo", why_full(fact))
    except NotOwner:
        form.add_error(None, _("Chỉ chủ tài khoản sửa được hồ sơ tổ chức. Hãy nhờ họ."))
    except Suspended:
        form.add_error(None, said_of_suspended())
    return form.is_valid()
