"""A thousand transfers with noise in their notes: none goes to a wrong order, nearly all to the right one."""

import random

from bench.matching import codeless, misspelt, noisy
from loa.billing.rules import codes
from loa.billing.rules.matching import Due, shares, suggestions


def some_orders(chance: random.Random, count: int) -> list[Due]:
    """Orders with different codes and prices out of the few of a price list."""
    made = {codes.made_of([chance.randrange(23) for _ in range(5)]) for _ in range(count)}
    return [Due(code, chance.choice((500_000, 2_160_000, 5_400_000))) for code in sorted(made)]


def test_a_thousand_noisy_transfers_go_where_they_belong() -> None:
    chance = random.Random(20261128)
    orders = some_orders(chance, 1000)
    matched = 0
    for due in orders:
        found = shares(noisy(due.code, chance), due.missing, orders)
        assert found.keys() <= {due.code}
        matched += found == {due.code: due.missing}
    print(f"{matched} of {len(orders)} matched, 0 wrong")
    assert matched >= 0.99 * len(orders)


def test_a_thousand_misspelt_or_codeless_transfers_go_nowhere() -> None:
    chance = random.Random(281126)
    orders = some_orders(chance, 1000)
    for due in orders:
        for note in (misspelt(due.code, chance), codeless(chance)):
            assert shares(note, due.missing, orders) == {}, (due.code, note)


def test_too_little_and_too_much() -> None:
    due = Due(codes.made_of([1, 2, 3, 4, 5]), 500_000)
    assert shares(due.code, 200_000, [due]) == {due.code: 200_000}
    assert shares(due.code, 700_000, [due]) == {due.code: 500_000}


def test_two_orders_are_paid_at_once_only_by_their_sum() -> None:
    one, two = Due(codes.made_of([1, 2, 3, 4, 5]), 500_000), Due(codes.made_of([5, 4, 3, 2, 1]), 200_000)
    note = f"{one.code} va {two.code}"
    assert shares(note, 700_000, [one, two]) == {one.code: 500_000, two.code: 200_000}
    assert shares(note, 500_000, [one, two]) == {}


def test_a_bare_code_counts_only_for_the_exact_amount() -> None:
    due = Due(codes.made_of([9, 9, 8, 8, 7]), 500_000)
    assert shares(f"tra tien {due.code[3:]}", 500_000, [due]) == {due.code: 500_000}
    assert shares(f"tra tien {due.code[3:]}", 400_000, [due]) == {}


def test_a_misspelt_code_is_suggested_to_a_person_first() -> None:
    chance = random.Random(5)
    orders = some_orders(chance, 200)
    due = orders[77]
    wrong = due.code[:-1] + ("2" if due.code[-1] != "2" else "3")
    assert suggestions(f"CT DEN {wrong} abc", due.missing, orders)[0] == due.code
