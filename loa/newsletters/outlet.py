"""Hands what was just published to the readers who want to hear at once."""

from loa.archive.models import Notice
from loa.newsletters.actions.tell_at_once import tell_at_once

TOLD = (Notice.Kind.PUBLISHED, Notice.Kind.RESTORED)


def carry(notice: Notice) -> None:
    """Queue the mails about one entry; the second time nothing happens."""
    carry_all([notice])


def carry_all(notices: list[Notice]) -> None:
    """Queue the mails about several entries, one mail a reader."""
    tell_at_once(notice.entry for notice in notices if notice.kind in TOLD)
