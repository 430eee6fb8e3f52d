"""What is wrong with this set-up: one function a check, each giving one finding in a sentence."""

from collections.abc import Callable, Iterator

from loa.project import cli_start
from loa.project.cli_errors import Trouble
from loa.project.doctor.engines import cdn, database, journal, migrations, outgoing, sharing
from loa.project.doctor.finding import Finding
from loa.project.doctor.machine import clock, disk, folder, python, sqlite
from loa.project.doctor.portal import backups, deployment, hosts, key, pages, places
from loa.project.doctor.record import audit_chain, books, integrity, media_files, search_index
from loa.project.doctor.settings import names


def examine(*, deep: bool) -> list[Finding]:
    """Run every check; a check that cannot run is itself a finding, and the next one runs all the same."""
    findings = [check() for check in (python, folder, disk, clock, sqlite)]
    if any(finding.what == "folder" and finding.is_wrong for finding in findings):
        return findings
    try:
        cli_start.load_django()
    except Trouble as trouble:
        return [*findings, Finding("settings", "wrong", trouble.english)]
    checks: list[Callable[[], Finding]] = [
        names,
        key,
        database,
        journal,
        migrations,
        pages,
        sharing,
        cdn,
        hosts,
        places,
        outgoing,
        backups,
        deployment,
    ]
    for check in [*checks, *(deep_checks() if deep else ())]:
        try:
            findings.append(check())
        except Exception as error:  # noqa: BLE001 -- whatever stops a check is what the operator must hear
            findings.append(Finding(check.__name__, "wrong", f"{type(error).__name__}: {error}"))
    return findings


def deep_checks() -> Iterator[Callable[[], Finding]]:
    """Give the checks of the record itself; they read everything and may take minutes."""
    yield integrity
    yield audit_chain
    yield books
    yield media_files
    yield search_index
