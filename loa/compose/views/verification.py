"""Doors of verification: what speaks for an organization, and how its owner adds to it."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from loa.accounts.views import person_of
from loa.accounts.views.step_up import steps_up
from loa.compose.forms.verification import DomainForm, MailboxForm, TaxCodeForm
from loa.compose.views.kept import for_writers
from loa.compose.views.organizations import organization_or_404, said_of_suspended
from loa.lib import domains, tax_codes
from loa.limits.actions.take import take
from loa.organizations import queries as organizations
from loa.organizations.errors import NotOwner, Suspended
from loa.organizations.models import Organization
from loa.ui.language import language_of
from loa.verification import queries
from loa.verification.actions.answer_mailbox import answer_mailbox
from loa.verification.actions.begin_proof import begin_proof
from loa.verification.actions.end_proof import end_proof
from loa.verification.actions.prove import prove
from loa.verification.actions.set_tax_code import set_tax_code
from loa.verification.errors import BadDomain, DomainTaken, NotSeen, ProofGone
from loa.verification.models import Proof, Way
from loa.verification.rules import FILE, line_of


@for_writers
@steps_up
def verification(request: HttpRequest, slug: str) -> HttpResponse:
    """What was proven, what is to be put where, and the forms to begin."""
    organization = organization_or_404(request, slug)
    form = _sent(request, organization) if request.method == "POST" else None
    if request.method == "POST" and form is None:
        return redirect("compose:verification", slug)
    proofs = list(queries.standing(organization))
    context = {
        "organization": organization,
        "proven": [Shown(proof) for proof in proofs if proof.proven_at],
        "begun": [Shown(proof) for proof in proofs if not proof.proven_at],
        "lapsed": [Shown(proof) for proof in queries.lapsed(organization)[:5]],
        "tax_code": organization.tax_code, "is_household": tax_codes.is_household(organization.tax_code),
        "forms": _forms(request, organization, form),
        "is_owner": organizations.is_owner(person_of(request), organization),
        "is_held": organizations.is_held(organization), "zone": organization.portal.time_zone,
    }  # fmt: skip
    return render(request, "compose/verification.html", context, status=400 if form is not None else 200)


class Shown:
    """A proof, with what must stand where."""

    def __init__(self, proof: Proof) -> None:
        self.proof, self.domain = proof, domains.shown(proof.domain)
        self.line, self.path = line_of(proof), f"https://{proof.domain}{FILE}"


FORMS: dict[str, type[Form]] = {"domain": DomainForm, "mailbox": MailboxForm, "tax_code": TaxCodeForm}


def _forms(request: HttpRequest, organization: Organization, sent: Form | None) -> dict[str, Form]:
    initial = {"domain": domains.shown(queries.site_of(organization)), "tax_code": organization.tax_code}
    made = {name: kind(initial=initial) for name, kind in FORMS.items()}
    if sent is not None:
        made[request.POST["form"]] = sent
    return made


def _sent(request: HttpRequest, organization: Organization) -> Form | None:
    """The form that could not be taken, with why; None where everything was said in a message."""
    name = request.POST.get("form", "")
    if name not in FORMS:
        _change(request, organization)
        return None
    form = FORMS[name](request.POST)
    if not form.is_valid():
        return form
    try:
        _taken(request, organization, name, form.cleaned_data)
    except BadDomain:
        form.add_error(None, _said_of_bad(name))
    except DomainTaken:
        form.add_error(None, said_of_taken())
    except NotOwner:
        form.add_error(None, _("Chỉ chủ tài khoản quyết được việc này. Hãy nhờ họ."))
    except Suspended:
        form.add_error(None, said_of_suspended())
    except _TooMany:
        form.add_error(None, _("Bạn đã thử nhiều lần hôm nay. Ngày mai hãy thử tiếp."))
    return None if form.is_valid() else form


class _TooMany(Exception):
    """Begun too often today."""


def _taken(request: HttpRequest, organization: Organization, name: str, said: dict[str, Any]) -> None:
    person = person_of(request)
    if name == "tax_code":
        set_tax_code(person, organization, tax_code=said["tax_code"])
        messages.success(request, _("Đã lưu."))
        return
    if not take(f"compose.prove:{organization.pk}", limit=20, seconds=86_400):
        raise _TooMany
    if name == "domain":
        begin_proof(person, organization, way=said["way"], domain=said["domain"])
        messages.success(request, _("Bây giờ hãy đặt dòng chữ dưới đây vào chỗ của nó, rồi bấm “Xem ngay”."))
        return
    begin_proof(person, organization, way=Way.MAILBOX, mailbox=said["mailbox"], language=language_of(request))
    messages.success(request, _("Đã gửi thư tới hộp thư ấy. Người đọc thư bấm nút trong ba ngày là xong."))


def _said_of_bad(name: str) -> str:
    if name == "mailbox":
        return _(
            "Hộp thư này không chứng minh được gì: hãy dùng hộp thư ngay trên tên miền của tổ chức, như ten@saomai.vn."
        )
    return _("Đây không phải một tên miền đăng ký được; hãy viết như saomai.vn.")


def said_of_taken() -> str:
    """Why a domain is refused."""
    return _("Một tổ chức khác trên cổng đã chứng minh tên miền này. Nếu nhầm, hãy viết cho ban biên tập.")


def _change(request: HttpRequest, organization: Organization) -> None:
    """Look now, or take a proof back."""
    person = person_of(request)
    public_id = request.POST.get("look") or request.POST.get("end") or ""
    proof = queries.get_for_owner(person, organization, public_id)
    if proof is None:
        messages.error(request, _("Không còn bằng chứng này; hãy mở lại trang."))
        return
    try:
        if "end" in request.POST:
            end_proof(person, proof)
            messages.success(request, _("Đã bỏ."))
        elif not take(f"compose.look:{organization.pk}", limit=60, seconds=3600):
            messages.error(request, _("Bạn đã xem nhiều lần; hãy chờ một giờ."))
        else:
            prove(person, proof)
            messages.success(request, _("Đã thấy: tên miền này là của tổ chức."))
    except NotSeen as seen:
        messages.error(
            request, said_of_not_seen(proof) if seen.is_told else _("Chưa hỏi được; hãy thử lại sau ít phút.")
        )
    except DomainTaken:
        messages.error(request, said_of_taken())
    except Suspended:
        messages.error(request, said_of_suspended())
    except (NotOwner, ProofGone):
        messages.error(request, _("Chỉ chủ tài khoản quyết được việc này. Hãy nhờ họ."))


def said_of_not_seen(proof: Proof) -> str:
    """Why nothing was found, and what to do."""
    if proof.way == Way.DNS:
        return _("Chưa thấy bản ghi ấy. DNS có khi cần đến một giờ; hãy xem lại chữ đã chép rồi thử lần nữa.")
    return _("Chưa thấy tệp ấy, hoặc trong tệp không có đúng dòng này. Hãy mở địa chỉ bằng trình duyệt để xem.")


def mailbox(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button for whoever reads the mailbox; a scanner that opens the link proves nothing."""
    proof = queries.mailed(token)
    if request.method != "POST":
        shown = {"proof": proof, "domain": domains.shown(proof.domain)} if proof else {"is_gone": True}
        return render(request, "compose/mailbox.html", shown, status=200 if proof else 410)
    try:
        proven = answer_mailbox(token)
    except ProofGone:
        return render(request, "compose/mailbox.html", {"is_gone": True}, status=410)
    except DomainTaken:
        return render(request, "compose/mailbox.html", {"is_gone": True, "why": said_of_taken()}, status=409)
    except Suspended:
        return render(request, "compose/mailbox.html", {"is_gone": True, "why": said_of_suspended()}, status=409)
    shown = {"proof": proven, "domain": domains.shown(proven.domain), "is_done": True}
    return render(request, "compose/mailbox.html", shown)
