"""Doors of writing for others: who may write for an organization, and for whom an agency writes."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from loa.accounts.views import person_of
from loa.accounts.views.step_up import steps_up
from loa.compose.views.kept import for_writers
from loa.compose.views.organizations import organization_or_404, said_of_suspended
from loa.limits.actions.take import take
from loa.organizations import queries
from loa.organizations.actions.agree_mandate import agree_mandate
from loa.organizations.actions.ask_mandate import ask_mandate
from loa.organizations.actions.end_mandate import end_mandate
from loa.organizations.errors import MandateGone, NotAnAgency, NotOwner
from loa.organizations.models import Organization
from loa.portals.middleware import portal_of
from loa.releases.errors import Suspended
from loa.ui.language import language_of

FOUND = 12


@for_writers
@steps_up
def agencies(request: HttpRequest, slug: str) -> HttpResponse:
    """What stands between an organization and its agencies or clients, and a search for one more."""
    organization = organization_or_404(request, slug)
    if request.method == "POST":
        _change(request, organization)
        return redirect("compose:agencies", slug)
    words = request.GET.get("q", "").strip()
    rows = [_Row(organization, mandate) for mandate in queries.open_mandates(organization)]
    context = {
        "organization": organization, "rows": rows, "words": words,
        "found": _found(request, organization, words) if words else [],
        "is_owner": queries.is_owner(person_of(request), organization),
    }  # fmt: skip
    return render(request, "compose/agencies.html", context)


class _Row:
    """A mandate as one of its sides sees it."""

    def __init__(self, organization: Organization, mandate: Any) -> None:
        self.public_id, self.is_agreed = mandate.public_id, mandate.is_agreed
        self.is_ours = mandate.client_id == organization.pk  # they write for us
        self.other = mandate.agency if self.is_ours else mandate.client
        ours, theirs = mandate.client_agreed_at, mandate.agency_agreed_at
        self.waits_for_us = (ours if self.is_ours else theirs) is None


def _found(request: HttpRequest, organization: Organization, words: str) -> list[Organization]:
    """Agencies for a client, clients for an agency; an agency may have an agency too."""
    known = {one.agency_id for one in queries.open_mandates(organization)}
    known |= {one.client_id for one in queries.open_mandates(organization)}
    rows = queries.named_like(portal_of(request).pk, words).exclude(pk__in={organization.pk, *known})
    return list((rows if organization.is_agency else rows.filter(is_agency=True))[:FOUND])


def _change(request: HttpRequest, organization: Organization) -> None:
    person = person_of(request)
    acts: dict[str, tuple[Callable[[str], Any], str]] = {
        "agree": (lambda which: agree_mandate(person, organization, which), _("Đã đồng ý.")),
        "end": (
            lambda which: end_mandate(person, organization, which),
            _("Đã dừng. Những gì đã đăng vẫn ở nguyên chỗ cũ."),
        ),
        "ask": (lambda which: _ask(request, organization, which), _("Đã gửi lời hỏi bằng thư.")),
    }
    for name, (act, said) in acts.items():
        if which := request.POST.get(name, ""):
            try:
                act(which)
                messages.success(request, said)
            except NotOwner:
                messages.error(request, _("Chỉ chủ tài khoản quyết được việc này. Hãy nhờ họ."))
            except Suspended:
                messages.error(request, said_of_suspended())
            except (NotAnAgency, MandateGone):
                messages.error(request, _("Không làm được với tổ chức này nữa; hãy mở lại trang."))
            except _TooMany:
                messages.error(request, _("Bạn đã hỏi nhiều tổ chức hôm nay. Ngày mai hãy hỏi tiếp."))
            return


class _TooMany(Exception):
    """Asked too often today."""


def _ask(request: HttpRequest, organization: Organization, slug: str) -> None:
    other = queries.by_slug(portal_of(request).pk, slug)
    if other is None:
        raise NotAnAgency
    if not take(f"compose.mandate:{person_of(request).pk}", limit=30, seconds=86_400):
        raise _TooMany
    client, agency = (other, organization) if organization.is_agency else (organization, other)
    ask_mandate(person_of(request), client=client, agency=agency, language=language_of(request))
