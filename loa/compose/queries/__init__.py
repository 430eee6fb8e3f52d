"""Reads of what was kept before sign-up, of where files are used, and of a release's other languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from loa.accounts.models import Person
from loa.compose.models import Bringing, KeptDraft
from loa.lib import clock, diff, languages, tokens
from loa.lib.languages import Language
from loa.media import queries as media
from loa.moderation.rules import FIELDS, said
from loa.organizations import queries as organizations
from loa.plans import queries as plans
from loa.plans.rules import order_path
from loa.releases import queries as releases
from loa.releases.models import Confirmation, Release, Translation
from loa.releases.rules import has_allowance, is_behind, is_confirmed, payer_of, text_digest

KINDS = ("release", "translation", "entry", "organization", "person", "portal")
DAYS = 7  # how long what nobody took up is kept


def kept(token: str) -> dict[str, str]:
    """What was typed before sign-up; empty where the token holds nothing, or held it too long ago."""
    if not token:
        return {}
    rows = KeptDraft.objects.filter(token_digest=tokens.digest(token.encode()))
    row = rows.filter(kept_at__gte=clock.now() - timedelta(days=DAYS)).first()
    return dict(row.fields) if row else {}


@dataclass(frozen=True)
class Confirmed:
    """Where a text stands that was written for an organization; stale: it was changed after the answer."""

    row: Confirmation | None
    is_confirmed: bool
    is_stale: bool


def confirmation(release: Release) -> Confirmed | None:
    """What an owner said to it; None where nobody needs to be asked."""
    if not release.is_by_desk or release.entry_id is not None:
        return None
    row = Confirmation.objects.select_related("answered_by").filter(release=release).first()
    is_answered = row is not None and row.answered_at is not None
    is_stale = row is not None and is_answered and row.text_digest != text_digest(release)
    return Confirmed(row, is_confirmed(release), is_stale)


def allowance(person: Person, release: Release) -> dict[str, Any]:
    """What the pages of a release that is not out yet say about what is left to publish it with."""
    if release.entry_id is not None:
        return {}
    payer = payer_of(release)
    price = plans.credit_price(payer.portal_id)
    return {
        "payer": payer, "is_payers": organizations.is_member(person, payer), "standing": plans.standing(payer),
        "is_buyer": organizations.is_owner(person, payer),
        "is_spent": not has_allowance(release),
        "credit_price": price, "credit_path": order_path(payer, price) if price else "",
    }  # fmt: skip


@dataclass(frozen=True)
class Uses:
    """Where a file is used: releases, and whether a profile or a page of the portal shows it."""

    releases: list[Release]
    is_profile: bool
    is_portal: bool
    is_public: bool

    def __bool__(self) -> bool:
        return bool(self.releases) or self.is_profile or self.is_portal


def uses_of(file: str) -> Uses:
    """Everything that shows a file, an entry under the release it came from."""
    uses = list(media.uses_of([file]))
    keys = {kind: [use.key.partition(":")[2] for use in uses if use.key.startswith(f"{kind}:")] for kind in KINDS}
    written = {*keys["release"], *(key.partition(":")[0] for key in keys["translation"])}
    found = Release.objects.filter(Q(public_id__in=written) | Q(entry__public_id__in=keys["entry"]))
    return Uses(
        releases=list(found.select_related("entry").order_by("-saved_at")),
        is_profile=bool(keys["organization"] or keys["person"]), is_portal=bool(keys["portal"]),
        is_public=any(use.is_public for use in uses),
    )  # fmt: skip


@dataclass(frozen=True)
class Translated:
    """One other language of a release and where it stands, in words."""

    language: Language
    state: str
    is_settled: bool  # what readers find is all there is


@dataclass(frozen=True)
class Translations:
    """The languages a release has besides its own, and those it might have."""

    texts: list[Translated]
    others: list[Language]


def translations(release: Release) -> Translations:
    """What stands on the release's page about other languages."""
    rows = {row.language: row for row in release.translations.order_by("language")}
    found = [
        Translated(
            languages.get(code),
            state_of(release, row),
            row.published_revision == row.revision and not is_behind(release, row),
        )
        for code, row in rows.items()
        if code != release.language
    ]
    return Translations(found, [one for one in languages.ALL if one.code not in rows and one.code != release.language])


def state_of(release: Release, row: Translation | None) -> str:
    """Where a translation stands."""
    if row is None:
        return _("Chưa viết")
    if not row.published_revision:
        return _("Chưa đăng")
    if row.published_revision != row.revision:
        return _("Đã đăng; có chữ sửa chưa đăng")
    return _("Đã đăng; bản gốc đã sửa sau khi dịch") if is_behind(release, row) else _("Đã đăng")


# What of a release is words to translate, as `releases.queries.words_of` names it.
TRANSLATED = ("headline", "subtitle", "lead", "dateline", "body", "quotes", "pictures", "facts", "contact")


def changed_since(release: Release, row: Translation) -> list[tuple[str, Sequence[diff.Run]]]:
    """What the original says otherwise since the translation was made from it, word by word."""
    if not row.original:
        return []
    now = releases.words_of(release)
    pairs = [(name, said(name, row.original.get(name, "")), said(name, now.get(name, ""))) for name in TRANSLATED]
    return [
        (str(FIELDS.get(name, name)), diff.with_context(runs))
        for name, old, new in pairs
        if old != new and diff.places(runs := diff.runs(old, new))
    ]


def brought(release: Release) -> Bringing | None:
    """The file that was brought to a release last, while its writer has not put the word about it away."""
    return Bringing.objects.filter(release=release).order_by("-pk").first()
