"""Doors of an organization's life: hand it on, show a member the door, leave, close, and claim one nobody owns."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loa.accounts.views import person_of
from loa.accounts.views.step_up import steps_up
from loa.compose.forms.verification import ClaimForm
from loa.compose.views.kept import for_writers
from loa.compose.views.organizations import organization_or_404, said_of_suspended
from loa.compose.views.verification import Shown, said_of_not_seen
from loa.lib import domains
from loa.limits.actions.take import take
from loa.organizations import queries
from loa.organizations.actions.close import close
from loa.organizations.actions.hand_on import hand_on
from loa.organizations.actions.leave import leave
from loa.organizations.actions.remove_member import remove_member
from loa.organizations.errors import LastOwner, NotMember, NotOwner, Suspended
from loa.organizations.models import Organization
from loa.portals.middleware import portal_of
from loa.ui.language import language_of
from loa.verification import queries as verification
from loa.verification.actions.begin_claim import begin_claim
from loa.verification.actions.prove import prove
from loa.verification.errors import BadDomain, DomainTaken, NotSeen, ProofGone


@for_writers
@require_POST
@steps_up
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """What the buttons beside the members do."""
    organization = organization_or_404(request, slug)
    try:
        is_gone = _changed(request, organization)
        return redirect("compose:mine") if is_gone else redirect("compose:members", slug)
    except LastOwner:
        messages.error(request, _("Đây là chủ tài khoản duy nhất: hãy giao cho người khác trước, hoặc đóng tài khoản."))
    except NotOwner:
        messages.error(request, _("Chỉ chủ tài khoản quyết được việc này. Hãy nhờ họ."))
    except NotMember:
        messages.error(request, _("Người này không còn trong tổ chức."))
    except Suspended:
        messages.error(request, said_of_suspended())
    return redirect("compose:members", slug)


def _changed(request: HttpRequest, organization: Organization) -> bool:
    """Whether the person does not belong there any more."""
    person, asked = person_of(request), request.POST
    if "leave" in asked:
        leave(person, organization)
        messages.success(request, _("Bạn đã rời tổ chức."))
        return True
    if "close" in asked:
        if "sure" in asked:
            close(person, organization)
            messages.success(request, _("Đã đóng tài khoản. Những gì đã đăng vẫn ở nguyên chỗ cũ."))
        else:
            messages.error(request, _("Hãy đánh dấu rằng bạn chắc chắn, rồi bấm lại."))
        return False
    if (member := asked.get("hand_on", "")).isdecimal():
        hand_on(person, organization, int(member), steps_back="steps_back" in asked)
        messages.success(request, _("Đã giao."))
    elif (member := asked.get("remove", "")).isdecimal():
        remove_member(person, organization, int(member))
        messages.success(request, _("Người này không còn làm được gì cho tổ chức nữa."))
    return False


@for_writers
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody says that an organization nobody owns is theirs, and proves it by its domain."""
    organization = queries.by_slug(portal_of(request).pk, slug)
    if organization is None:
        raise Http404
    form = ClaimForm(request.POST if "way" in request.POST else None)
    if form.is_valid() and _begun(request, organization, form):
        return redirect("compose:claim", slug)
    if "look" in request.POST and _is_proven(request, organization):
        return redirect("compose:organization", slug)
    context = {
        "organization": organization, "form": form, "is_free": queries.is_ownerless(organization),
        "domain": domains.shown(verification.site_of(organization)),
        "begun": [Shown(proof) for proof in verification.claims(person_of(request), organization)],
    }  # fmt: skip
    return render(request, "compose/claim.html", context, status=400 if form.is_bound else 200)


def _begun(request: HttpRequest, organization: Organization, form: ClaimForm) -> bool:
    if not take(f"compose.claim:{person_of(request).pk}", limit=10, seconds=86_400):
        form.add_error(None, _("Bạn đã thử nhiều lần hôm nay. Ngày mai hãy thử tiếp."))
        return False
    try:
        begin_claim(person_of(request), organization, **form.cleaned_data, language=language_of(request))
    except NotOwner:
        form.add_error(None, _("Tổ chức này đã có chủ tài khoản. Hãy nhờ họ mời bạn."))
    except BadDomain:
        form.add_error(None, _("Hãy dùng hộp thư ngay trên tên miền của tổ chức, hoặc viết cho ban biên tập."))
    else:
        messages.success(request, _("Đã ghi. Hãy làm theo lời dưới đây."))
        return True
    return False


def _is_proven(request: HttpRequest, organization: Organization) -> bool:
    person = person_of(request)
    proof = next((one for one in verification.claims(person, organization)), None)
    try:
        if proof is None or not take(f"compose.look:{organization.pk}", limit=60, seconds=3600):
            raise ProofGone
        prove(person, proof)
        messages.success(request, _("Đã thấy: tên miền này là của tổ chức, và bạn là chủ tài khoản."))
        return True
    except NotSeen as seen:
        messages.error(
            request, said_of_not_seen(proof) if proof and seen.is_told else _("Chưa hỏi được; hãy thử lại sau ít phút.")
        )
    except (NotOwner, ProofGone, DomainTaken, Suspended):
        messages.error(request, _("Tổ chức này đã có chủ tài khoản. Hãy nhờ họ mời bạn."))
    return False
