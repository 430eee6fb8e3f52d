"""pieces: what was laid down under all it shows is found under that alone, within so many bytes."""

from loa.lib.pieces import OVERHEAD, Pieces


def test_a_piece_is_found_under_all_it_shows_and_nothing_else() -> None:
    pieces: Pieces[str] = Pieces(1_000_000)
    pieces.put(("entry", 1, "vi"), "Lúa", 3)
    assert pieces.get(("entry", 1, "vi")) == "Lúa"
    assert pieces.get(("entry", 2, "vi")) is None
    assert pieces.get(("entry", 1, "en")) is None


def test_what_nobody_asked_for_the_longest_makes_room() -> None:
    pieces: Pieces[int] = Pieces(30 * OVERHEAD)
    for number in range(30):
        pieces.put(number, number, 0)
    assert pieces.get(0) == 0
    pieces.put(30, 30, 0)
    assert (pieces.get(0), pieces.get(1), pieces.get(30)) == (0, None, 30)
    assert (len(pieces), pieces.bytes) == (30, 30 * OVERHEAD)


def test_a_piece_laid_down_again_is_counted_once() -> None:
    pieces: Pieces[str] = Pieces(1_000_000)
    for text in ("one", "two"):
        pieces.put("a", text, 100)
    assert (pieces.get("a"), len(pieces), pieces.bytes) == ("two", 1, 100 + OVERHEAD)


def test_one_very_large_piece_does_not_push_out_all_others() -> None:
    pieces: Pieces[str] = Pieces(100 * OVERHEAD)
    pieces.put("small", "s", 1)
    pieces.put("large", "l", 50 * OVERHEAD)
    assert (pieces.get("small"), pieces.get("large")) == ("s", None)
