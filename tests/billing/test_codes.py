"""Codes of orders: far from each other, read whatever banks make of them, refused when mistyped."""

import itertools
import random

import pytest

from loa.billing.rules import codes


def test_a_code_is_eleven_letters_and_digits_without_look_alikes() -> None:
    code = codes.new()
    assert code.startswith("LOA") and len(code) == 11 <= 19  # what the shortest bank's note holds
    assert not set(code[3:]) & set("01OIL5SQDBZGV")


def test_two_codes_differ_in_at_least_four_places() -> None:
    """Codes of one element changed span all others, since the code is linear."""
    zero = codes.made_of([0] * codes.CHOSEN)
    for places in (1, 2):
        for chosen in itertools.combinations(range(codes.CHOSEN), places):
            for values in itertools.product(range(1, 23), repeat=places):
                word = [0] * codes.CHOSEN
                for place, value in zip(chosen, values, strict=True):
                    word[place] = value
                assert sum(a != b for a, b in zip(codes.made_of(word), zero, strict=True)) >= 4


def test_up_to_three_wrong_characters_are_never_another_code() -> None:
    chance = random.Random(4)
    for _ in range(3000):
        body = list(codes.made_of([chance.randrange(23) for _ in range(5)])[3:])
        for place in chance.sample(range(8), chance.randint(1, 3)):
            body[place] = chance.choice([letter for letter in codes.ALPHABET if letter != body[place]])
        assert not codes.is_right("".join(body))


@pytest.mark.parametrize(
    "note",
    [
        "{0}", "{1}", "MBVCB.123456.{0}", "CT DEN:{0}GD 99", "thanh toán{1}cảm ơn", "LOA {2}", "LOA-{2}", "loa.{3}",
        "L0A{2}", "IOA{2}", "1oa{3}", "{0}-281126-10:15:22", "Cty Loan Anh {0}", "LOALOA{2}", "ＬＯＡ{2}", "{2}",
        "Ck {2} nhe",
    ],
)  # fmt: skip
def test_it_is_read_in_what_banks_make_of_it(note: str) -> None:
    code = codes.made_of([1, 22, 7, 0, 13])
    said = note.format(code, code.lower(), code[3:], code[3:].lower())
    assert [one.code for one in codes.found_in(said)] == [code]


def test_it_is_read_with_spaces_in_between() -> None:
    code = codes.made_of([3, 1, 4, 1, 5])
    assert codes.read(" ".join(code)) == code


def test_a_look_alike_is_read_as_the_one_of_its_family() -> None:
    code = codes.made_of([0, 6, 4, 18, 0])
    assert codes.read(code.translate(str.maketrans("286U", "ZBGV"))) == code


@pytest.mark.parametrize("typed", ["", "LOA", "LOA2222222", "L" * 2000, "xin chào", "🙂"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    assert codes.read(typed) is None
