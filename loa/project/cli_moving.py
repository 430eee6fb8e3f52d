"""The commands that move an archive, in and out: each turns words into values and calls one act."""

import json
import time
from collections import deque
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from loa.project.cli_errors import Trouble
from loa.project.cli_output import err, note, progress

if TYPE_CHECKING:
    from loa.imports.actions.bring_in import Outcome, Plan
    from loa.imports.actions.link import Address, Sibling
    from loa.imports.rules import Item, Line, Refusal
    from loa.portals.models import Portal

SHOWN = 50  # refused lines and remarks; a file holds all of them


class Format(StrEnum):
    """What a file is written in."""

    JSONL = "jsonl"
    WXR = "wxr"
    FEED = "feed"


def set_up() -> None:
    """Check the folder, load Django, and see that the tables are there."""
    from loa.project import cli_start

    cli_start.refuse_unwritable_home()
    cli_start.load_django()
    cli_start.refuse_other_version()


def bring_in(
    file: Annotated[str, typer.Argument(help="The file to read; of a feed also its address.")],
    form: Annotated[
        Format,
        typer.Option(
            "--format", help="What the file is written in: our own JSON Lines, a WordPress export, or RSS or Atom."
        ),
    ] = Format.JSONL,
    organization: Annotated[str, typer.Option(help="The sender of whatever names none: a name, or its slug.")] = "",
    senders: Annotated[
        Path | None, typer.Option(help='JSON: {"their organization or author": "ours"}.', exists=True, dir_okay=False)
    ] = None,
    section: Annotated[
        str, typer.Option(help="The slug of the section of whatever has none; the first one else.")
    ] = "",
    sections: Annotated[
        Path | None, typer.Option(help='JSON: {"their topic or category": "slug"}.', exists=True, dir_okay=False)
    ] = None,
    pictures: Annotated[
        str, typer.Option(help="fetch (from their addresses), none, or a folder they lie in.")
    ] = "fetch",
    whole: Annotated[bool, typer.Option("--whole", help="Leave out a text whose pictures do not all come.")] = False,
    language: Annotated[str, typer.Option(help="The language of whatever says none; the portal's else.")] = "",
    portal: Annotated[str, typer.Option(help="The slug of the portal, where there are several.")] = "",
    refused: Annotated[Path | None, typer.Option(help="Write every refused text and remark to this file.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would come, and write nothing.")] = False,
) -> None:
    """Bring in releases that were published elsewhere, with their dates, views, pictures and old addresses.

    Run it again after an interruption: what is there already is left as it is. The format is in docs/importing.md.
    """
    set_up()
    from loa.imports import forms

    into = portal_of(portal)
    plan = plan_of(
        into, file=file, section=section, sections=mapping(sections), senders=mapping(senders), pictures=pictures,
        organization=organization, is_whole=whole, is_rehearsal=dry_run,
        siblings=siblings_of(form, file, into, language),
    )  # fmt: skip
    lines = forms.lines(read(form, file), language=language, otherwise=into.language, zone=into.time_zone)
    outcome = brought(lines, plan, refused)
    tell(outcome, refused, is_rehearsal=dry_run)
    if outcome.refused:
        raise typer.Exit(1)


def brought(lines: "Iterator[Line | Refusal]", plan: "Plan", refused: Path | None) -> "Outcome":
    """What came of bringing them in; where that ends badly, what came until then is told before the Trouble."""
    from loa.audit.actions.record import SYSTEM
    from loa.imports.actions.bring_in import bring_in as act
    from loa.imports.errors import CannotRead, ProcessLost

    so_far: deque[Outcome] = deque(maxlen=1)
    try:
        with progress("import") as say:
            return act(SYSTEM, lines, plan=plan, report=teller(say, so_far))
    except CannotRead as error:
        for outcome in so_far:
            tell(outcome, refused, is_rehearsal=plan.is_rehearsal)
        raise Trouble(
            "Không đọc được tệp đến hết; những gì đã đưa vào vẫn còn.", f"{error} What came in stays."
        ) from error
    except ProcessLost as error:
        for outcome in so_far:
            tell(outcome, refused, is_rehearsal=plan.is_rehearsal)
        raise Trouble(
            "Một tiến trình phụ bị dừng giữa chừng; những gì đã đưa vào vẫn còn, hãy chạy lại lệnh này.",
            f"{error}. What came in stays; run the command again.",
        ) from error


def export(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder, or that of an earlier export.")],
    portal: Annotated[str, typer.Option(help="The slug of the portal, where there are several.")] = "",
    has_mirror: Annotated[bool, typer.Option("--mirror/--no-mirror", help="Pages that open without a server.")] = True,
    has_bag: Annotated[
        bool, typer.Option("--bag/--no-bag", help="Every release as JSON, Markdown, HTML, files.")
    ] = True,
    anew: Annotated[bool, typer.Option("--anew", help="Write every page again, changed or not.")] = False,
) -> None:
    """Take the public portal away: a mirror that opens from a stick, and a BagIt bag of every release.

    Run again, it brings the folder up to date and writes only what changed. Drafts are never in it.
    """
    set_up()
    from loa.audit.actions.record import SYSTEM
    from loa.custody.actions.export import export as act
    from loa.custody.errors import CannotExport
    from loa.project import cli_start

    try:
        with progress("export") as say:
            done = act(
                SYSTEM, portal_of(portal), folder, version=cli_start.version(), has_mirror=has_mirror, has_bag=has_bag,
                is_anew=anew, report=say,
            )  # fmt: skip
    except CannotExport as error:
        raise Trouble("Không xuất được.", str(error)) from error
    if done.mirror is not None:
        said = done.mirror
        note(
            f"{folder}/mirror/index.html: {said.pages:,} pages ({said.kept:,} unchanged), {said.files:,} files,"
            f" {said.removed:,} removed."
        )
    if done.bag is not None:
        said_of_bag = done.bag
        note(
            f"{folder}/bag: {said_of_bag.releases:,} releases ({said_of_bag.kept:,} unchanged),"
            f" {said_of_bag.files:,} files, {said_of_bag.bytes:,} bytes."
        )


def read(form: Format, file: str) -> "Iterator[Item]":
    """The texts of a file in a format."""
    from loa.imports.providers import feed, jsonl, wxr

    if form is Format.FEED and file.startswith(("https://", "http://")):
        return feed.read_address(file)
    path = Path(file)
    if not path.is_file():
        raise Trouble(f"Không có tệp {file}.", f"There is no file {file}.")
    return {Format.JSONL: jsonl.read, Format.WXR: wxr.read, Format.FEED: feed.read}[form](path)


def siblings_of(form: Format, file: str, into: "Portal", language: str) -> "dict[Address, Sibling]":
    """The texts of a file by where they stood, read once before they come, since they link to one another."""
    from loa.imports import forms
    from loa.imports.actions.link import siblings
    from loa.imports.errors import CannotRead

    if form is Format.FEED:  # its entries stay where they are
        return {}
    items = (one for one in read(form, file) if one.values.get("old_urls"))
    try:
        return siblings(into, forms.lines(items, language=language, otherwise=into.language, zone=into.time_zone))
    except CannotRead:
        return {}  # is met again, and told, after what can be read has come


def portal_of(slug: str) -> "Portal":
    """The portal of this slug, or the only one."""
    from loa.portals.models import Portal

    found = list(Portal.objects.filter(slug=slug) if slug else Portal.objects.all())
    if len(found) == 1:
        return found[0]
    names = ", ".join(Portal.objects.order_by("slug").values_list("slug", flat=True)) or "none yet (loa init)"
    raise Trouble("Hãy nói rõ cổng nào bằng --portal.", f"Say which portal with --portal; there are: {names}.")


def mapping(file: Path | None) -> dict[str, str]:
    """The names of a JSON file."""
    try:
        said = json.loads(file.read_text("utf-8")) if file is not None else {}
    except (ValueError, OSError) as error:
        raise Trouble(f"Không đọc được {file}.", f"{file} is no readable JSON: {error}.") from error
    if not isinstance(said, dict) or not all(isinstance(to, str) for to in said.values()):
        raise Trouble(
            f"{file} phải có dạng tên: tên.", f'{file} must be one JSON object of texts: {{"theirs": "ours"}}.'
        )
    return said


def plan_of(
    portal: "Portal", *, file: str, section: str, sections: dict[str, str], pictures: str,
    senders: dict[str, str], is_rehearsal: bool, **said: Any,
) -> "Plan":  # fmt: skip
    """Where texts go. A section that is not there is a Trouble."""
    from loa.imports import rules
    from loa.imports.actions.bring_in import Plan
    from loa.imports.actions.carry import Wire
    from loa.imports.providers import pictures as bytes_of
    from loa.topics import queries as topics
    from loa.topics.models import Topic
    from loa.wire.actions.take_on import settle, take_on

    there = {one.slug: one for one in topics.sections(portal)}
    missing = {slug for slug in (section, *sections.values()) if slug and slug not in there}
    if missing or not there:
        raise Trouble(
            f"Cổng chưa có chuyên mục {', '.join(sorted(missing))}; hãy tạo ở /operator/ trước.",
            f"The portal has no section {', '.join(sorted(missing))}; make it at /operator/ first"
            f" (there are: {', '.join(there) or 'none'}).",
        )
    own = {name: one for one in there.values() for name in (one.slug, one.name_vi, one.name_en) if name}
    headings = {**own, **{name: there[slug] for name, slug in sections.items()}}
    if pictures not in ("fetch", "none") and not Path(pictures).is_dir():
        raise Trouble(f"Không có thư mục {pictures}.", f"There is no folder {pictures}; or say fetch, or none.")
    known = {"fetch": bytes_of.from_addresses(), "none": bytes_of.left_behind}
    return Plan(
        portal=portal, section=there[section or next(iter(there))], source=Path(file).name, is_rehearsal=is_rehearsal,
        headings={rules.plain(name): one for name, one in headings.items()},
        pictures=known.get(pictures) or bytes_of.from_folder(Path(pictures)),
        senders={rules.plain(name): ours for name, ours in senders.items()},
        qcodes=frozenset(Topic.objects.values_list("pk", flat=True)), wire=Wire(take_on, settle), **said,
    )  # fmt: skip


def teller(say: Callable[[str], None], so_far: "deque[Outcome]") -> "Callable[[Outcome], None]":
    """Says how far it is and how fast, once a second at most; it is kept for whoever asks when all has ended badly."""
    begun = last = time.monotonic()

    def tell_progress(outcome: "Outcome") -> None:
        nonlocal last
        so_far.append(outcome)
        if time.monotonic() - last >= 1:
            last = time.monotonic()
            say(f"{summary(outcome)}; {outcome.read / (last - begun):,.0f} a second")

    return tell_progress


def summary(outcome: "Outcome") -> str:
    """The counts in one line."""
    parts = (
        (outcome.brought, "brought in"), (outcome.known, "there already"),
        (len(outcome.refused), "refused"), (outcome.pictures, "pictures"),
    )  # fmt: skip
    return f"{outcome.read:,} read: " + ", ".join(
        f"{count:,} {what}" for count, what in parts if count or what == "brought in"
    )


def tell(outcome: "Outcome", file: Path | None, *, is_rehearsal: bool) -> None:
    """The whole story at the end: counts, senders, what was refused and what is to be said of the rest."""
    lines = [f"{one.number}: {one.reason}" for one in sorted(outcome.refused, key=lambda one: one.number)]
    remarks = [f"{number}: {remark}" for number, remark in sorted(outcome.remarks)]
    if file is not None:
        file.write_text("\n".join([*lines, *remarks, ""]), "utf-8")
    for title, said in (("refused", lines), ("remark", remarks)):
        for line in said[:SHOWN]:
            err.print(f"{title} {line}", markup=False)
        if len(said) > SHOWN:
            err.print(f"… and {len(said) - SHOWN:,} more; --refused FILE writes all of them.", markup=False)
    for line in outcome.examples:
        note(line)
    for what, count in sorted(outcome.left_out.items()):
        note(f"left out: {what} ({count:,})")
    for name, count in sorted(outcome.organizations.items(), key=lambda one: (-one[1], one[0]))[:SHOWN]:
        note(f"{name}: {count:,}")
    note(f"{'would come: ' if is_rehearsal else ''}{summary(outcome)}.")
