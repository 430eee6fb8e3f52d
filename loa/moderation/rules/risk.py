"""What makes a release worth a person's look: signs with points, one table; it decides straight out or the queue."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from loa.lib import vietnamese

HELD_FROM = 50  # points
ALWAYS = 100  # whatever else is true
MANY_LINKS, MANY_SITES = 10, 4
NIGHT = (22, 6)  # hours of the portal's zone, in which nobody answers a telephone
_FILE = Path(__file__).parent.parent / "data" / "price_sensitive.txt"
PRICE_WORDS = tuple(
    line.strip() for line in _FILE.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")
)
_AS_WRITTEN = {vietnamese.fold(one): one for one in PRICE_WORDS}
_PRICE = re.compile(rf"\b(?:{'|'.join(map(re.escape, _AS_WRITTEN))})\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a release and its sender at the moment it is submitted."""

    is_new: bool = False  # no moderator has let out anything of theirs
    is_verified: bool = False
    looks_like: str = ""  # whom, in their words
    price_words: tuple[str, ...] = ()
    is_results: bool = False
    is_like_earlier: str = ""  # the headline of what it repeats
    local: datetime | None = None  # now, in the portal's zone
    links: int = 0
    sites: int = 0  # other than the sender's own
    is_ownerless: bool = False
    is_recovered: bool = False  # the account was entered by the way for who lost theirs, in the last seven days
    is_new_device: bool = False  # whoever sends it signed in from a browser that was not known a day ago


@dataclass(frozen=True, slots=True)
class Sign:
    """One reason to look: how much it weighs, when it is there, and what is said of it beside the sentence."""

    name: str
    points: int
    words: Any  # lazy: in the language of whoever reads it
    shows: Callable[[Facts], bool | str]


def _is_night(facts: Facts) -> bool:
    late, early = NIGHT
    return facts.local is not None and not early <= facts.local.hour < late


SIGNS = (
    Sign("new", ALWAYS, _lazy("Bài đầu tiên của tổ chức"), lambda facts: facts.is_new),
    Sign("alike", ALWAYS, _lazy("Trông giống"), lambda facts: facts.looks_like),
    Sign("recovered", ALWAYS, _lazy("Tài khoản mới được khôi phục"), lambda facts: facts.is_recovered),
    Sign("device", 30, _lazy("Đăng nhập từ thiết bị mới"), lambda facts: facts.is_new_device),
    Sign("ownerless", ALWAYS, _lazy("Tổ chức không có chủ tài khoản"), lambda facts: facts.is_ownerless),
    Sign("price", 30, _lazy("Từ ngữ động tới giá cổ phiếu"), lambda facts: ", ".join(facts.price_words[:5])),
    Sign("results", 10, _lazy("Kết quả kinh doanh"), lambda facts: facts.is_results),
    Sign("duplicate", 15, _lazy("Giống một bài đã đăng"), lambda facts: facts.is_like_earlier),
    Sign("unverified", 20, _lazy("Chưa chứng minh tên miền"), lambda facts: not facts.is_verified),
    Sign("links", 20, _lazy("Nhiều liên kết"),
         lambda facts: str(facts.links) if facts.links >= MANY_LINKS or facts.sites >= MANY_SITES else ""),
    Sign("night", 10, _lazy("Gửi trong đêm"), _is_night),
)  # fmt: skip
BY_NAME = {sign.name: sign for sign in SIGNS}


@dataclass(frozen=True, slots=True)
class Weight:
    """What a release weighs, and each sign that shows: {name, points, said}."""

    score: int
    signs: list[dict[str, Any]]

    @property
    def is_held(self) -> bool:
        """Whether a person must see it."""
        return self.score >= HELD_FROM

    def is_held_without(self, *names: str) -> bool:
        """Whether a person must see it for other reasons than these."""
        return sum(int(str(one["points"])) for one in self.signs if one["name"] not in names) >= HELD_FROM


def weigh(facts: Facts) -> Weight:
    """The table, applied."""
    shown = [(sign, sign.shows(facts)) for sign in SIGNS]
    signs = [
        {"name": sign.name, "points": sign.points, "said": said if isinstance(said, str) else ""}
        for sign, said in shown
        if said
    ]
    return Weight(sum(int(str(one["points"])) for one in signs), signs)


def in_words(signs: list[dict[str, Any]]) -> list[str]:
    """The signs as sentences in the reader's language, the heaviest first, without those no longer in the table."""
    known = sorted((one for one in signs if one["name"] in BY_NAME), key=lambda one: -one["points"])
    plain = [(str(BY_NAME[one["name"]].words), one["said"]) for one in known]
    return [_("%(sign)s: %(said)s") % {"sign": sign, "said": said} if said else sign for sign, said in plain]


def price_words(*texts: str) -> tuple[str, ...]:
    """The words in these texts that move prices, as the list spells them, each once, in their order."""
    found = _PRICE.findall(vietnamese.fold("\n".join(texts)))
    return tuple(dict.fromkeys(_AS_WRITTEN[word] for word in found))


def local_time(now: datetime, zone: str) -> datetime:
    """What the clock on the desk's wall shows."""
    return now.astimezone(ZoneInfo(zone))
