"""Bag: pack every release a portal published as a BagIt bag (RFC 8493), readable without Loa in a hundred years."""

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string

from loa.archive import queries as archive
from loa.archive.models import Entry, OldAddress, State, Version
from loa.custody.actions.browse import Site
from loa.lib import clock
from loa.media import queries as media
from loa.portals.models import Portal
from loa.ui.language import speaking

FOLDER = "bag"
MANIFEST = "manifest-sha256.txt"
Report = Callable[[str], None]
_LINK_HERE = re.compile(r'(<a [^<>]*?href=")(?=/(?:[a-z-]+/)?r/)', re.IGNORECASE)
_OURS = re.compile(r"/media/[a-z2-7]{26}(?:\.[a-z0-9]{2,4}|-\d{1,4}\.vtt)")  # captions are numbered after their video


@dataclass
class Bagged:
    """What a run did."""

    releases: int = 0
    kept: int = 0  # releases whose folder said the same already
    files: int = 0
    bytes: int = 0


def bag(portal: Portal, home: Path, *, version: str, report: Report = lambda _: None) -> Bagged:
    """Bring `home`/bag up to date: a folder a release with JSON, Markdown, HTML and originals, and one file to import.

    Only what is on the record is in it; of what was withdrawn only its statement. While a run is on its way the bag has
    no manifest, so that half a bag is never taken for a whole one.
    """
    return _Bag(portal, home / FOLDER, report).run(version)


@dataclass
class _Bag:
    portal: Portal
    folder: Path
    report: Report
    done: Bagged = field(default_factory=Bagged)
    written: set[Path] = field(default_factory=set)

    def run(self, version: str) -> Bagged:
        data = self.folder / "data"
        data.mkdir(parents=True, exist_ok=True)
        known = self._known_sums()
        (self.folder / MANIFEST).unlink(missing_ok=True)
        site = Site(self.portal)
        beside = data / ".archive.new"
        with beside.open("w", encoding="utf-8") as lines:
            for entry in _entries(self.portal):
                self._release(entry, site)
                if entry.state == State.PUBLISHED:
                    lines.write(json.dumps(importable(entry), ensure_ascii=False) + "\n")
                self.done.releases += 1
                if self.done.releases % 100 == 0:
                    self.report(f"{self.done.releases:,} releases packed")
        beside.replace(data / "archive.jsonl")
        self.written.add(data / "archive.jsonl")
        self._sweep(data)
        self._finish(data, version, known)
        return self.done

    def _release(self, entry: Entry, site: Site) -> None:
        folder = self.folder / "data" / folder_of(entry)
        said = json.dumps(whole(entry), ensure_ascii=False, indent=1, default=str).encode()
        shown = list(archive.texts(entry).values()) if entry.state == State.PUBLISHED else []
        names = [f"{text.language}.{form}" for text in shown for form in ("md", "html")]
        originals = {name: path for text in shown for name, path in originals_of(entry, text).items()}
        self.written |= {folder / name for name in ("release.json", *names, *originals)}
        if all((folder / name).is_file() for name in (*names, *originals)) and _says(folder / "release.json", said):
            self.done.kept += 1
            return
        folder.mkdir(parents=True, exist_ok=True)
        for name, path in originals.items():
            if not (folder / name).is_file():
                shutil.copyfile(path, folder / f".{name}")
                (folder / f".{name}").replace(folder / name)
        for text in shown:
            answer = site.read(f"{archive.address(entry, text)}.md")
            (folder / f"{text.language}.md").write_bytes(answer.body if answer.status == 200 else b"")
            (folder / f"{text.language}.html").write_text(page_of(entry, text), "utf-8")
        (folder / "release.json").write_bytes(said)  # the last: what it says is then beside it

    def _known_sums(self) -> "_Sums":
        manifest = self.folder / MANIFEST
        if not manifest.is_file():
            return _Sums(0, {})
        pairs = (line.split("  ", 1) for line in manifest.read_text("utf-8").splitlines())
        return _Sums(manifest.stat().st_mtime_ns, {name: found for found, name in pairs})

    def _sweep(self, data: Path) -> None:
        for path in sorted(data.rglob("*"), reverse=True):
            if path.is_file() and path not in self.written:
                path.unlink()
            elif path.is_dir() and not any(path.iterdir()):
                path.rmdir()

    def _finish(self, data: Path, version: str, known: "_Sums") -> None:
        lines = []
        for path in sorted(one for one in data.rglob("*") if one.is_file()):
            name = path.relative_to(self.folder).as_posix()
            self.done.files += 1
            self.done.bytes += path.stat().st_size
            lines.append(f"{known.of(name, path)}  {name}\n")
            if self.done.files % 1000 == 0:
                self.report(f"{self.done.files:,} sums")
        today = clock.now().astimezone(ZoneInfo(self.portal.time_zone)).date()
        info = {
            "Source-Organization": self.portal.name, "External-Identifier": self.portal.address,
            "Bagging-Date": today.isoformat(), "Bag-Software-Agent": f"Loa {version}",
            "Payload-Oxum": f"{self.done.bytes}.{self.done.files}",
            "External-Description": "Every published release as JSON, Markdown, HTML and original files.",
        }  # fmt: skip
        tags = {
            "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "bag-info.txt": "".join(f"{name}: {' '.join(value.split())}\n" for name, value in info.items()),
        }
        for name, text in tags.items():
            (self.folder / name).write_text(text, "utf-8")
        manifest = "".join(lines)
        sums = {**tags, MANIFEST: manifest}
        (self.folder / "tagmanifest-sha256.txt").write_text(
            "".join(f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n" for name, text in sums.items()), "utf-8"
        )
        (self.folder / f".{MANIFEST}").write_text(manifest, "utf-8")
        (self.folder / f".{MANIFEST}").replace(self.folder / MANIFEST)  # the last: now it is whole


@dataclass(frozen=True)
class _Sums:
    """What the manifest of the last whole bag says, and when it was written (nanoseconds)."""

    made: int
    by_name: dict[str, str]

    def of(self, name: str, path: Path) -> str:
        """The sum of a file: as it was said, unless the file was touched since."""
        return (self.by_name.get(name) if path.stat().st_mtime_ns < self.made else None) or sum_of(path)


def sum_of(path: Path) -> str:
    """SHA-256 (hex) of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _says(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def _entries(portal: Portal) -> Iterator[Entry]:
    rows = archive.everything(portal.pk).prefetch_related("topics", "versions", "old_addresses", "partners")
    yield from rows.order_by("published_at", "pk").iterator(chunk_size=200)


def folder_of(entry: Entry) -> str:
    """Where a release lies below the payload: by the year it was published (UTC), so that no folder grows too long."""
    return f"releases/{entry.published_at:%Y}/{entry.public_id}"


def whole(entry: Entry) -> dict[str, Any]:
    """A release with every text it has shown; of one that was withdrawn only that, and why."""
    facts = {
        "id": entry.public_id, "url": f"{entry.portal.address}{archive.address(entry)}", "state": entry.state,
        "published_at": entry.published_at.isoformat(), "is_day_only": entry.is_day_only,
        "recorded_at": entry.recorded_at.isoformat(), "changed_at": entry.changed_at.isoformat(),
        "organization": {"name": entry.organization.name, "slug": entry.organization.slug,
                         "url": entry.organization.website},
    }  # fmt: skip
    if entry.state != State.PUBLISHED:
        return {**facts, "statement": entry.statement}
    return {
        **facts, "kind": entry.kind, "section": entry.section.slug, "place": entry.place.name if entry.place else "",
        "topics": [topic.pk for topic in entry.topics.all()], "views_before": entry.views_before,
        "partners": [one.name for one in entry.partners.all()],
        "old_urls": [_written(address) for address in entry.old_addresses.all()],
        "versions": [_values(version) for version in sorted(entry.versions.all(), key=lambda one: one.number)],
    }  # fmt: skip


def _values(version: Version) -> dict[str, Any]:
    values = {one.attname: getattr(version, one.attname) for one in version._meta.concrete_fields}
    translates = next((one.number for one in version.entry.versions.all() if one.pk == version.translates_id), None)
    kept = {name: value for name, value in values.items() if name not in ("id", "entry_id", "translates_id")}
    return {**kept, "translates": translates}


def _written(address: OldAddress) -> str:
    return f"https://{address.host}{address.path}" if address.host else address.path


def importable(entry: Entry) -> dict[str, Any]:
    """The original's latest text as a line of the import format (docs/importing.md); pictures lie below the payload."""
    version = entry.current
    if version is None:
        raise ValueError(f"entry {entry.public_id} has no version")
    at = entry.published_at.astimezone(ZoneInfo(entry.portal.time_zone))
    dated = {"published_on": f"{at:%Y-%m-%d}"} if entry.is_day_only else {"published_at": at.isoformat()}
    folder = folder_of(entry)
    here = f"{entry.portal.address}{archive.address(entry)}"
    body = _OURS.sub(lambda found: f"{folder}/{found[0].rpartition('/')[2]}", version.body_html)
    body = _LINK_HERE.sub(lambda found: f"{found[1]}{entry.portal.address}", body)  # leads on where it comes in
    return {
        "id": f"{entry.portal.address}/r/{entry.public_id}", "title": version.headline, "subtitle": version.subtitle,
        "lead": version.lead, "body_html": body, "language": version.language, **dated, "views": entry.views_before,
        "old_urls": [here, *(_written(address) for address in entry.old_addresses.all())],
        "organization": {"name": entry.organization.name, "url": entry.organization.website},
        "topics": [entry.section.slug, *(topic.pk for topic in entry.topics.all())],
        "place": entry.place.name if entry.place else "", "dateline": version.dateline,
        "source_url": version.source_url, "source_name": version.source_name, "contact": version.contact,
        "picture_credit": version.picture_credit,
        "images": [
            {"path": f"{folder}/{one['url'].rpartition('/')[2]}",
             **{name: one.get(name, "") for name in ("alt", "caption", "credit")}}
            for one in version.pictures
        ],
        "quotes": [{name: one.get(name, "") for name in ("text", "name", "role")} for one in version.quotes],
        "people": [{"name": one["name"], "role": one.get("role", "")} for one in version.quotes if one.get("person")],
    }  # fmt: skip


def originals_of(entry: Entry, text: Version) -> dict[str, Path]:
    """The files a text shows, by name, as they were taken in; only those everyone may read."""
    listed = json.dumps([text.body_html, text.pictures, text.videos, text.attachments], ensure_ascii=False)
    found = {address.rpartition("/")[2]: media.public_path(address) for address in sorted(set(_OURS.findall(listed)))}
    return {name: path for name, path in found.items() if path is not None}


def page_of(entry: Entry, text: Version) -> str:
    """A plain page that shows a text with its pictures from the same folder."""
    body = _OURS.sub(lambda found: found[0].rpartition("/")[2], text.body_html)
    pictures = [{**one, "file": str(one["url"]).rpartition("/")[2]} for one in text.pictures]
    files = [
        {**one, "file": _name(one.get("url")), "captions": _name(one.get("captions"))}
        for one in (*text.attachments, *text.videos)
    ]
    with speaking(text.language):
        return render_to_string("custody/bag_release.html", {
            "entry": entry, "text": text, "body": body, "pictures": pictures, "files": files,
            "zone": entry.portal.time_zone, "address": f"{entry.portal.address}{archive.address(entry, text)}",
        })  # fmt: skip


def _name(address: Any) -> str:
    return str(address or "").rpartition("/")[2]
