"""The table of checks, in the order their findings are read."""

from loa.releases.preflight import (
    ai,
    duplicates,
    events,
    languages,
    leftovers,
    links,
    missing,
    personal,
    sums,
    superlatives,
    weekdays,
)
from loa.releases.preflight.draft import Check, Draft, Finding

CHECKS: dict[str, Check] = {
    "leftovers": leftovers.check, "personal": personal.check, "languages": languages.check,
    "weekdays": weekdays.check, "events": events.check, "sums": sums.check, "links": links.check,
    "missing": missing.check, "superlatives": superlatives.check, "ai": ai.check, "duplicates": duplicates.check,
}  # fmt: skip
MOST = 60  # findings of one check; a text with more has one thing wrong with it many times


def findings(draft: Draft) -> list[Finding]:
    """Everything worth a second look, the same thing once."""
    found = [one for check in CHECKS.values() for one, _ in zip(check(draft), range(MOST), strict=False)]
    return list({one.key: one for one in found}.values())
