"""How long the doors of accounts take for an address that has an account and for one that has none.

name | known, median and 95th in ms | unknown | ratio of the medians, one line a door. A portal in a folder of its own,
asked in turns in one process with the password hasher of a real one; what is left over is what a stranger could measure
from the best place there is. LOA_BENCH_KNOCKS (60) is how often each.
"""

import os
import statistics
import time

from own_portal import portal_of_its_own

KNOCKS = int(os.environ.get("LOA_BENCH_KNOCKS", "60"))
WRONG = "mot-mat-khau-sai-nao-do"


def main() -> None:
    """Set up, measure, clean up."""
    with portal_of_its_own():
        measure()


def measure() -> None:
    """Print a line a door."""
    from allauth.account.models import EmailAddress
    from django.contrib.auth.hashers import make_password

    from loa.accounts.models import Person
    from loa.portals.models import Portal, PortalHost

    portal = Portal.objects.create(slug="globalvn", name="GlobalVN")
    PortalHost.objects.create(portal=portal, host="*")
    people = [f"nguoi-co-{number:04}@example.vn" for number in range(KNOCKS)]
    hashed = make_password(WRONG[::-1])
    for email in people:
        person = Person.objects.create(email=email, password=hashed)
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    for name, path, form in DOORS:
        known, unknown = [], []
        for number, email in enumerate(people):
            known.append(knock(path, form(email)))
            unknown.append(knock(path, form(f"nguoi-la-{number:04}@example.vn")))
        ratio = statistics.median(known) / statistics.median(unknown)
        print(f"{name} | {said(known)} | {said(unknown)} | {ratio:.3f}")


DOORS = [
    ("sign in", "/accounts/login/", lambda email: {"login": email, "password": WRONG}),
    ("reset", "/accounts/password/reset/", lambda email: {"email": email}),
    ("sign up", "/accounts/signup/",
     lambda email: {"name": "Chi", "email": email, "password1": WRONG, "terms": "on"}),
]  # fmt: skip


def knock(path: str, form: dict[str, str]) -> float:
    """Milliseconds of one request from a browser of its own; throttles are emptied before."""
    from django.core.cache import cache
    from django.test import Client

    cache.clear()
    client = Client()
    begun = time.perf_counter()
    client.post(path, form)
    return (time.perf_counter() - begun) * 1000


def said(times: list[float]) -> str:
    """The median and the 95th of a hundred."""
    return f"{statistics.median(times):.1f}, {statistics.quantiles(times, n=20)[-1]:.1f}"


if __name__ == "__main__":
    main()
