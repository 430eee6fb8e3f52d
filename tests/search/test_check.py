"""The index is looked through and mended."""

import os
import random
import resource
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from loa.archive.models import Entry
from loa.search import folder, queries, record
from loa.search.actions.check import check
from loa.search.actions.keep import is_due, keep
from loa.search.actions.rebuild import rebuild
from loa.search.actions.replace import replace
from loa.search.engine import Differences, Engine
from loa.search.errors import IndexBusy, IndexUnwritten
from tests.search.conftest import MakeDocument

PutOut = Callable[..., Entry]


@pytest.fixture
def entries(put_out: PutOut, run_wire: Callable[[], int]) -> list[Entry]:
    """Three entries, indexed."""
    made = [put_out(headline=f"Sao Mai gặt lúa lần {number}") for number in range(3)]
    run_wire()
    return made


def found(entry: Entry, text: str = "sao mai") -> list[str]:
    return sorted(queries.search(entry.portal_id, text).ids)


def everything(entries: list[Entry]) -> list[str]:
    return sorted(entry.public_id for entry in entries)


def test_an_index_like_the_record_needs_nothing(entries: list[Entry]) -> None:
    findings = check(mend=True)
    assert findings.is_whole
    assert (findings.mended, findings.rebuilt) == (0, 0)


def test_what_is_missing_changed_or_left_over_is_mended(entries: list[Entry]) -> None:
    engine = queries.engine()
    first, second, third = entries
    strange = next(record.documents_of(third))
    engine.remove([f"{first.public_id}:vi"])
    entries[1].organization.__class__.objects.filter(pk=second.organization_id).update(name="Sao Hôm")
    engine.index([type(strange)(**{**_values(strange), "key": "nobody:vi"})])
    findings = check(mend=False)
    assert findings.missing == [f"{first.public_id}:vi"]
    assert len(findings.changed) == 2
    assert findings.extra == ["nobody:vi"]
    assert check(mend=True).rebuilt == 3  # words of what was taken out stand in the files, so mending would not do
    assert check(mend=False).is_whole
    assert found(first, "org:hôm") == everything(entries)


def test_what_never_arrived_is_put_in_alone(entries: list[Entry], put_out: PutOut) -> None:
    late = put_out(headline="Sao Mai đến sau")
    findings = check(mend=True)
    assert (findings.missing, findings.mended, findings.rebuilt) == ([f"{late.public_id}:vi"], 1, 0)
    assert check(mend=False).is_whole
    assert found(late) == everything([*entries, late])


def _values(document: object) -> dict[str, object]:
    return {name: getattr(document, name) for name in document.__dataclass_fields__}  # type: ignore[attr-defined]


def test_flipped_bytes_are_found_and_the_index_is_built_again(entries: list[Entry]) -> None:
    before = found(entries[0])
    generation = folder.current(queries.engine().folder)
    dice = random.Random(int(os.environ.get("LOA_SEED", "7")))
    files = [path for path in sorted(generation.iterdir()) if path.stat().st_size and path.suffix != ".lock"]
    for _ in range(200):
        _flip(dice.choice(files), dice)
    assert not check(mend=False).is_whole
    findings = check(mend=True)
    assert findings.rebuilt == 3
    assert check(mend=False).is_whole
    assert found(entries[0]) == before == everything(entries)


def test_one_flipped_byte_in_any_segment_file_is_found(entries: list[Entry]) -> None:
    generation = folder.current(queries.engine().folder)
    dice = random.Random(7)
    for path in sorted(generation.glob("*.*")):
        if path.suffix in (".json", ".lock") or path.name.startswith("."):
            continue
        whole = path.read_bytes()
        place = dice.randrange(len(whole) - 100)  # the last hundred bytes are the footer itself
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        assert check(mend=False).damaged == [path.name]
        path.write_bytes(whole)
    assert check(mend=False).is_whole


def _flip(path: Path, dice: random.Random) -> None:
    # As a disk would: in place, in the very file readers have open.
    with path.open("r+b") as file:
        place = dice.randrange(path.stat().st_size)
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ (1 << dice.randrange(8))]))


def test_a_folder_deleted_while_serving_says_so_and_comes_back(entries: list[Entry]) -> None:
    client = Client()
    assert entries[0].public_id in client.get("/search?q=sao+mai").content.decode()
    shutil.rmtree(queries.engine().folder)
    for path in ("/search?q=sao+mai", "/search", "/search?q=sao&sort=date", "/en/search?q=x"):
        page = client.get(path)
        assert page.status_code == 200
        assert "rebuilt" in page.content.decode() or "dựng lại" in page.content.decode()
    findings = keep()
    assert findings is not None
    assert (findings.is_missing, findings.rebuilt) == (True, 3)
    assert entries[0].public_id in client.get("/search?q=sao+mai").content.decode()


def test_an_index_of_an_older_format_is_built_again(entries: list[Entry]) -> None:
    home = queries.engine().folder
    generation = folder.current(home)
    generation.rename(home / "v6-older")
    (home / "CURRENT").write_text("v6-older")
    assert folder.is_of_another_format(home)
    assert "dựng lại" in Client().get("/search?q=sao").content.decode()
    assert keep() is not None
    assert found(entries[0]) == everything(entries)
    assert [path.name for path in home.iterdir() if path.is_dir() and path.name.startswith("v6")] == []


def test_it_is_looked_through_once_a_night_and_soon_after_damage(entries: list[Entry]) -> None:
    rebuild(record.everything())
    home = queries.engine().folder
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)  # in the evening there
    os.utime(home / "CHECKED", (at.timestamp(),) * 2)
    assert not is_due(at + timedelta(hours=7, minutes=59))
    assert is_due(at + timedelta(hours=8))  # three in the morning
    folder.mark_damaged(home)
    assert not is_due(at + timedelta(minutes=9))
    assert is_due(at + timedelta(minutes=10))
    assert keep() is not None
    assert not folder.is_marked_damaged(home)


def test_two_never_rebuild_at_once(entries: list[Entry]) -> None:
    shutil.rmtree(folder.current(queries.engine().folder))
    with folder.one_rebuild(queries.engine().folder):
        assert keep() is None
        with pytest.raises(IndexBusy):
            rebuild(record.everything())


def test_what_was_taken_out_leaves_no_words_in_the_files(put_out: PutOut, run_wire: Callable[[], int]) -> None:
    entry = put_out(headline="Tin zqxerased bị tòa buộc xóa")
    others = [put_out(headline=f"Tin thứ {number}") for number in range(3)]
    run_wire()
    home = queries.engine().folder
    before = {path.name for path in home.rglob("*.term")}
    assert before
    assert queries.engine().searcher().doc_freq("any_folded", "zqxerased") == 1
    replace([entry.public_id], documents=[], whole=list)
    assert found(entry, "zqxerased") == []
    assert queries.engine().leftovers() == 1
    Entry.objects.filter(pk=entry.pk).update(state="withdrawn")
    findings = check(mend=True)
    assert (findings.leftovers, findings.rebuilt) == (1, 3)
    assert queries.engine().leftovers() == 0
    assert before.isdisjoint({path.name for path in home.rglob("*.term")})
    assert _terms(home) & {"zqxerased"} == set()
    held = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert entry.public_id.encode() not in held
    assert b"zqxerased" not in held
    assert others[0].public_id in found(others[0], "thu")


def test_a_correction_does_not_have_everything_built_again(put_out: PutOut, run_wire: Callable[[], int]) -> None:
    made = [put_out(headline=f"Tin thứ {number}") for number in range(9)]
    run_wire()
    generation = folder.current(queries.engine().folder)
    made[0].organization.__class__.objects.filter(pk=made[0].organization_id).update(name="Sao Hôm")
    replace([made[0].public_id], documents=record.of_entries([made[0].public_id]), whole=list)
    findings = check(mend=True)
    assert (findings.leftovers, findings.rebuilt) == (1, 0)
    assert folder.current(queries.engine().folder) == generation
    assert not queries.engine().has_taken_out()


def test_a_translation_that_is_no_more_leaves_no_words_either(engine: Engine, make_document: MakeDocument) -> None:
    both = [make_document("a"), make_document("a", key="a:en", language="en")]
    engine.replace(["a"], both)
    assert not engine.has_taken_out()
    engine.replace(["a"], both[:1])
    assert engine.has_taken_out()
    engine.rebuild(both[:1])
    assert not engine.has_taken_out()


def test_a_rebuild_that_the_disk_does_not_take_leaves_the_old_index(
    engine: Engine, make_document: MakeDocument
) -> None:
    engine.rebuild([make_document("a")])
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, hard))  # no file may be larger, as on a disk that is full
    try:
        with pytest.raises(IndexUnwritten, match="os error"):
            engine.rebuild([make_document("b")])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert engine.check({"a:vi": "a"}) == Differences((), (), ())
    assert len([one for one in engine.folder.iterdir() if one.is_dir()]) == 1, "nothing of the new one is left"
    assert engine.rebuild([make_document("b")]) == 1


def test_what_is_taken_out_during_a_rebuild_is_taken_out_of_the_new_files_too(
    engine: Engine, make_document: MakeDocument
) -> None:
    engine.rebuild([make_document("a"), make_document("b")], lambda: (["a"], []))
    assert (engine.count(), engine.has_taken_out()) == (1, True)


def _terms(home: Path) -> set[str]:
    searcher = Engine(home).searcher()
    forms = [
        "any_folded",
        "any_exact",
        "any_pairs",
        "headline_folded",
        "headline_exact",
        "headline_pairs",
        "lead_folded",
    ]
    return {term for form in forms for term, _ in searcher.terms_with_prefix(form, "")}


def test_what_is_published_during_a_rebuild_is_not_lost(put_out: PutOut, run_wire: Callable[[], int]) -> None:
    first = put_out()
    run_wire()
    late = record.changed_from_now()
    documents = list(record.everything())
    second = put_out(headline="Sao Mai trong lúc dựng lại")
    run_wire()  # into the old index
    assert rebuild(documents, late) == 1
    assert sorted(queries.search(first.portal_id, "sao mai").ids) == everything([first, second])


def test_a_rebuild_reads_no_entry_by_itself(
    entries: list[Entry], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    whole = record.of_entries(everything(entries))
    with django_assert_max_num_queries(8):
        documents = list(record.everything())
    assert sorted(documents, key=lambda one: one.key) == sorted(whole, key=lambda one: one.key)


def test_windows_cover_the_whole_record(put_out: PutOut, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [put_out(headline=f"Tin {number}") for number in range(7)]
    moments = [
        datetime(2024, 5, 1, second=second, microsecond=n, tzinfo=UTC) for n, second in enumerate((1, 1, 1, 2, 3, 3, 3))
    ]
    for entry, moment in zip(made, moments, strict=True):
        Entry.objects.filter(pk=entry.pk).update(published_at=moment)
    rebuild(record.everything())
    for size in (1, 2, 3, 100):
        monkeypatch.setattr(record, "_WINDOW", size)
        windows = list(record.windows())
        keys = [key for window in windows for key in window.expected]
        assert sorted(keys) == sorted(f"{entry.public_id}:vi" for entry in made)
        assert (windows[0].first, windows[-1].before) == (None, None)
        assert check(mend=False).is_whole
