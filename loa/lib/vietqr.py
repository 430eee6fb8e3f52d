"""VietQR: what a Vietnamese banking app reads from a square code to fill in a transfer.

EMVCo QR Code Specification for Payment Systems, merchant-presented mode, with the account template of NAPAS: every
field is two digits of name, two of length, and the value.
"""

import re

NAPAS = "A000000727"
TO_ACCOUNT = "QRIBFTTA"  # a fast transfer to an account, not to a card
DONG = "704"  # ISO 4217
LONGEST_PURPOSE = 25  # EMVCo, field 62-08; banks that show less cut it
_BIN = re.compile(r"[0-9]{6}")
_ACCOUNT = re.compile(r"[0-9A-Za-z]{1,19}")
_PURPOSE = re.compile(rf"[0-9A-Za-z ]{{1,{LONGEST_PURPOSE}}}")


def payload(*, bank_bin: str, account: str, amount: int, purpose: str) -> str:
    """The text of the code for one transfer of whole đồng. Raises ValueError for what no bank could read."""
    if not (_BIN.fullmatch(bank_bin) and _ACCOUNT.fullmatch(account) and _PURPOSE.fullmatch(purpose)):
        raise ValueError(f"no transfer to {bank_bin} {account} for {purpose!r}")
    if not 0 < amount < 10**13:
        raise ValueError(f"no transfer of {amount}")
    beneficiary = _field("00", NAPAS) + _field("01", _field("00", bank_bin) + _field("01", account))
    head = "".join(
        [
            _field("00", "01"),  # the version of the format
            _field("01", "12"),  # used once: it names its amount
            _field("38", beneficiary + _field("02", TO_ACCOUNT)),
            _field("53", DONG),
            _field("54", str(amount)),
            _field("58", "VN"),
            _field("62", _field("08", purpose)),
            "6304",
        ]
    )
    return f"{head}{crc(head.encode('ascii')):04X}"


def crc(data: bytes) -> int:
    """CRC-16/CCITT-FALSE: polynomial 0x1021, begun with 0xFFFF, nothing reflected."""
    value = 0xFFFF
    for byte in data:
        value ^= byte << 8
        for _ in range(8):
            value = (value << 1 ^ 0x1021 if value & 0x8000 else value << 1) & 0xFFFF
    return value


def _field(name: str, value: str) -> str:
    return f"{name}{len(value):02d}{value}"
