"""How many of 1,000 transfers with noise in their notes find their order, and how many a wrong one.

`python bench/matching.py [SEED]` prints one line a figure: name | ours | budget | ok/short.
"""

import random
import sys
from collections.abc import Callable

from loa.billing.rules import codes
from loa.billing.rules.matching import Due, shares

COUNT = 1000
BEFORE = (
    "", "CT DEN:", "MBVCB.3278907687.", "MBVCB.123456.", "IBFT ", "FT24123456789 ", "NHAN TU 0123456789 TRACE 998877 ",
    "CHUYEN TIEN ", "thanh toan don hang ", "CTY TNHH LOAN ANH TT ", "QR - ", "020097042212345678901234567890 ", "TT ",
    "VND-TGTT-", "LOAI THE: ", "Công ty Cổ phần Hoa Lan chuyển tiền ", "TKThe :0123456789, tai MBBank. ",
)  # fmt: skip
AFTER = (
    "", ".CT tu 0071001234567 NGUYEN VAN A toi 0123456789 GLOBALVN", " GD 123456-112826 10:15:22", "-281126-10:15:22",
    " FT26333", " chuyen khoan", " Ma GD ACSP/ ab123456", ".", " cam on", "/Ref:PUW8237", "TU NGUYEN THI LAN", " 2026",
)  # fmt: skip
_SWAPS = {"2": "Z", "8": "B", "6": "G", "U": "V"}


def noisy(code: str, chance: random.Random) -> str:
    """A note that still says this code: other case, parted, glued, look-alikes, things before and behind."""
    body = "".join(_SWAPS.get(letter, letter) if chance.random() < 0.15 else letter for letter in code[3:])
    prefix = chance.choice(("LOA", "LOA", "LOA", "L0A", "IOA", "1OA"))
    said = prefix + body
    parted = chance.random()
    if parted < 0.15:
        said = f"{prefix}{chance.choice((' ', '-', '.', ': '))}{body}"
    elif parted < 0.3:
        at = chance.randrange(1, len(said))
        said = said[:at] + chance.choice((" ", "-", "\n", "  ")) + said[at:]
    elif parted < 0.35:
        said = " ".join(said)
    said = chance.choice((str.upper, str.lower, str.title, str))(said)
    return chance.choice(BEFORE) + said + chance.choice(AFTER)


def misspelt(code: str, chance: random.Random) -> str:
    """A note whose code has one to three wrong characters, one too few, one too many, or two that changed places."""
    body = code[3:]
    way = chance.randrange(4)
    at = chance.randrange(codes.LENGTH)
    if way == 0:
        wrong = list(body)
        for place in chance.sample(range(codes.LENGTH), chance.randint(1, codes.CHECKS)):
            wrong[place] = chance.choice([letter for letter in codes.ALPHABET if letter != body[place]])
        body = "".join(wrong)
    elif way == 1:
        body = body[:at] + body[at + 1 :]
    elif way == 2:
        body = body[:at] + chance.choice(codes.ALPHABET) + body[at:]
    else:
        at = min(at, codes.LENGTH - 2)
        body = body[:at] + body[at + 1] + body[at] + body[at + 2 :]
    note = chance.choice(BEFORE) + "LOA" + body + chance.choice(AFTER)
    return codeless(chance) if code in codes.joined(note) else note  # two of a kind swapped, or mended by what follows


def codeless(chance: random.Random) -> str:
    """A note that names no order at all, yet is full of letters and digits."""
    words = "".join(chance.choice("0123456789ABCDEFGHJKLMNOPQRSTUVWXYZ ") for _ in range(chance.randint(0, 60)))
    return chance.choice(BEFORE) + words + chance.choice(AFTER)


def main() -> None:
    """Every order is paid once by a note that says its code, and once each by two that do not."""
    chance = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else None)
    made = {codes.made_of([chance.randrange(23) for _ in range(codes.CHOSEN)]) for _ in range(COUNT)}
    orders = [Due(code, chance.choice((300_000, 790_000, 1_990_000))) for code in sorted(made)]
    right = wrong = astray = 0
    for due in orders:
        found = shares(noisy(due.code, chance), due.missing, orders)
        right += found == {due.code: due.missing}
        wrong += bool(found.keys() - {due.code})
        astray += sum(bool(shares(make(due.code), due.missing, orders)) for make in ways(chance))
    say("transfers with noise, matched", f"{right} of {len(orders)}", "≥ 99 %", is_ok=right >= 0.99 * len(orders))
    say("… matched to a wrong order", str(wrong), "0", is_ok=wrong == 0)
    say("misspelt or without a code, matched", f"{astray} of {2 * len(orders)}", "0", is_ok=astray == 0)


def ways(chance: random.Random) -> tuple[Callable[[str], str], Callable[[str], str]]:
    """Two makers of notes that say no code."""
    return (lambda code: misspelt(code, chance), lambda _: codeless(chance))


def say(name: str, ours: str, budget: str, *, is_ok: bool) -> None:
    print(f"{name} | {ours} | {budget} | {'ok' if is_ok else 'short'}")


if __name__ == "__main__":
    main()
