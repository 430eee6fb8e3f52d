"""Pack: put everything of an organization into one zip: its record, its drafts, its files, its profile."""

import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db.models import F, Model, Q

from loa.archive import queries as archive
from loa.archive.models import Entry, State
from loa.coverage import sheet as coverage
from loa.custody.actions.bag import folder_of, originals_of, page_of, whole
from loa.custody.actions.browse import Site
from loa.custody.models import Parcel
from loa.lib import clock
from loa.media import queries as media
from loa.media import store
from loa.media.models import Attachment, Picture, Video
from loa.organizations.models import Organization
from loa.releases.models import Release, Template
from loa.releases.states import State as Stage

LEASE = timedelta(minutes=15)  # renewed while it is being packed
AGAIN = timedelta(minutes=1)  # after one that failed; five times as long after the next
MOST_ATTEMPTS = 3
KEPT = timedelta(days=7)
EVERY = 10  # things between two signs of life
README = """Mọi thứ của tổ chức trên cổng vào lúc tải: / Everything of the organization on the portal, as of now:

organization.json   hồ sơ, người phát ngôn / profile and spokespeople
releases/           mỗi thông cáo đã đăng: JSON với mọi phiên bản, Markdown, HTML, ảnh và tệp gốc
                    each published release: JSON with every version, Markdown, HTML, original files
drafts/             bản nháp, bản đang chờ và bản đã rút, dạng JSON / drafts, waiting and withdrawn ones, as JSON
templates/          mẫu của tổ chức, dạng JSON / the organization's templates, as JSON
coverage.csv        nơi khác đăng lại hoặc viết theo / where releases were published elsewhere
media/              thư viện: ảnh, video, tài liệu gốc, và media.json / the library, with media.json
"""


def pack_due(folder: Path) -> Parcel | None:
    """Pack the parcel that waits longest, and throw old ones away; None when none waits. May run beside others.

    One that could not be packed is tried three times, after one minute and after five; what hindered it is raised.
    """
    now = clock.now()
    throw_away(folder, now)
    free = Q(lease_until=None) | Q(lease_until__lte=now)
    row = Parcel.objects.filter(free, packed_at=None, failed_at=None).order_by("asked_at").first()
    if row is None:
        return None
    mine = Parcel.objects.filter(free, pk=row.pk, packed_at=None, failed_at=None)
    if not mine.update(lease_until=now + LEASE, attempts=F("attempts") + 1, done=0):
        return None
    row.refresh_from_db()
    if row.attempts > MOST_ATTEMPTS:  # three workers died of it
        _give_up(row, folder)
        return row
    try:
        pack(row, folder)
    except Exception:  # whatever it was is raised; the parcel is only told when it may be tried again
        _give_up(row, folder)
        raise
    return row


def _give_up(row: Parcel, folder: Path) -> None:
    """Leave a parcel to be tried again, or for good; without its half first, which may be what fills the disk."""
    mine = Parcel.objects.filter(pk=row.pk, attempts=row.attempts, packed_at=None)
    if not mine.exists():  # another worker took it meanwhile
        return
    (folder / f".{row.public_id}").unlink(missing_ok=True)
    if row.attempts < MOST_ATTEMPTS:
        mine.update(lease_until=clock.now() + AGAIN * 5 ** (row.attempts - 1))
    else:
        mine.update(failed_at=clock.now())


def pack(row: Parcel, folder: Path) -> None:
    """Write the file of a parcel, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    organization = Organization.objects.select_related("portal").get(pk=row.organization_id)
    entries = archive.everything(organization.portal_id).filter(organization=organization)
    drafts = Release.objects.filter(organization=organization).exclude(state=Stage.PUBLISHED)
    key = f"organization:{organization.pk}"
    library = [list(kind.objects.filter(owner_key=key).order_by("pk")) for kind in (Picture, Video, Attachment)]
    files = [file for kind in library for file in kind]
    kept = Template.objects.filter(organization=organization).order_by("pk")
    row.total = entries.count() + drafts.count() + kept.count() + len(files) + 2
    beside = folder / f".{row.public_id}"
    with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive_file:
        parts = (
            _itself(organization, archive_file), _coverage(organization, archive_file),
            _entries(entries, Site(organization.portal), archive_file),
            _drafts(drafts, archive_file), _templates(kept, archive_file), _files(files, archive_file),
        )  # fmt: skip
        for number, _ in enumerate((thing for part in parts for thing in part), start=1):
            if number % EVERY == 0:
                Parcel.objects.filter(pk=row.pk).update(
                    done=number, total=row.total, lease_until=clock.now() + LEASE
                )  # fmt: skip
    beside.chmod(0o600)
    beside.replace(folder / f"{row.public_id}.zip")
    size = (folder / f"{row.public_id}.zip").stat().st_size
    values = {"packed_at": clock.now(), "size": size, "lease_until": None, "done": row.total, "total": row.total}
    Parcel.objects.filter(pk=row.pk).update(**values)


def throw_away(folder: Path, now: datetime) -> None:
    """Parcels are gone after a week, and so is the half of one that nobody finished."""
    old = Parcel.objects.filter(asked_at__lt=now - KEPT)
    for parcel in old:
        (folder / f"{parcel.public_id}.zip").unlink(missing_ok=True)
    old.delete()
    if folder.is_dir():
        known = set(Parcel.objects.values_list("public_id", flat=True))
        for path in folder.iterdir():
            if path.name.strip(".").removesuffix(".zip") not in known:
                path.unlink(missing_ok=True)


def _coverage(organization: Organization, out: zipfile.ZipFile) -> Iterator[None]:
    out.writestr("coverage.csv", coverage.table(organization))
    yield


def _itself(organization: Organization, out: zipfile.ZipFile) -> Iterator[None]:
    people = [_values(one) for one in organization.people.all()]
    out.writestr("README.txt", README)
    out.writestr("organization.json", _json({**_values(organization), "people": people}))
    yield


def _entries(entries: Any, site: Site, out: zipfile.ZipFile) -> Iterator[None]:
    rows = entries.prefetch_related("topics", "versions", "old_addresses", "partners").order_by("published_at", "pk")
    for entry in rows.iterator(chunk_size=100):
        _entry(entry, site, out)
        yield


def _entry(entry: Entry, site: Site, out: zipfile.ZipFile) -> None:
    folder = folder_of(entry)
    out.writestr(f"{folder}/release.json", _json(whole(entry)))
    written: set[str] = set()
    for text in archive.texts(entry).values() if entry.state == State.PUBLISHED else ():
        answer = site.read(f"{archive.address(entry, text)}.md")
        out.writestr(f"{folder}/{text.language}.md", answer.body if answer.status == 200 else b"")
        out.writestr(f"{folder}/{text.language}.html", page_of(entry, text))
        for name, path in originals_of(entry, text).items():
            if name not in written:
                written.add(name)
                out.write(path, f"{folder}/{name}", zipfile.ZIP_STORED)


def _templates(templates: Iterable[Template], out: zipfile.ZipFile) -> Iterator[None]:
    for template in templates:
        out.writestr(f"templates/{template.public_id}.json", _json(_values(template)))
        yield


def _drafts(drafts: Any, out: zipfile.ZipFile) -> Iterator[None]:
    for release in drafts.select_related("author").prefetch_related("translations").order_by("pk").iterator(100):
        said = {**_values(release), "author": release.author.name if release.author is not None else ""}
        said["translations"] = [_values(one) for one in release.translations.all()]
        out.writestr(f"drafts/{release.public_id}.json", _json(said))
        yield


def _files(files: list[Any], out: zipfile.ZipFile) -> Iterator[None]:
    listed = []
    for file in files:
        path = store.folder() / file.file_name
        if getattr(file, "format", "") and path.is_file():
            out.write(path, f"media/{file.file_name}", zipfile.ZIP_STORED)
        captions = getattr(file, "captions", "")
        if captions and (store.folder() / captions).is_file():
            out.write(store.folder() / captions, f"media/{captions}")
        uses = list(media.uses_of([file.public_id]).values_list("key", flat=True))
        listed.append({**_values(file), "file": file.file_name, "uses": uses})
        yield
    out.writestr("media/media.json", _json(listed))


_PRIVATE = {
    *("id", "owner_key", "words", "author_id", "sent_by_id", "kept_by_id"),
    *("organization_id", "portal_id", "release_id", "entry_id"),
}


def _values(row: Model) -> dict[str, Any]:
    """The plain values of a row, without keys that mean something here alone."""
    fields = (one.attname for one in row._meta.concrete_fields)
    return {name: getattr(row, name) for name in fields if name not in _PRIVATE}


def _json(said: Any) -> str:
    return json.dumps(said, ensure_ascii=False, indent=1, default=str)
