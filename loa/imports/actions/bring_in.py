"""Bring in: put the texts of a file on the record, batch by batch; what is there already is left as it is."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db import transaction

from loa.archive import queries as archive
from loa.audit.actions.record import Actor
from loa.imports import rules
from loa.imports.actions.carry import Carrier, Wire
from loa.imports.actions.link import Address, Sibling, link
from loa.imports.actions.render import Rendered, Renderer, render_all
from loa.imports.errors import CannotRead, Refused
from loa.imports.providers.pictures import Bytes, NotThere
from loa.imports.rules import Image, Line, Refusal
from loa.lib import clock, garbage
from loa.lib.beside import Beside
from loa.media.actions.take_in import take_in
from loa.media.errors import NotAPicture
from loa.organizations.actions.enter import enter
from loa.organizations.actions.enter_person import enter_person
from loa.organizations.models import Organization
from loa.places import queries as places
from loa.portals.models import Portal
from loa.releases.actions.bring_in import Arrival, Place, Text
from loa.releases.actions.bring_in import bring_in as put_on_record
from loa.search.load import write
from loa.topics.models import Section

BATCH = 1_000
AHEAD = 3  # batches that are being rendered while one is written
EXAMPLES = 20


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Where texts go, by what they say themselves."""

    portal: Portal
    section: Section  # of whatever has no heading that is known
    headings: Mapping[str, Section]  # by the name of a topic, category or tag
    senders: Mapping[str, str]  # how organizations and authors, by name, are called here
    organization: str = ""  # of whatever names none
    qcodes: frozenset[str] = frozenset()  # the IPTC topics there are
    kind: str = "news"
    source: str = ""  # what the audit calls this file
    pictures: Bytes
    is_whole: bool = False  # a text whose pictures do not all come stays out
    is_rehearsal: bool = False  # nothing is written
    siblings: Mapping[Address, Sibling] = field(default_factory=dict)  # texts of the same file by where they stood
    wire: Wire | None = None  # who brings much in carries it to the index; without, a worker does


@dataclass
class Outcome:
    """What became of the texts so far."""

    read: int = 0
    brought: int = 0
    known: int = 0
    pictures: int = 0
    refused: list[Refusal] = field(default_factory=list)
    remarks: list[tuple[int, str]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)  # what is never brought in, and how many
    examples: list[str] = field(default_factory=list)  # of a rehearsal: the first that would come
    organizations: dict[str, int] = field(default_factory=dict)  # texts by the name of their sender

    def refuse(self, line: Line, reason: str) -> None:
        """Notes one that does not come."""
        self.refused.append(Refusal(line.number, reason))


Report = Callable[[Outcome], None]


def bring_in(
    actor: Actor, lines: Iterable[Line | Refusal], *, plan: Plan, report: Report = lambda _: None
) -> Outcome:  # fmt: skip
    """Answers what became of them, and tells `report` after each batch, which is one transaction.

    A run that was cut off is run again: a text is known by its key. Pictures are fetched outside any transaction.
    Raises CannotRead when all that can be read was brought in, ProcessLost.
    """
    outcome = Outcome()
    with garbage.seldom(), Beside(render_all) as rendering, Beside(write) as indexing:
        work = _Work(actor, plan, Renderer(rendering), Carrier(plan.wire, indexing))
        batches = _Batches(lines)
        for batch in batches:
            work.begin(batch, outcome)
            work.finish(outcome, ahead=AHEAD)
            report(outcome)
        work.finish(outcome, ahead=0)
        work.carrier.finish()
        report(outcome)
    if batches.error is not None:
        raise batches.error
    return outcome


class _Batches:
    """The lines in batches. Where they break off, `error` says why, and all that came before is there."""

    def __init__(self, lines: Iterable[Line | Refusal]) -> None:
        self._lines = lines
        self.error: CannotRead | None = None

    def __iter__(self) -> Iterator[list[Line | Refusal]]:
        rest = self._readable()
        while batch := list(islice(rest, BATCH)):
            yield batch

    def _readable(self) -> Iterator[Line | Refusal]:
        try:
            yield from self._lines
        except CannotRead as error:
            self.error = error


class _Work:
    """One run, with what it need not look up twice.

    While one batch is written, those behind it are rendered and those before it are indexed, in two processes beside.
    """

    def __init__(self, actor: Actor, plan: Plan, renderer: Renderer, carrier: Carrier) -> None:
        self.actor, self.plan, self.renderer, self.carrier = actor, plan, renderer, carrier
        self.organization = lru_cache(maxsize=100_000)(self._organization)
        self.person = lru_cache(maxsize=100_000)(self._person)
        self.place_id = lru_cache(maxsize=10_000)(self._place_id)
        # Titles by the keys of this run: what is being rendered is not on the record yet.
        self.seen: dict[str, str] = {}
        self.waiting: deque[dict[str, Line]] = deque()
        self.fetched: dict[str, Rendered] = {}

    def begin(self, batch: Sequence[Line | Refusal], outcome: Outcome) -> None:
        """Hand those of a batch that are new to the renderer; what has pictures waits for them."""
        fresh = self._fresh(batch, outcome)
        self.waiting.append(fresh)
        if plain := self._plain(fresh):
            self.renderer.begin(list(plain.values()))

    def finish(self, outcome: Outcome, *, ahead: int) -> None:
        """Put the earliest batches on the record, until no more than so many are waiting."""
        while len(self.waiting) > ahead:
            fresh = self.waiting.popleft()
            plain = self._plain(fresh)
            self.fetched = dict(zip(plain, self.renderer.fetch(), strict=True)) if plain else {}
            self._write(fresh, outcome)

    def _fresh(self, batch: Sequence[Line | Refusal], outcome: Outcome) -> dict[str, Line]:
        """Those of a batch that are new, by key."""
        outcome.read += len(batch)
        for one in batch:
            if isinstance(one, Line):
                outcome.left_out.update(dict(one.left_out))
            elif one.is_meant:
                outcome.left_out[one.reason] += 1
            else:
                outcome.refused.append(one)
        keyed = [(rules.key_of(self.plan.portal.pk, line), line) for line in batch if isinstance(line, Line)]
        known = archive.known_keys(key for key, _ in keyed)
        fresh: dict[str, Line] = {}
        for key, line in keyed:
            if key in known or key in self.seen:
                outcome.known += 1
                self._compare(line, known[key][1] if key in known else self.seen[key], outcome)
            else:
                fresh[key] = line
                self.seen[key] = line.title
        return fresh

    def _plain(self, fresh: dict[str, Line]) -> dict[str, Line]:
        """What is rendered beside: texts without pictures, and nothing of a rehearsal."""
        if self.plan.is_rehearsal:
            return {}
        return {key: line for key, line in fresh.items() if not (line.images or rules.images_in(line.body))}

    def _write(self, fresh: dict[str, Line], outcome: Outcome) -> None:
        if self.plan.is_rehearsal:
            self._rehearse(fresh, outcome)
            return
        arrivals = [one for key, line in fresh.items() if (one := self._arrival(key, line, outcome)) is not None]
        arrivals = link(arrivals, portal=self.plan.portal, siblings=self.plan.siblings)
        with transaction.atomic():
            entries = put_on_record(self.actor, arrivals, source=self.plan.source)
            self.carrier.take_on(entries)
        self.carrier.carry()
        outcome.brought += len(entries)

    def _compare(self, line: Line, there: str, outcome: Outcome) -> None:
        """An id that two different texts have would lose the second one without a word."""
        if there != line.title:
            outcome.remarks.append(
                (line.number, f"its id is there already, with the title “{there[:80]}”: left as it is")
            )

    def _rehearse(self, fresh: Mapping[str, Line], outcome: Outcome) -> None:
        for line in fresh.values():
            try:
                name = self._sender(line)
            except Refused as error:
                outcome.refuse(line, str(error))
                continue
            outcome.brought += 1
            if len(outcome.examples) < EXAMPLES:
                day = f"{line.published_at:%Y-%m-%d}" if line.published_at else "no date"
                outcome.examples.append(f"{day} · {self._section(line).slug} · {name} · {line.title}")
            outcome.pictures += len({*(image.place for image in line.images), *rules.images_in(line.body)})
            outcome.organizations[name] = outcome.organizations.get(name, 0) + 1
            outcome.remarks += [(line.number, remark) for remark in line.remarks]

    def _arrival(self, key: str, line: Line, outcome: Outcome) -> Arrival | None:
        try:
            sender = self.organization(self._sender(line), line.website)
            if sender.suspended_at is not None:
                raise Refused(f"its organization {sender.name} is suspended here")
            pictures, remarks = self._pictures(line, sender)
            made = self.fetched[key] if key in self.fetched else rules.rendered(line, pictures)
            if made is None:
                raise Refused("nothing readable is left of its body")
            made = {**made, "quotes": self._quotes(line, sender, made["quotes"])} if line.people else made
        except Refused as error:
            outcome.refuse(line, str(error))
            return None
        outcome.pictures += len(pictures)
        outcome.organizations[sender.name] = outcome.organizations.get(sender.name, 0) + 1
        outcome.remarks += [(line.number, remark) for remark in (*line.remarks, *remarks)]
        return Arrival(
            release_key=key, public_id=rules.public_id_of(key), text=Text(**made), place=self._place(line, sender),
            published_at=line.published_at or clock.now(),
            is_day_only=line.is_day_only, views_before=line.views, old_addresses=line.old_addresses,
        )  # fmt: skip

    def _quotes(self, line: Line, sender: Organization, quotes: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Its quotes, each with the person who said it where the text names its people."""
        people = {name: self.person(sender, name, role) for name, role in line.people}
        return [{**quote, "person": people[quote["name"]]} if quote["name"] in people else quote for quote in quotes]

    def _person(self, sender: Organization, name: str, role: str) -> str:
        return enter_person(self.actor, sender, name=name, role=role).public_id

    def _sender(self, line: Line) -> str:
        known = (self.plan.senders.get(rules.plain(name)) for name in (line.organization, *line.authors))
        name = next(filter(None, known), line.organization) or self.plan.organization or line.channel
        if not name:
            raise Refused("it names no organization, and no --organization was given")
        return name

    def _organization(self, name: str, website: str) -> Organization:
        return enter(self.actor, portal=self.plan.portal, name=name, website=website)

    def _section(self, line: Line) -> Section:
        known = (self.plan.headings.get(rules.plain(topic)) for topic in line.topics)
        return next((one for one in known if one is not None), self.plan.section)

    def _place(self, line: Line, sender: Organization) -> Place:
        return Place(
            portal_id=self.plan.portal.pk, organization_id=sender.pk, section_id=self._section(line).pk,
            kind=self.plan.kind,
            place_id=self.place_id(line.place, line.published_at.date() if line.published_at else None),
            topic_ids=tuple(dict.fromkeys(topic for topic in line.topics if topic in self.plan.qcodes)),
        )  # fmt: skip

    def _place_id(self, name: str, on: date | None) -> int | None:
        found = places.by_name(name, on) if name else None
        return found.pk if found is not None else None

    def _pictures(self, line: Line, sender: Organization) -> tuple[dict[str, dict[str, object]], list[str]]:
        """What each of a text's pictures is here, by where it lay, and what is to be said of those that stay behind."""
        shown: dict[str, dict[str, object]] = {}
        remarks: list[str] = []
        said = {image.place: image for image in line.images}
        for place in dict.fromkeys([*said, *rules.images_in(line.body)]):
            image = said.get(place) or Image(place=place)
            try:
                data = self.plan.pictures(place)
                key = f"organization:{sender.pk}"
                # Whoever imports runs the portal: a picture left out now would never come, for its text is there.
                picture = take_in(data, owner_key=key, credit=image.credit, name=_name(place), is_bound=False)
            except (NotThere, NotAPicture) as error:
                reason = "it is no picture" if isinstance(error, NotAPicture) else str(error)
                remarks.append(f"its picture {place[:200]} stays out: {reason}")
                if self.plan.is_whole:
                    raise Refused(remarks[-1]) from error
                continue
            words = {"alt": image.alt, "caption": image.caption, "credit": image.credit}
            shown[place] = {**picture.shown(), **{name: word for name, word in words.items() if word}}
        return shown, remarks


def _name(place: str) -> str:
    return place.partition("?")[0].rpartition("/")[2]
