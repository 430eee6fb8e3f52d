"""The drawn card of a page: found by its address, drawn once, gone with its text."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image

from loa.archive.actions.shelve import Text, add_translation
from loa.archive.actions.withdraw import withdraw
from loa.archive.models import Entry
from loa.archive.queries import address
from loa.audit.actions.record import SYSTEM
from loa.lib import card_shelf, cards
from loa.releases.actions.correct import correct
from loa.releases.queries import of_entry

PutOut = Callable[..., Entry]
ENGLISH = Text(language="en", headline="New rice", body_html="<p>Five tonnes.</p>", body_text="Five tonnes.")


def card(client: Client, entry: Entry, number: int = 1) -> bytes:
    answer = client.get(f"/og/{entry.public_id}-{number}.png")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert not answer.cookies
    return answer.content


def test_a_release_names_its_card_first(client: Client, put_out: PutOut) -> None:
    entry = put_out(pictures=[{"url": "/media/a.webp", "alt": "Lúa", "credit": "SM"}])
    page = client.get(address(entry)).text
    drawn = f'<meta property="og:image" content="http://testserver/og/{entry.public_id}-1.png">'
    assert 0 < page.index(drawn) < page.index('<meta property="og:image" content="http://testserver/media/a.webp">')
    assert '<meta property="og:image:width" content="1200"><meta property="og:image:height" content="630">' in page
    assert '<meta name="twitter:card" content="summary_large_image">' in page


def test_it_is_a_light_picture_of_the_right_size(client: Client, put_out: PutOut) -> None:
    drawn = card(client, put_out())
    with Image.open(io.BytesIO(drawn)) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))
    assert len(drawn) <= 120_000


def test_it_is_drawn_once(client: Client, put_out: PutOut, monkeypatch: pytest.MonkeyPatch) -> None:
    entry, asked = put_out(), []
    monkeypatch.setattr(card_shelf, "draw", lambda one: asked.append(one) or cards.draw(one))
    assert card(client, entry) == card(client, entry)
    assert len(asked) == 1


def test_each_language_has_its_own(client: Client, put_out: PutOut) -> None:
    entry = put_out()
    assert entry.current is not None
    version = add_translation(entry, text=ENGLISH, translates=entry.current)
    assert card(client, entry, version.number) != card(client, entry)
    assert f"/og/{entry.public_id}-{version.number}.png" in client.get(address(entry, version)).text


def test_an_old_one_leads_to_the_present_one(client: Client, put_out: PutOut) -> None:
    entry = put_out()
    release = of_entry(entry.pk)
    assert release is not None
    correct(SYSTEM, release, fields={"headline": "Khác"}, reason="Sai.", expected_revision=release.revision)
    answer = client.get(f"/og/{entry.public_id}-1.png")
    assert (answer.status_code, answer["Location"]) == (302, f"/og/{entry.public_id}-2.png")
    assert client.get(f"/og/{entry.public_id}-99.png").status_code == 404, "there never was one"


def test_it_is_gone_with_its_text(client: Client, put_out: PutOut, home: Path) -> None:
    entry = put_out()
    card(client, entry)
    withdraw(entry, statement="Sai.")
    assert client.get(f"/og/{entry.public_id}-1.png").status_code == 410
    assert list((home / "cache" / "cards").iterdir()) == []


def test_the_wire_throws_old_ones_away(
    client: Client, put_out: PutOut, home: Path, run_wire: Callable[[], int]
) -> None:
    entry = put_out()
    run_wire()
    card(client, entry)
    withdraw(entry, statement="Sai.")
    run_wire()
    assert list((home / "cache" / "cards").iterdir()) == []


@pytest.mark.parametrize("path", ["/og/khong-co-1.png", "/og/o/khong-co.png", "/og/x.png", "/og/x-.png"])
def test_the_card_of_nothing_is_a_404(client: Client, portal: object, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/en/", "/latest", "/o/hop-tac-xa-sao-mai", "/en/o/hop-tac-xa-sao-mai"])
def test_every_page_has_a_card(client: Client, put_out: PutOut, path: str) -> None:
    put_out()
    _, _, rest = client.get(path).text.partition('<meta property="og:image" content="http://testserver')
    answer = client.get(rest.partition('"')[0])
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")


def test_a_full_shelf_drops_the_oldest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card_shelf, "MOST", 10)
    monkeypatch.setattr(card_shelf, "draw", lambda one: one.headline.encode())
    for number in range(15):
        one = cards.Card(headline=str(number), sender="", portal="", accent="#000000")
        assert card_shelf.kept(tmp_path, "x", one) == str(number).encode()
    assert len(list(tmp_path.glob("*.png"))) <= 10
