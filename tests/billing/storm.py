"""The other side of the storm: `python tests/billing/storm.py COUNT` lets so many orders be paid at once.

Every transfer is told twice, by two threads with a connection each; beside them others take a number and fail. What
was found afterwards is printed as JSON.
"""

import json
import os
import sys
import threading
from collections import Counter
from collections.abc import Callable

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "loa.project.settings"
django.setup()

from django.db import connection, transaction  # noqa: E402

from loa.accounts.models import Person  # noqa: E402
from loa.audit import queries as audit  # noqa: E402
from loa.audit.actions.record import Actor  # noqa: E402
from loa.billing.actions.issue import issue_invoice  # noqa: E402
from loa.billing.actions.order import Details, order  # noqa: E402
from loa.billing.actions.take_transfer import take_transfer  # noqa: E402
from loa.billing.models import BankTransfer, Invoice, Order, Seller  # noqa: E402
from loa.billing.providers.reading import Incoming  # noqa: E402
from loa.billing.queries import books  # noqa: E402
from loa.lib import clock  # noqa: E402
from loa.organizations.actions.found import found  # noqa: E402
from loa.plans.models import Plan, Term  # noqa: E402
from loa.portals.models import Portal  # noqa: E402


class GivenUp(Exception):
    """A transaction that ends after it took a number."""


def prepare(count: int) -> tuple[Portal, list[Order]]:
    """As many open orders, of three organizations."""
    portal = Portal.objects.create(slug="bao", name="Bão")
    Seller.objects.create(
        portal=portal, legal_name="Bão", address="Hà Nội", tax_code="0100109106", bank_bin="970436", bank_name="N",
        account="1", holder="BAO", vat_points=800, series="LA",
    )  # fmt: skip
    Plan.objects.create(portal=portal, slug="mot", name_vi="Một", price=500_000, allowance=5)
    an = Person.objects.create_user("an@example.vn", name="An")
    buyers = [found(an, portal=portal, name=f"Sao Mai {n}", kind="company") for n in range(3)]
    details = Details("Sao Mai", "", "Đồng Tháp", "an@example.vn")
    said = {"plan": "mot", "quantity": 1, "details": details, "language": "vi"}
    return portal, [order(an, buyers[n % 3], key=str(n), **said) for n in range(count)]  # type: ignore[arg-type]


def pay(portal: Portal, bill: Order) -> None:
    told = Incoming(account="1", transaction_id=f"FT{bill.pk}", amount=500_000, note=bill.code, at=clock.now())
    take_transfer(Actor("bank:signed", "signed"), portal, told, provider="signed")


def fail(portal: Portal, bill: Order) -> None:
    """What a process does that dies after it took a number."""
    with transaction.atomic():
        issue_invoice(Order.objects.select_for_update().get(pk=bill.pk), Seller.objects.get(portal=portal))
        raise GivenUp


def storm(portal: Portal, bills: list[Order]) -> Counter[str]:
    """All at once; how each attempt ended."""
    acts = [(pay, bill) for bill in bills] * 2 + [(fail, bill) for bill in bills[::3]]
    start, ends = threading.Barrier(len(acts)), Counter[str]()

    def attempt(act: Callable[[Portal, Order], None], bill: Order) -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=120)
            act(portal, bill)
            ends["told"] += 1
        except GivenUp:
            ends["given up"] += 1
        except Exception as error:
            ends[f"{type(error).__name__}: {error}"] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=one) for one in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


if __name__ == "__main__":
    where, made = prepare(int(sys.argv[1]))
    ended = storm(where, made)
    numbers = list(Invoice.objects.order_by("number").values_list("number", flat=True))
    found_after = {
        "ends": dict(sorted(ended.items())), "engine": connection.vendor, "transfers": BankTransfer.objects.count(),
        "terms": Term.objects.count(), "has_gaps": numbers != list(range(1, len(made) + 1)), "papers": len(numbers),
        "faults": books.faults(where), "is_chain_whole": audit.verify() is None,
    }  # fmt: skip
    print(json.dumps(found_after))
