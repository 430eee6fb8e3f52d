"""What a new password is held against, without asking anybody outside: lists of leaked ones, and habits."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from allauth.core import context
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from loa.accounts.models import Person
from loa.lib.vietnamese import fold

LEAKED = Path(__file__).resolve().parent.parent / "data" / "breached.bin"
KEPT = 5  # bytes of a SHA-256; bin/make_breached.py writes them
FEWEST = 5  # different characters

# What people here begin a password with, marks and gaps left out; figures and signs round it hide nothing.
HABITS = frozenset({
    "matkhau", "matkhaumoi", "dangnhap", "quantri", "quantrivien", "khongbiet", "khongco", "vietnam", "iloveyou",
    "anhyeuem", "emyeuanh", "toiyeuem", "toiyeuvietnam", "yeuem", "yeuanh", "nhoem", "congty", "congtytnhh",
    "truyenthong", "thongcao", "thongcaobaochi", "baochi", "bantin", "hanoi", "saigon", "tphcm", "hochiminh", "danang",
    "haiphong", "cantho", "password", "passw", "admin", "administrator", "letmein", "welcome", "qwerty", "qwertyuiop",
    "asdfgh", "asdfghjkl", "zxcvbnm", "abc", "abcd", "abcde", "abcdef", "abcdefgh", "test", "demo", "user", "guest",
})  # fmt: skip
LEET = str.maketrans("01345$@!", "oieassai")


class NotLeaked:
    """Django's way to refuse a password: a class with `validate`."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Raises ValidationError with a sentence that says why."""
        if reason := reason_against(password, own_words(user)):
            raise ValidationError(reason, code="password_leaked")

    def get_help_text(self) -> str:
        """What the form may say beforehand."""
        return _("Đừng dùng mật khẩu đã lộ ở nơi khác, tên mình, tên cổng hay dãy số.")


def reason_against(password: str, own: frozenset[str]) -> str:
    """A sentence, or nothing. `own` are words of the person's, folded: parts of the name, the address, the portal."""
    if is_leaked(password):
        return _("Mật khẩu này nằm trong danh sách đã lộ. Hãy chọn cái khác, thí dụ bốn từ không liên quan.")
    if password.isdecimal():
        return _("Chỉ có chữ số thì dễ đoán: số điện thoại, ngày sinh. Hãy thêm vài từ.")
    if len(set(password.lower())) < FEWEST:
        return _("Mật khẩu lặp đi lặp lại vài ký tự. Hãy chọn cái khác.")
    if set(cores(password)) & HABITS:
        return _("Nhiều người đặt mật khẩu kiểu này nên dễ đoán. Hãy chọn bốn từ không liên quan.")
    if set(cores(password)) & own:
        return _("Mật khẩu dựa vào tên, địa chỉ thư hay tên cổng thì dễ đoán. Hãy chọn cái khác.")
    return ""


def is_leaked(password: str) -> bool:
    """Whether it is on the list, in small or capital letters."""
    rows = _leaked()
    wanted = sha256(password.lower().encode()).digest()[:KEPT]
    place = bisect_left(range(len(rows) // KEPT), wanted, key=lambda at: rows[at * KEPT : at * KEPT + KEPT])
    return rows[place * KEPT : place * KEPT + KEPT] == wanted


@lru_cache(maxsize=1)
def _leaked() -> bytes:
    return LEAKED.read_bytes()


def cores(password: str) -> Iterator[str]:
    """The letters of a password, folded; once with signs read as the letters they stand for."""
    folded = fold(password)
    inside = re.sub(r"^[^a-z]+|[^a-z]+$", "", folded)  # a sign before or behind stands for no letter
    for text in (folded, inside.translate(LEET)):
        letters = re.sub(r"[^a-z]", "", text)
        yield letters
        half, odd = divmod(len(letters), 2)
        if not odd and letters[:half] == letters[half:]:
            yield letters[:half]


def own_words(user: Person | None) -> frozenset[str]:
    """Words that are no secret: of the name, of the address before and after the @, of the portal and its host."""
    portal = getattr(context.request, "portal", None)
    texts = [user.name, *user.email.replace("@", ".").split(".")] if user is not None else []
    if portal is not None:
        texts += [portal.name, *(urlsplit(portal.address).hostname or "").split(".")]
    whole = {re.sub(r"[^a-z]", "", fold(text)) for text in texts}
    parts = {word for text in texts for word in re.findall(r"[a-z]+", fold(text))}
    return frozenset(word for word in whole | parts if len(word) > 2)
