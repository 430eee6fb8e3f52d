"""Calendars as other programs read them."""

from datetime import UTC, datetime

from icalendar import Calendar

from loa.lib.calendar import Event, write

AT = datetime(2026, 12, 5, 7, tzinfo=UTC)


def event(**changes: object) -> Event:
    return Event(**{"uid": "abc@globalvn.example", "sequence": 2, "stamped_at": AT, "starts_at": AT, **changes})  # type: ignore[arg-type]


def test_words_come_back_as_they_were_written() -> None:
    words = "Hội thảo; phần 1, phần 2\\3\nHai dòng " + "dài " * 60
    written = write([event(summary=words, description=words, location="Huế, Việt Nam")], name="Cổng; tin")
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert b"\n" not in written.replace(b"\r\n", b"")
    calendar = Calendar.from_ical(written)
    (read,) = calendar.walk("VEVENT")
    assert (read["SUMMARY"], read["DESCRIPTION"], read["LOCATION"]) == (words, words, "Huế, Việt Nam")
    assert calendar["X-WR-CALNAME"] == "Cổng\\; tin"  # a name of nobody's standard comes back as it stands
    assert (read["UID"], read["SEQUENCE"], read["STATUS"]) == ("abc@globalvn.example", 2, "CONFIRMED")
    assert read["DTSTART"].dt == AT
    assert "DTEND" not in read and not read.errors


def test_nobody_writes_lines_of_their_own() -> None:
    written = write([event(summary="A\r\nSTATUS:CANCELLED\x00\x0bB")])
    (read,) = Calendar.from_ical(written).walk("VEVENT")
    assert read["STATUS"] == "CONFIRMED"
    assert read["SUMMARY"] == "A\nSTATUS:CANCELLEDB"


def test_one_that_is_cancelled_says_so_and_ends_when_it_would_have() -> None:
    end = AT.replace(hour=9)
    (read,) = Calendar.from_ical(write([event(ends_at=end, is_cancelled=True)])).walk("VEVENT")
    assert (read["STATUS"], read["DTEND"].dt) == ("CANCELLED", end)
