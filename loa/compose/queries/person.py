"""Everything that is kept of one person, as plain values for a file of their own."""

from typing import Any

from loa.accounts import queries as accounts
from loa.accounts.models import AddressChange, Person, Recovery, SignIn, TermsAgreement
from loa.accounts.rules import device_in_words
from loa.audit.models import Record
from loa.organizations.models import Membership
from loa.releases.models import Release


def everything_of(person: Person) -> dict[str, Any]:
    """The account, how it is entered, where it belongs, what it wrote and what it did; moments are RFC 3339, in UTC.

    No secret is in it: no password, no key, no word a browser is known by.
    """
    return {
        "email": person.email, "name": person.name, "joined_at": person.joined_at,
        "agreements": list(
            TermsAgreement.objects.filter(person=person).order_by("at").values("text_version", "statement", "at")
        ),
        "passkeys": [
            {"name": one.name, "host": one.host, "added_at": one.added_at, "used_at": one.used_at}
            for one in accounts.passkeys(person)
        ],
        "sign_ins": [
            {"device": device_in_words(row.agent), "browser": row.agent, "at": row.at, "last_seen_at": row.seen_at,
             "ended_at": row.ended_at}
            for row in SignIn.objects.filter(person=person).order_by("at")
        ],
        "recoveries": list(
            Recovery.objects.filter(person=person).order_by("at").values("way", "at", "until", "lifted_at")
        ),
        "address_changes": list(
            AddressChange.objects.filter(person=person).order_by("asked_at").values(
                "old", "new", "asked_at", "changed_at", "undone_at"
            )
        ),
        "organizations": list(
            Membership.objects.filter(person=person).order_by("joined_at").values(
                "organization__slug", "organization__name", "role", "joined_at"
            )
        ),
        "releases": list(
            Release.objects.filter(author=person).order_by("begun_at").values(
                "public_id", "organization__slug", "state", "language", "headline", "lead", "body_html", "begun_at",
                "saved_at",
            )
        ),
        "acts": list(
            Record.objects.filter(actor_id=accounts.actor(person).id).order_by("at").values(
                "at", "act", "subject", "detail"
            )
        ),
    }  # fmt: skip
