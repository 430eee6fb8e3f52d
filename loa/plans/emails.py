"""The mails about plans: what ends soon, and who asks for an offer."""

from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from loa.accounts import queries as accounts
from loa.inbox.actions.tell import Happening, tell
from loa.lib import dates, money
from loa.mail.actions.queue import Mail, queue
from loa.organizations.models import Role
from loa.plans import queries
from loa.plans.models import OfferRequest, Term
from loa.plans.rules import order_path
from loa.ui.language import speaking


def remind(term: Term, days: int) -> None:
    """To every owner, in the portal's language; the key makes a second one of the same term and stage impossible."""
    portal = term.organization.portal
    with speaking(portal.language) as spoken:
        subject, text = _ending(term, days, spoken)
    for member in term.organization.memberships.filter(role=Role.OWNER).select_related("person"):
        key = f"plan:{term.pk}:{days}:{member.person_id}"
        mail = Mail(key=key, to=member.person.email, subject=subject, text=text)
        names, path = {"name": term.organization.name}, f"/desk/o/{term.organization.slug}/plan"
        tell(mail, Happening(portal=portal, event="plan_ends", names=names, path=path), person=member.person)


def _ending(term: Term, days: int, spoken: str) -> tuple[str, str]:
    organization, portal = term.organization, term.organization.portal
    day = dates.day_in_words(term.ends_at.astimezone(ZoneInfo(portal.time_zone)).date(), spoken)
    what = {"plan": term.plan.name(spoken), "name": organization.name, "day": day}
    subject = _("Gói %(plan)s của %(name)s sắp hết hạn") if days else _("Gói %(plan)s của %(name)s hết hạn hôm nay")
    says = [
        _("Gói %(plan)s của %(name)s có đến %(day)s.") % what,
        _("Gói không tự gia hạn và không có khoản nào tự bị trừ. Những gì đã đăng vẫn ở nguyên chỗ cũ."),
    ]
    plan = queries.offered_to(organization).filter(slug=term.next_slug or term.plan.slug).first()
    if plan is not None:
        price = {"plan": plan.name(spoken), "price": money.shown(plan.price, plan.currency, spoken)}
        order = portal.link(order_path(organization, plan), spoken)
        says.append(_("Để dùng tiếp, đặt gói %(plan)s (%(price)s):") % price + f" {order}")
    page = portal.link(f"/desk/o/{organization.slug}/plan", spoken)
    says.append(_("Xem gói, đổi gói hoặc thôi nhắc:") + f" {page}")
    return subject % what, "\n\n".join(says) + "\n"


def ask_for_offer(request: OfferRequest) -> None:
    """To the portal's contact person, else to its operators, in the portal's language; an answer goes to who asked."""
    portal = request.portal
    with speaking(portal.language) as spoken:
        subject = _("%(name)s hỏi giá riêng") % {"name": request.organization_name}
        says = [
            f"{request.name} · {request.email}" + (f" · {request.phone}" if request.phone else ""),
            request.wish,
            _("Trả lời thư này để viết cho người hỏi. Sau khi trả lời, hãy đánh dấu ở đây:")
            + f" {portal.link('/operator/plans/offers', spoken)}",
        ]
    for to in [portal.contact_email] if portal.contact_email else [one.email for one in accounts.operators()]:
        queue(
            key=f"offer:{request.public_id}:{to}"[:200], to=to, subject=subject, text="\n\n".join(says) + "\n",
            headers={"Reply-To": request.email},
        )  # fmt: skip
