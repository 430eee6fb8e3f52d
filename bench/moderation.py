"""How fast the page of the queue is with 10,000 releases waiting: `bench/moderation.py`.

In a throw-away home of its own; asks a hundred times, each filter and order in turn, through the whole of Django.
"""

import time
from datetime import timedelta

from own_portal import portal_of_its_own

COUNT, TIMES = 10_000, 100
PAGES = ("", "?order=risk", "?page=200", "?order=risk&page=120", "?q=Sao", "?sign=price&order=risk", "?hands=free")


def main() -> None:
    """Fill and ask."""
    with portal_of_its_own():
        _run()


def _run() -> None:
    from django.test import Client

    from loa.accounts.models import Person
    from loa.lib import clock
    from loa.moderation.models import Case
    from loa.organizations.models import Organization
    from loa.portals.models import Portal, PortalHost
    from loa.releases.models import Release

    portal = Portal.objects.create(slug="bench", name="Bench")
    PortalHost.objects.create(portal=portal, host="*")
    Organization.objects.bulk_create(Organization(portal=portal, slug=f"o-{n}", name=f"Sao {n}") for n in range(1000))
    senders = list(Organization.objects.values_list("pk", flat=True))
    moderator = Person.objects.create_superuser("mai@example.vn")
    now = clock.now()
    body = "<p>" + "Hợp tác xã Sao Mai thu hoạch vụ lúa hữu cơ đầu tiên. " * 60 + "</p>"
    Release.objects.bulk_create(
        (
            Release(
                organization_id=senders[n % 1000], author=moderator, state="submitted", headline=f"Sao Mai {n}",
                lead="Vụ lúa.", body_html=body, submitted_at=now - timedelta(minutes=n),
            )
            for n in range(COUNT)
        ),
        batch_size=500,
    )  # fmt: skip
    signs = [{"name": "new", "points": 100, "said": ""}, {"name": "price", "points": 30, "said": "co tuc"}]
    Case.objects.bulk_create(
        Case(release_id=pk, weighed_at=now, score=pk % 180, signs=signs, names=",new,price," if pk % 3 else ",new,")
        for pk in Release.objects.values_list("pk", flat=True)
    )
    client = Client()
    client.force_login(moderator)
    took: dict[str, list[tuple[float, float]]] = {}
    for number in range(TIMES):
        page, began, busy = PAGES[number % len(PAGES)], time.perf_counter(), time.process_time()
        assert client.get("/moderation/" + page).status_code == 200
        measured = ((time.perf_counter() - began) * 1000, (time.process_time() - busy) * 1000)
        took.setdefault(page, []).append(measured)
    for page, times in took.items():
        slowest, busiest = max(times)[0], max(busy for _, busy in times)
        print(f"{page or 'first page'}: slowest {slowest:.0f} ms, of the processor {busiest:.0f} ms")
    whole = sorted(one for times in took.values() for one, _ in times)
    print(f"{COUNT} waiting: median {whole[TIMES // 2]:.0f} ms, p99 {whole[int(TIMES * 0.99) - 1]:.0f} ms (aim: 300)")


if __name__ == "__main__":
    main()
