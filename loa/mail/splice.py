"""Renders a mail once and puts each recipient's words into its slots (RFC 5322, RFC 2045 to 2047).

A compiled mail is a list of pieces: bytes that are the same for everybody, and slots with the way their place encodes
what is put there. Bodies are quoted-printable; a slot stands between two soft line breaks, which readers never see, so
that it is encoded alone and no line grows too long.
"""

import binascii
import hashlib
import re
from base64 import encodebytes
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parseaddr
from html import escape

from django.conf import settings

from loa.mail.errors import BadAddress, BadHeader
from loa.mail.models import Inline, Mailing, Message
from loa.mail.rules import SLOT, read_address

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_UNSAFE = re.compile(r"[^!#-+\--;=?-~]")  # in the value of a header's slot: space, comma, quotes, <, >, \ and controls
_PRINTABLE = re.compile(r"[ -~]*")
_FOLD = re.compile(r"\r?\n[ \t]+")
_SPACES = re.compile(r"[\s\x00-\x1f\x7f\x85\u2028\u2029]+")
OURS = {"from", "to", "subject", "date", "message-id", "mime-version", "content-type", "content-transfer-encoding",
        "cc", "bcc", "sender", "return-path"}  # fmt: skip
WORD = 45  # bytes an encoded word holds (RFC 2047: 75 characters with its frame)
SOFT = b"=\r\n"
_SHOWS_ONE = 'src="cid:'

Encode = Callable[[str], bytes]
Slot = tuple[str, Encode]
Piece = bytes | Slot


@dataclass(frozen=True)
class Compiled:
    """A mail with slots, ready to be filled."""

    sender: str  # the envelope's
    pieces: tuple[Piece, ...]
    slots: frozenset[Slot]  # each is encoded once, however often it stands there

    def fill(self, values: Mapping[str, str]) -> bytes:
        """The mail for one recipient, lines ended by CRLF. Raises KeyError for a slot without a value, BadHeader."""
        ready = {slot: slot[1](values[slot[0]]) for slot in self.slots}
        return b"".join([part if isinstance(part, bytes) else ready[part] for part in self.pieces])


def compile_mailing(mailing: Mailing) -> Compiled:
    """A mailing's mail; the slots `to` and `message_id` are filled by the sender. Raises BadHeader."""
    return compile_mail(
        sender=mailing.sender, subject=mailing.subject, bodies=(mailing.text, mailing.html), headers=mailing.headers,
        date=max(mailing.opened_at, mailing.not_before),
    )  # fmt: skip


def compile_message(message: Message) -> Compiled:
    """A single mail, in which braces are braces. Raises BadHeader."""
    headers = dict(message.headers)
    sender = headers.pop("From", "") or settings.DEFAULT_FROM_EMAIL
    pictures = list(message.pictures.order_by("pk")) if _SHOWS_ONE in message.html else []
    return compile_mail(
        sender=sender, subject=message.subject, bodies=(message.text, message.html), headers=headers,
        date=message.queued_at, has_slots=False, pictures=pictures,
    )  # fmt: skip


def compile_mail(
    *,
    sender: str,
    subject: str,
    bodies: tuple[str, str],
    headers: Mapping[str, str],
    date: datetime,
    has_slots: bool = True,
    pictures: Sequence[Inline] = (),
) -> Compiled:
    """Headers in a fixed order, then the text, and the HTML beside it when there is any. Raises BadHeader.

    Pictures stand with the HTML that shows them (multipart/related, RFC 2387; Content-ID, RFC 2392).
    """
    cut = _cut if has_slots else _whole
    text, html = bodies
    name, envelope = parseaddr(sender)
    try:
        address = read_address(envelope)
    except BadAddress as error:
        raise BadHeader("From") from error
    pieces: list[Piece] = [
        b"From: " + _named(name, address.email) + b"\r\nTo: ", ("to", _address),
        b"\r\nSubject: ", *_subject(cut(subject)),
        b"\r\nDate: " + format_datetime(date).encode(), b"\r\nMessage-ID: <", ("message_id", _token),
        b"@" + address.domain.encode() + b">\r\nAuto-Submitted: auto-generated",
    ]  # fmt: skip
    for header, value in headers.items():
        pieces += _header(header, cut(_FOLD.sub(" ", value)))
    pieces.append(b"\r\nMIME-Version: 1.0\r\n")
    if html:
        digest = hashlib.sha256((text + html).encode()).hexdigest()[:24]
        boundary = f"=_{digest}".encode()  # "=_" cannot stand in quoted-printable text (RFC 2045, section 6.7)
        pieces.append(b'Content-Type: multipart/alternative; boundary="' + boundary + b'"\r\n\r\n--' + boundary)
        pieces += [b"\r\n", *_part("plain", cut(text), _printable), b"\r\n--" + boundary + b"\r\n"]
        pieces += [*_with_pictures(_part("html", cut(html), _escaped), pictures, b"r" + boundary[2:])]
        pieces.append(b"\r\n--" + boundary + b"--\r\n")
    else:
        pieces += _part("plain", cut(text), _printable)
    return Compiled(address.email, _joined(pieces), frozenset(piece for piece in pieces if isinstance(piece, tuple)))


def message_id(mailing_id: str, key: str) -> str:
    """The left side of a copy's Message-ID: the same whenever the same copy is tried again, and no count of copies."""
    return f"{mailing_id}.{hashlib.sha256(f'{mailing_id} {key}'.encode()).hexdigest()[:20]}"


def _cut(text: str) -> list[str]:
    """Fixed words at the even places, names of slots at the odd ones."""
    return SLOT.split(text)


def _whole(text: str) -> list[str]:
    return [text]


def _part(subtype: str, cut: list[str], encode: Encode) -> list[Piece]:
    head = f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    pieces: list[Piece] = [head.encode()]
    for place, word in enumerate(cut):
        if place % 2:
            pieces += [SOFT, (word, encode), SOFT]
        else:
            pieces.append(_printable(word))
    return [*pieces, b"\r\n"]


def _with_pictures(html: list[Piece], pictures: Sequence[Inline], boundary: bytes) -> list[Piece]:
    if not pictures:
        return html
    boundary = b"=_" + boundary
    between = b"\r\n--" + boundary
    head = b'Content-Type: multipart/related; type="text/html"; boundary="' + boundary + b'"\r\n\r\n--' + boundary
    pieces: list[Piece] = [head + b"\r\n", *html]
    for one in pictures:
        names = f"Content-Type: image/{one.kind}\r\nContent-ID: <{one.cid}>\r\nContent-Transfer-Encoding: base64\r\n"
        shown = f'Content-Disposition: inline; filename="{one.cid}.{one.kind}"\r\n\r\n'
        body = encodebytes(bytes(one.data)).replace(b"\n", b"\r\n")
        pieces.append(between + b"\r\n" + names.encode() + shown.encode() + body)
    return [*pieces, between + b"--\r\n"]


def _escaped(text: str) -> bytes:
    return _printable(escape(text))


def _printable(text: str) -> bytes:
    """Quoted-printable with CRLF; bare CR and LF are line ends too, so that none reaches a server."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return binascii.b2a_qp(lines.encode(), quotetabs=False, istext=True).replace(b"\n", b"\r\n")


def _subject(cut: list[str]) -> list[Piece]:
    """Encoded words throughout as soon as one is needed: white space between two of them is not shown."""
    if len(cut) == 1 and _PRINTABLE.fullmatch(cut[0]) and len(cut[0]) < 68:
        return [cut[0].encode()]
    pieces: list[Piece] = []
    for place, word in enumerate(cut):
        if word:
            pieces += [b"\r\n " if pieces else b"", (word, _words) if place % 2 else _words(word)]
    return pieces


def _words(text: str) -> bytes:
    """Text as encoded words, on one line of meaning whatever it holds."""
    plain = _SPACES.sub(" ", text)
    whole = plain.encode("utf-8", "replace")
    chunks, chunk = [], b""
    for letter in plain if len(whole) > WORD else ():
        raw = letter.encode("utf-8", "replace")
        if len(chunk) + len(raw) > WORD:
            chunks.append(chunk)
            chunk = b""
        chunk += raw
    chunks.append(chunk or whole)
    return b"\r\n ".join(b"=?utf-8?b?" + binascii.b2a_base64(one, newline=False) + b"?=" for one in chunks)


def _header(name: str, cut: list[str]) -> list[Piece]:
    """A structured header: ASCII as the caller wrote it, never folded, and only safe values in its slots."""
    if not _NAME.fullmatch(name) or name.lower() in OURS or not all(_PRINTABLE.fullmatch(word) for word in cut[::2]):
        raise BadHeader(name)
    return [f"\r\n{name}: ".encode(), *((word, _token) if at % 2 else word.encode() for at, word in enumerate(cut))]


def _token(value: str) -> bytes:
    if _UNSAFE.search(value):
        raise BadHeader("a value with spaces, brackets or line ends cannot stand in a header")
    return value.encode("ascii")


def _address(value: str) -> bytes:
    if not _PRINTABLE.fullmatch(value):
        raise BadHeader("To")
    return value.encode("ascii")


def _named(name: str, address: str) -> bytes:
    if not name:
        return address.encode("ascii")
    if _PRINTABLE.fullmatch(name):
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{address}>'.encode()
    return _words(name) + f"\r\n <{address}>".encode()


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Neighbours that are bytes become one."""
    joined: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, bytes) and joined and isinstance(joined[-1], bytes):
            joined[-1] += piece
        else:
            joined.append(piece)
    return tuple(joined)
