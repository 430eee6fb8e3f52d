"""The other side of the storm: many publish at once with one release left.

`python tests/plans/storm.py COUNT POT`. POT is where that one is: a paid `term`, the `free` month or a `credit`. Each
has a submitted release, a thread and a connection of their own; what was found afterwards is printed as JSON.
"""

import json
import os
import sys
import threading
from collections import Counter
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "loa.project.settings"
django.setup()

from django.db import connection  # noqa: E402

from loa.accounts.models import Person  # noqa: E402
from loa.accounts.queries import actor  # noqa: E402
from loa.archive.models import Entry, Notice  # noqa: E402
from loa.organizations.actions.found import found  # noqa: E402
from loa.plans.actions.add_credits import add_credits  # noqa: E402
from loa.plans.actions.grant import grant  # noqa: E402
from loa.plans.errors import AllowanceSpent  # noqa: E402
from loa.plans.models import Credit, Plan, Spending, Term  # noqa: E402
from loa.portals.models import Portal  # noqa: E402
from loa.releases.actions.publish import publish  # noqa: E402
from loa.releases.actions.save import begin  # noqa: E402
from loa.releases.actions.submit import submit  # noqa: E402
from loa.releases.models import Release  # noqa: E402
from loa.topics.models import Section  # noqa: E402


def prepare(count: int, pot: str) -> tuple[Person, list[Release]]:
    """An organization with one release left, and so many that wait to be it."""
    portal = Portal.objects.create(slug="bao", name="Bão")
    section = Section.objects.create(portal=portal, slug="kinh-te", name_vi="Kinh tế")
    an = Person.objects.create_user("an@example.vn", name="An")
    sender = found(an, portal=portal, name="Sao Mai", kind="company")
    kind = "free" if pot == "free" else "plan"
    plan = Plan.objects.create(portal=portal, slug="mot", name_vi="Một", kind=kind, price=1, allowance=1)
    if pot == "term":
        grant(actor(an), sender, plan, key="order:1")
    if pot == "credit":
        add_credits(actor(an), sender, 1, key="order:1")
    fields: dict[str, Any] = {
        "headline": "Bão", "body_html": "<p>Nội dung đủ dài để được gửi đi.</p>", "section": section,
        "contact": "An, an@example.vn",
    }  # fmt: skip
    return an, [submit(an, begin(an, sender, fields=fields)) for _ in range(count)]


def storm(an: Person, releases: list[Release]) -> Counter[str]:
    """All at once; how each attempt ended."""
    ends: Counter[str] = Counter()
    start = threading.Barrier(len(releases))

    def attempt(release: Release) -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=120)
            publish(actor(an), release)
            ends["published"] += 1
        except AllowanceSpent:
            ends["refused"] += 1
        except Exception as error:
            ends[f"{type(error).__name__}: {error}"] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=(release,)) for release in releases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


if __name__ == "__main__":
    ended = storm(*prepare(int(sys.argv[1]), sys.argv[2]))
    pots = [*Term.objects.values_list("spent", flat=True), *Credit.objects.values_list("spent", flat=True)]
    found_after = {
        "ends": dict(ended), "engine": connection.vendor, "entries": Entry.objects.count(),
        "notices": Notice.objects.count(), "spendings": Spending.objects.count(), "spent": sum(pots),
        "waiting": Release.objects.filter(state="submitted").count(),
    }  # fmt: skip
    print(json.dumps(found_after))
