"""Reads of topics and sections."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from loa.lib import prepared, vietnamese
from loa.portals.models import Portal
from loa.topics.models import Section, Topic

Rows = tuple[tuple[Any, ...], ...]
"""Topics by their values: code, the broader one's, and the labels as they are written in the database."""


def sections(portal: Portal) -> QuerySet[Section]:
    """A portal's sections in their order; read once for the frame and the page inside it."""
    known: dict[str, QuerySet[Section]] = portal.__dict__.setdefault("_prefetched_objects_cache", {})
    if "sections" not in known:
        rows: Any = portal.sections.all()
        rows._result_cache, rows._prefetch_done = prepared.rows(_sections, portal_id=portal.pk), True
        known["sections"] = rows  # as Django does it (`prefetch_related_objects`), whose way to the same rows is longer
    return known["sections"]


def _sections(*, portal_id: int) -> QuerySet[Section]:
    return Section.objects.filter(portal=portal_id)


def section(portal: Portal, slug: str) -> Section | None:
    """One section of a portal."""
    return next((one for one in sections(portal) if one.slug == slug), None)


def topic(qcode: str) -> Topic | None:
    """A topic by its qcode (`medtop:04000000`)."""
    return Topic.objects.filter(qcode=qcode).first()


def family(qcode: str) -> tuple[Topic | None, list[Topic]]:
    """A topic by its qcode (`medtop:04000000`), the broader ones beside it, and those right below it; one read."""
    found = {row.pk: row for row in prepared.rows(_family, qcode=qcode)}
    return found.pop(qcode, None), list(found.values())


def _family(*, qcode: str) -> QuerySet[Topic]:
    return Topic.objects.select_related(f"{'parent__' * 5}parent").filter(Q(pk=qcode) | Q(parent=qcode))


def broader(topic: Topic) -> list[Topic]:
    """The way down to a topic from its top topic, itself left out."""
    way: list[Topic] = []
    while topic.parent is not None:
        topic = topic.parent
        way.insert(0, topic)
    return way


def in_order(topics: Iterable[Topic], language: str) -> list[Topic]:
    """By their name in a language."""
    return sorted(topics, key=lambda one: vietnamese.sort_key(one.label(language)))


def by_qcode(qcodes: Iterable[str]) -> list[Topic]:
    """These topics; nobody changes one of them."""
    return made(rows(qcodes))


def rows(qcodes: Iterable[str]) -> Rows:
    """What `made` makes topics of; equal as long as none of these was changed."""
    return tuple(prepared.tuples(_rows, qcodes=list(qcodes)))


def _rows(*, qcodes: list[str]) -> QuerySet[Topic, tuple[Any, ...]]:
    return Topic.objects.filter(pk__in=qcodes).values_list("qcode", "parent_id", Cast("labels", TextField()))


@lru_cache(maxsize=16)
def made(rows: Rows) -> list[Topic]:
    """Topics of their values, as they were made for whoever asked for the same ones last."""
    return [Topic(qcode=qcode, parent_id=parent, labels=json.loads(labels)) for qcode, parent, labels in rows]


def within(topic: Topic) -> set[str]:
    """The qcodes of a topic and of every narrower one."""
    return _under(topic.pk, _below(tuple(prepared.tuples(_parents))))


def _parents() -> QuerySet[Topic, tuple[Any, ...]]:
    return Topic.objects.values_list("qcode", "parent_id")


@lru_cache(maxsize=2)
def _below(parents: Rows) -> dict[str | None, list[str]]:
    """The narrower topics right under each; made once of what changes with the tree alone."""
    below: dict[str | None, list[str]] = {}
    for qcode, parent in parents:
        below.setdefault(parent, []).append(qcode)
    return below


def ways_up() -> dict[str, list[str]]:
    """The qcode of every topic, with itself and each broader one."""
    parents: dict[str, str | None] = dict(Topic.objects.values_list("qcode", "parent_id"))
    return {qcode: [qcode, *_above(qcode, parents)] for qcode in parents}


def _above(qcode: str, parents: dict[str, str | None]) -> Iterator[str]:
    while (broader := parents[qcode]) is not None:
        yield (qcode := broader)


def _under(qcode: str, below: dict[str | None, list[str]]) -> set[str]:
    return {qcode}.union(*(_under(one, below) for one in below.get(qcode, ())))


def named(language: str) -> list[Topic]:
    """The topics newsrooms here use (those with a Vietnamese name), by their name in a language."""
    return in_order(Topic.objects.filter(labels__has_key="vi"), language)


def tree(topics: Iterable[Topic], language: str) -> list[tuple[Topic, list[tuple[Topic, int]]]]:
    """Top topics in IPTC's order, each with the narrower ones under one another by name, and how deep each lies."""
    rows = {topic.pk: topic for topic in topics}
    below: dict[str | None, list[Topic]] = defaultdict(list)
    for topic in in_order(rows.values(), language):
        below[_nearest(topic, rows)].append(topic)
    tops = sorted(below[None], key=lambda topic: topic.pk)
    return [(top, list(_branch(top.pk, below, 0))) for top in tops]


def _nearest(topic: Topic, rows: dict[str, Topic]) -> str | None:
    """The narrowest broader topic among these."""
    while topic.parent_id is not None and topic.parent_id not in rows:
        topic = topic.parent  # type: ignore[assignment]  # its id is there
    return topic.parent_id


def _branch(qcode: str, below: dict[str | None, list[Topic]], depth: int) -> Iterator[tuple[Topic, int]]:
    for topic in below.get(qcode, []):
        yield topic, depth
        yield from _branch(topic.pk, below, depth + 1)


def heading(topic: Topic, language: str) -> str:
    """A name that begins a line."""
    name = topic.label(language)
    return name[:1].upper() + name[1:]


def heading_for(portal: Portal, section: Section, of: Iterable[Topic]) -> Section | None:
    """The heading of a portal for what stands under another's: of the same address, else one that gathers a topic."""
    headings = list(Section.objects.filter(portal=portal).prefetch_related("topics").order_by("position", "pk"))
    wanted = {one.pk for one in of}
    alike = [one for one in headings if one.slug == section.slug]
    near = [one for one in headings if wanted & {topic.pk for topic in one.topics.all()}]
    return next(iter([*alike, *near]), None)
