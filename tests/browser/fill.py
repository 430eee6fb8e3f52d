"""Fills a served portal with what every kind of public page shows: run beside it, on the same LOA_HOME.

Prints, as JSON, the paths of the pages by name.
"""

import json
import os
from datetime import timedelta
from urllib.parse import urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loa.project.settings")
django.setup()

from allauth.account.models import EmailAddress  # noqa: E402

from loa.accounts.models import Person  # noqa: E402
from loa.accounts.queries import actor  # noqa: E402
from loa.archive import queries as archive  # noqa: E402
from loa.archive.models import Entry  # noqa: E402
from loa.lib import clock, covers  # noqa: E402
from loa.media.actions.describe import describe  # noqa: E402
from loa.media.actions.take_in import take_in  # noqa: E402
from loa.organizations.actions.found import found  # noqa: E402
from loa.organizations.models import Organization, Spokesperson  # noqa: E402
from loa.places.models import Place  # noqa: E402
from loa.portals.models import Portal  # noqa: E402
from loa.releases.actions.publish import publish  # noqa: E402
from loa.releases.actions.save import begin  # noqa: E402
from loa.releases.actions.submit import submit  # noqa: E402
from loa.releases.actions.withdraw import withdraw  # noqa: E402
from loa.releases.models import Release  # noqa: E402
from loa.subscribers import queries as subscribers  # noqa: E402
from loa.subscribers.models import Subscriber  # noqa: E402
from loa.subscribers.rules import Wish  # noqa: E402
from loa.topics.models import Section, Topic  # noqa: E402

BODY = """<p>Hợp tác xã Sao Mai vừa thu hoạch vụ lúa đầu tiên, theo <a href="https://example.vn/lua">kế hoạch</a>.</p>
<h2>Năm tấn mỗi héc-ta</h2><p>Con số này cao hơn vụ trước.</p><ul><li>Đồng Tháp</li><li>An Giang</li></ul>
<blockquote><p>Chúng tôi giữ đất trước, rồi mới giữ giá.</p><cite>Nguyễn Thị Lan, giám đốc</cite></blockquote>
<table><caption>Giá bán</caption><thead><tr><th scope="col">Giống</th><th scope="col">Giá</th></tr></thead>
<tbody><tr><td>ST25</td><td>32.000 đồng</td></tr></tbody></table>"""


def person(portal: Portal) -> tuple[Person, Organization]:
    """The author and an organization that publishes by itself."""
    an = Person.objects.create_user("an.fill@example.vn", "bai-ca-dao-cua-me", name="An")
    EmailAddress.objects.create(user=an, email=an.email, verified=True, primary=True)
    sender = found(an, portal=portal, name="Hợp tác xã Sao Mai", kind="cooperative")
    sender.approved_at = clock.now()
    sender.profile, sender.website = "186 hộ trồng lúa ở Đồng Tháp.", "https://saomai.example"
    sender.press_contacts = [
        {
            "name": "Phòng Truyền thông",
            "role": "Trực báo chí",
            "phone": "024 3825 1234",
            "email": "baochi@saomai.example",
        }
    ]
    sender.save()
    return an, sender


def picture(sender: Organization, number: int) -> dict[str, object]:
    """A drawn picture as a release holds it."""
    drawn = covers.draw_cover(f"fill{number}", motif=covers.MOTIFS[number], colours=("#133d4a", "#c7ae63"))
    row = take_in(drawn, owner_key=f"organization:{sender.pk}", credit="Sao Mai")
    return describe(row, alt="Cánh đồng lúa", caption=f"Cánh đồng, ảnh {number + 1}").shown()


def put_out(an: Person, sender: Organization, **changes: object) -> tuple[Release, Entry]:
    """A published release and its entry."""
    section, _ = Section.objects.get_or_create(
        portal=sender.portal, slug="kinh-te", defaults={"name_vi": "Kinh tế", "name_en": "Business"}
    )
    fields = {
        "headline": "Sao Mai thu hoạch vụ lúa hữu cơ đầu tiên", "lead": "Vụ lúa cho năm tấn mỗi héc-ta.",
        "subtitle": "Mười hai héc-ta ở Đồng Tháp", "dateline": "Đồng Tháp", "body_html": BODY, "section": section,
        "contact": "Nguyễn Thị Lan, lan@example.vn", "place": Place.objects.first(),
    }  # fmt: skip
    release = begin(an, sender, fields={**fields, **changes})
    release.topics.set(Topic.objects.all()[:1])
    return release, publish(actor(an), submit(an, release))


def letters(sender: Organization) -> dict[str, str]:
    """The pages a reader's mails lead to."""
    now, keys = clock.now(), ("general", f"organization:{sender.pk}")
    reader = Subscriber.objects.create(
        portal=sender.portal, email="doc@vidu.vn", state="confirmed", asked_at=now, confirmed_at=now
    )
    for key in keys:
        reader.subscriptions.create(key=key, since=now)
    links = {
        "preferences": subscribers.link(reader, "preferences"), "leave one": subscribers.leave_link(reader, keys[1]),
        "data": subscribers.link(reader, "data"), "erase": subscribers.link(reader, "erase"),
        "confirm": subscribers.confirm_link(reader, [Wish(keys[1], "weekly", "vi")]),
    }  # fmt: skip
    return {"press list": "/newsletter/press"} | {name: urlsplit(link).path for name, link in links.items()}


def main() -> None:
    """One of everything."""
    an, sender = person(Portal.objects.get())
    _, entry = put_out(an, sender, pictures=[picture(sender, number) for number in range(3)])
    _, english = put_out(
        an, sender, headline="Sao Mai brings in its first organic rice", language="en", subtitle="", dateline="",
        lead="Five tonnes to the hectare.", body_html="<p>The cooperative harvested on Monday.</p>",
    )  # fmt: skip
    wrong, gone = put_out(an, sender, headline="Sao Mai mở kho lúa thứ hai")
    withdraw(actor(an), wrong, statement="Số liệu trong bài chưa đúng.")
    lan = Spokesperson.objects.create(
        organization=sender, slug="nguyen-thi-lan", name="Nguyễn Thị Lan", role="Giám đốc", consent_at=clock.now()
    )
    put_out(
        an, sender, headline="Sao Mai mời báo chí thăm đồng", kind="event",
        facts={"starts_at": (clock.now() + timedelta(days=9)).isoformat(), "venues": [{"name": "Nhà văn hóa xã"}]},
        quotes=[{"id": "q1", "text": "Mời mọi người ra đồng.", "name": lan.name, "role": lan.role,
                 "person": lan.public_id, "is_confirmed": True}],
    )  # fmt: skip
    put_out(an, sender, headline="Bữa cơm ngoài đồng", kind="life", pictures=[picture(sender, 3)])
    place, topic = Place.objects.first(), Topic.objects.first()
    paths = {
        "home": "/", "english home": "/en/", "latest": "/latest", "release": archive.address(entry),
        "english release": archive.address(english), "withdrawn": archive.address(gone),
        "newsroom": f"/o/{sender.slug}", "person": f"/o/{sender.slug}/people/{lan.slug}",
        "newsroom, a kind": f"/o/{sender.slug}?kind=event", "newsroom's pictures": f"/o/{sender.slug}/media",
        "newsroom's frame": f"/o/{sender.slug}/embed", "release's frame": f"/r/{entry.public_id}/embed",
        "to follow": f"/newsletter?organization={sender.slug}", "english newsroom": f"/en/o/{sender.slug}",
        "organizations": "/o/", "section": "/s/kinh-te",
        "archive": f"/archive/{clock.now():%Y}", "search": "/search?q=lua", "nothing found": "/search?q=khongcogi",
        "about": "/about", "privacy": "/privacy", "newsletter": "/newsletter", "report": f"/report/{entry.public_id}",
        "place": f"/p/{place.pk}/{place.slug}" if place else "/p/", "places": "/p/", "topics": "/t/",
        "topic": f"/t/{topic.pk}/x" if topic else "/t/", "nothing there": "/khong-co",
    }  # fmt: skip
    print(json.dumps(paths | letters(sender)))


if __name__ == "__main__":
    main()
