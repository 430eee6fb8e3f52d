"""Fills a throw-away home with many entries at once, shaped like a real portal's: `bench/fill.py --entries 100000`.

The rows go in in bulk, past the acts: nothing here is on the chain or the wire. Never point it at a portal in use.
"""

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.own_portal import forget_settings

BATCH = 2_000
TEXT = """
doanh nghiệp thành phố phát triển kinh tế chương trình hợp tác quốc tế sản phẩm khách hàng cộng đồng nông dân hợp
tác xã sản lượng nông sản xuất khẩu thị trường bệnh viện trường học nghiên cứu công nghệ năng lượng đô thị giao thông
môi trường du lịch văn hóa lễ hội đầu tư tài chính bảo hiểm chăm sóc sức khỏe khởi công khánh thành ra mắt công bố
"""
WORDS = TEXT.split()
KINDS = ("news", "news", "news", "product", "event", "results", "report", "appointment", "sourced")
SENDERS = ("Công ty Cổ phần", "Công ty TNHH", "Hợp tác xã", "Trường Đại học", "Bệnh viện", "Hiệp hội", "Tập đoàn")
SECTIONS = ("Kinh tế", "Công nghệ", "Y tế", "Giáo dục", "Văn hóa", "Môi trường", "Xã hội", "Thể thao")
CHARACTERS = "abcdefghiklmnopqrstuvwxy"


def fill(entries: int, *, seed: int = 7) -> Any:
    """Make a portal with this many entries in a home that has none, and return it."""
    from loa.lib import clock
    from loa.places.actions.load import load as load_places
    from loa.topics.actions.load import load as load_topics

    dice = random.Random(seed)
    load_places()
    load_topics()
    portal = make_portal()
    maker = Maker(portal, dice, clock.now(), entries)
    for start in range(0, entries, BATCH):
        maker.make(range(start, min(entries, start + BATCH)))
    return portal


def make_portal() -> Any:
    """A portal for every host, with eight sections."""
    from loa.portals.models import Portal, PortalHost
    from loa.topics.models import Section

    portal = Portal.objects.create(slug="do", name="Cổng đo", tagline={"vi": "Cổng để đo", "en": "A portal to measure"})
    PortalHost.objects.create(portal=portal, host="*")
    for number, name in enumerate(SECTIONS):
        Section.objects.create(portal=portal, slug=f"muc-{number}", name_vi=name, name_en=name, position=number)
    return portal


class Maker:
    """Makes rows by the thousand: a sender writes about fifty texts, a third of them within its own year."""

    def __init__(self, portal: Any, dice: random.Random, now: datetime, entries: int) -> None:
        from loa.places.models import Place
        from loa.topics.models import Section, Topic

        self.portal, self.dice, self.now, self.entries = portal, dice, now, entries
        self.sections = list(Section.objects.filter(portal=portal))
        self.places = list(Place.objects.all())
        self.topics = list(Topic.objects.filter(labels__has_key="vi").values_list("pk", flat=True))
        self.paragraphs = [self.words(60).capitalize() + "." for _ in range(200)]
        self.organizations = self.make_organizations(max(8, entries // 50))

    def words(self, count: int) -> str:
        """Some words."""
        return " ".join(self.dice.choice(WORDS) for _ in range(count))

    def make_organizations(self, count: int) -> list[Any]:
        """Senders from A to Z."""
        from loa.organizations.models import Organization

        rows = []
        for number in range(count):
            name = f"{self.dice.choice(SENDERS)} {self.dice.choice(CHARACTERS).upper()}{self.words(3)} {number}"
            rows.append(
                Organization(
                    portal=self.portal, slug=f"nguon-{number}", name=name, kind="company",
                    city=self.dice.choice(self.places), profile=self.dice.choice(self.paragraphs),
                    approved_at=self.now - timedelta(days=self.dice.randrange(3000)),
                )
            )  # fmt: skip
        return Organization.objects.bulk_create(rows, batch_size=500)

    def make(self, numbers: range) -> None:
        """One batch in one transaction: entries, their texts, what stands beside them."""
        from django.db import transaction

        from loa.archive.models import Entry, Version

        with transaction.atomic():
            entries = Entry.objects.bulk_create([self.entry(number) for number in numbers], batch_size=500)
            versions = Version.objects.bulk_create([self.version(entry) for entry in entries], batch_size=100)
            for entry, version in zip(entries, versions, strict=True):
                entry.current = version
            Entry.objects.bulk_update(entries, ["current"], batch_size=500)
            self.beside(entries, versions)

    def entry(self, number: int) -> Any:
        """One entry; every tenth knows only its day, so that many share one moment."""
        from loa.archive.models import Entry, State

        at = self.now - timedelta(minutes=self.dice.randrange(60 * 24 * 2500) if number % 3 else number % 90_000)
        is_day_only = number % 10 == 0
        if is_day_only:
            at = at.replace(hour=17, minute=0, second=0, microsecond=0) - timedelta(days=1)
        return Entry(
            portal=self.portal, organization=self.dice.choice(self.organizations), release_key=f"do-{number}",
            kind=self.dice.choice(KINDS), section=self.dice.choices(self.sections, range(8, 0, -1))[0],
            place=self.dice.choice(self.places) if number % 4 else None, published_at=at, changed_at=at,
            state=State.WITHDRAWN if number % 40 == 39 else State.PUBLISHED, is_day_only=is_day_only,
            shows="" if number % 2 else "p",
            views_before=self.dice.randrange(500),
        )  # fmt: skip

    def version(self, entry: Any, language: str = "vi", number: int = 1) -> Any:
        """A text of four paragraphs, half of them with a picture."""
        from loa.archive.models import Version

        body = self.dice.sample(self.paragraphs, 4)
        headline = self.words(9).capitalize() + f" {entry.release_key[3:]}"
        pictures = [{"url": "/media/x.webp", "width": 1600, "height": 900, "bytes": 90_000, "alt": "", "credit": "Đo"}]
        return Version(
            entry=entry, number=number, language=language, slug=f"tin-{entry.pk}", headline=headline,
            lead=body[0][:180], body_html="".join(f"<p>{one}</p>" for one in body), body_text="\n".join(body),
            digest="0" * 64, dateline="Hà Nội", contact="Phòng truyền thông", pictures=pictures if entry.pk % 2 else [],
            reading_minutes=2, shelved_at=entry.published_at,
        )  # fmt: skip

    def beside(self, entries: list[Any], versions: list[Any]) -> None:
        """Topics, translations, events and this week's views."""
        from loa.archive.models import Entry, Occasion, Translation, Version
        from loa.stats.models import DailyViews

        about = Entry.topics.through
        about.objects.bulk_create(
            [about(entry=entry, topic_id=pk) for entry in entries for pk in self.dice.sample(self.topics, 2)],
            batch_size=500,
        )
        pairs = [(entry, text) for entry, text in zip(entries, versions, strict=True) if entry.pk % 20 == 0]
        english = [self.version(entry, "en", 2) for entry, _ in pairs]
        for row, (_, text) in zip(english, pairs, strict=True):
            row.translates = text
        english = Version.objects.bulk_create(english, batch_size=100)
        Translation.objects.bulk_create([Translation(entry=v.entry, language="en", version=v) for v in english])
        Occasion.objects.bulk_create(self.occasions(entries), batch_size=500)
        DailyViews.objects.bulk_create(list(self.views(entries)), batch_size=300)

    def occasions(self, entries: list[Any]) -> list[Any]:
        """An event a month after it was announced."""
        from loa.archive.models import Occasion

        starts = [(entry, entry.published_at + timedelta(days=30)) for entry in entries if entry.kind == "event"]
        return [Occasion(entry=entry, starts_at=at, ends_at=at + timedelta(hours=3)) for entry, at in starts]

    def views(self, entries: list[Any]) -> Iterator[Any]:
        """A third of all entries were read on a day of this week; few of them often."""
        from loa.stats.models import DailyViews

        today = self.now.date()
        for entry in entries:
            for back in range(7):
                if self.dice.random() < 0.33:
                    views = int(self.dice.paretovariate(1.2))
                    yield DailyViews(entry=entry, day=today - timedelta(days=back), views=views)


def throw_away(folder: Path) -> None:
    """Point every setting at a folder of this run, before Django is set up."""
    forget_settings()
    os.environ.update(
        LOA_HOME=str(folder), LOA_ORIGIN="http://localhost:8000", DJANGO_SETTINGS_MODULE="loa.project.settings"
    )
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def main() -> None:
    """Fill, and say where."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--entries", type=int, default=100_000)
    asked.add_argument("--home", type=Path, help="an empty folder; made under the system's temporary one if not given")
    options = asked.parse_args()
    home = options.home or Path(tempfile.mkdtemp(prefix="loa-fill-"))
    if home.exists() and any(home.iterdir()):
        raise SystemExit(f"{home} is not empty; filling is for a new folder only.")
    home.mkdir(parents=True, exist_ok=True)
    throw_away(home)
    fill(options.entries)
    print(home)


if __name__ == "__main__":
    main()
