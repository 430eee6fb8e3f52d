"""Who corrects and withdraws in `bench/correction.py`, in a process of its own."""

import os
import time
from multiprocessing.connection import Connection
from typing import Any
from zoneinfo import ZoneInfo

from correction_signs import LANGUAGES, SEARCH, WORD, Cast, sign
from own_portal import Desk

WITHDRAWALS = int(os.environ.get("LOA_BENCH_WITHDRAWALS", "10"))
ENTRIES = int(os.environ.get("LOA_BENCH_ENTRIES", "120"))


def write(orders: Connection) -> None:
    """Make the portal; then correct and withdraw as told, and answer with the moments of commit and return."""
    author = Author()
    orders.send(author.cast())
    while (order := orders.recv()) is not None:
        orders.send(author.correct(*order) if isinstance(order, tuple) else author.withdraw(order))


class Author:
    """Who has one release in three languages, and some that will be withdrawn."""

    def __init__(self) -> None:
        from loa.accounts.queries import actor
        from loa.places.models import Place
        from loa.topics.models import Topic

        self.desk = Desk()
        self.actor = actor(self.desk.person)
        self.topic = Topic.objects.create(qcode="04000000", labels={"vi": "Kinh tế", "en": "Economy"})
        self.place = Place.objects.create(slug="dong-thap", name="Đồng Tháp", name_en="Dong Thap")
        for number in range(ENTRIES):
            self.desk.publish(number)
        self.doomed = [self.publish(f"zqgo{number}k") for number in range(WITHDRAWALS)]
        self.release = self.publish(f"{WORD} {sign('vi', 0)}")
        for language in LANGUAGES[1:]:
            self.translate(language, 0)

    def publish(self, mark: str) -> Any:
        """A release that stands in every kind of list."""
        from loa.releases.actions.publish import publish
        from loa.releases.actions.save import begin
        from loa.releases.actions.submit import submit

        fields = {**texts(mark), "section": self.desk.section, "place": self.place}
        release = begin(self.desk.person, self.desk.organization, fields={**fields, "topics": [self.topic]})
        publish(self.actor, submit(self.desk.person, release))
        release.refresh_from_db()
        return release

    def translate(self, language: str, number: int) -> None:
        """Write a translation anew, and put it out."""
        from loa.releases.actions.translate import publish_translation, save_translation
        from loa.releases.models import Translation

        row = Translation.objects.filter(release=self.release, language=language).first()
        self.release.refresh_from_db()
        row = save_translation(
            self.release, language, fields=texts(f"{WORD} {sign(language, number)}"),
            expected_revision=row.revision if row else 0, follows=self.release.revision,
        )  # fmt: skip
        publish_translation(self.actor, self.release, language, expected_revision=row.revision, reason="Số liệu")

    def correct(self, language: str, number: int) -> tuple[float, float]:
        """One correction; the moments are of the monotonic clock, which all processes share."""
        from django.db import transaction

        from loa.releases.actions.correct import correct

        committed: list[float] = []
        with transaction.atomic():
            transaction.on_commit(lambda: committed.append(time.monotonic()))  # the first of those that wait for it
            if language == LANGUAGES[0]:
                self.release.refresh_from_db()
                fields = texts(f"{WORD} {sign(language, number)}")
                correct(
                    self.actor, self.release, fields=fields, reason="Số liệu",
                    expected_revision=self.release.revision,
                )  # fmt: skip
            else:
                self.translate(language, number)
        return committed[0], time.monotonic()

    def withdraw(self, public_id: str) -> tuple[float, float]:
        """Take one out; the first moment is from before the act."""
        from loa.releases.actions.withdraw import withdraw

        release = next(one for one in self.doomed if one.entry.public_id == public_id)
        begun = time.monotonic()
        withdraw(self.actor, release, statement="Sai số liệu")
        return begun, time.monotonic()

    def cast(self) -> Cast:
        """The addresses of everything."""
        from loa.archive.queries import address, now_by_language, past

        entry = self.release.entry
        texts_now = now_by_language(entry, past(entry))
        day = entry.published_at.astimezone(ZoneInfo(entry.portal.time_zone))
        places: dict[str, dict[str, str]] = {}
        for language, version in texts_now.items():
            path = address(entry, version)
            places[language] = {"page": path, "markdown": f"{path}.md", "search": SEARCH}
        lists = {
            "home": "/", "latest": "/latest", "section": "/s/tin", "topic": f"/t/{self.topic.pk}/kinh-te",
            "place": f"/p/{self.place.pk}/{self.place.slug}", "newsroom": f"/o/{self.desk.organization.slug}",
            "archive day": f"/archive/{day.year}/{day.month}/{day.day}",
            "rss": "/feed.xml", "atom": "/feed.atom", "json": "/feed.json",
            "section rss": "/s/tin/feed.xml", "newsroom rss": f"/o/{self.desk.organization.slug}/feed.xml",
        }  # fmt: skip
        for language, prefix in (("vi", ""), ("en", "/en")):
            places[language] |= {name: prefix + path for name, path in lists.items()}
        places["vi"] |= {"embed": f"/r/{entry.public_id}/embed", "news sitemap": "/news-sitemap.xml"}
        doomed = [
            {"id": one.entry.public_id, "mark": one.headline.split()[0], "path": address(one.entry)}
            for one in self.doomed
        ]
        hot = [places["vi"][name] for name in ("page", "home", "newsroom", "rss")] + [places["en"]["page"]]
        return Cast(public_id=entry.public_id, places=places, hot=hot, doomed=doomed)


def texts(mark: str) -> dict[str, str]:
    """A text that holds a mark in each of its parts."""
    words = "Sản lượng nông sản của hợp tác xã trong vụ mùa này cao hơn năm trước trên cả bốn cánh đồng."
    body = "".join(f"<p>{words} {mark} {words * 3}</p>" for _ in range(5))
    return {
        "headline": f"{mark} nông sản được mùa",
        "lead": f"{words} {mark}",
        "body_html": body,
        "contact": "An",
    }
