"""A release in another language, each field beside what the original says."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.compose.forms.editor import editor_field
from loa.lib import html
from loa.lib.languages import Language
from loa.releases.models import Release, Translation
from loa.releases.rules import words_of_facts

LABELS = {
    "headline": _("Tiêu đề"),
    "subtitle": _("Tiêu đề phụ"),
    "lead": _("Sapo"),
    "body_html": _("Nội dung"),
    "dateline": _("Địa điểm, ngày"),
    "contact": _("Liên hệ báo chí"),
    "alt": _("Mô tả cho người không nhìn thấy ảnh"),
    "caption": _("Chú thích"),
    "text": _("Lời trích"),
    "role": _("Chức vụ"),
    "audience": _("Ai dự được"),
    "press_contact": _("Liên hệ cho báo chí dự sự kiện"),
    "name": _("Tên"),
    "price": _("Giá"),
    "period": _("Kỳ"),
    "address": _("Địa chỉ"),
}
LONGEST = {"headline": 300, "subtitle": 300, "lead": 3000, "dateline": 160, "contact": 2000, "text": 2000}
LINES = {"lead": 4, "contact": 3, "text": 3}
ALWAYS = ("headline", "body_html")  # asked for even where the original has nothing yet


@dataclass(frozen=True)
class Piece:
    """One thing to translate: the form's name for it, where it is kept, and what the original says."""

    name: str
    kind: str
    original: str
    where: tuple[str, ...] = ()  # list and key in the translation; empty: a field of its own
    picture: str = ""
    about: str = ""  # whose words, or where a row of facts belongs


@dataclass(frozen=True)
class Pair:
    """What the page shows side by side."""

    piece: Piece
    field: forms.BoundField

    @property
    def is_markup(self) -> bool:
        """Whether the original is shown as markup, which was cleaned when it was saved."""
        return self.piece.kind == "body_html"

    @property
    def is_empty(self) -> bool:
        """Whether there is room for the original's words."""
        return not html.to_text(str(self.field.value() or "")).strip()


class TranslationForm(forms.Form):
    """The words in one language; `revision` says which of this translation they were made from."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    is_current = forms.BooleanField(label=_("Bản dịch này đã theo bản gốc hiện nay"), required=False)

    def __init__(self, data: Any, *, release: Release, language: Language, row: Translation | None) -> None:
        self.pieces = list(pieces_of(release))
        super().__init__(data, initial={**_initial(self.pieces, row), "revision": row.revision if row else 0})
        for piece in self.pieces:
            self.fields[piece.name] = _field(piece, language)

    def pairs(self) -> Iterator[Pair]:
        """In the order of the page."""
        return (Pair(piece, self[piece.name]) for piece in self.pieces)

    def copied(self, name: str) -> None:
        """Puts the original's words into one field, or with "empty" into every field; what was typed is never lost."""
        for piece in self.pieces:
            is_empty = not html.to_text(str(self.cleaned_data[piece.name] or "")).strip()
            if is_empty and name in (piece.name, "empty"):
                self.cleaned_data[piece.name] = piece.original

    def typed(self) -> dict[str, Any]:
        """The fields as the act of saving takes them; what the page did not ask for stays as it was kept."""
        said: dict[str, Any] = {"pictures": {}, "quotes": {}, "facts": {}}
        for piece in self.pieces:
            value = str(self.cleaned_data[piece.name] or "")
            match piece.where:
                case ():
                    said[piece.name] = value
                case (rows, key):
                    said[rows][key] = value.strip()
                case (rows, key, part):
                    said[rows].setdefault(key, {})[part] = value.strip()
        return said


def pieces_of(release: Release) -> Iterator[Piece]:
    """Everything of a release that is words."""
    for name in ("headline", "subtitle", "lead", "body_html", "dateline", "contact"):
        if getattr(release, name) or name in ALWAYS:
            yield Piece(name, name, getattr(release, name))
    for number, quote in enumerate(release.quotes, start=1):
        key = str(quote.get("id") or number)
        for part in ("text", "role"):
            if quote.get(part):
                about = f"{number} · {quote.get('name', '')}"
                yield Piece(f"quote-{key}-{part}", part, str(quote[part]), ("quotes", key, part), about=about)
    for picture in release.pictures:
        stem = PurePosixPath(str(picture["url"])).stem
        for part in ("alt", "caption"):
            if picture.get(part) or part == "alt":
                where = ("pictures", picture["url"], part)
                yield Piece(f"picture-{stem}-{part}", part, str(picture.get(part) or ""), where, picture["url"])
    for name, words in words_of_facts(release.facts).items():
        yield Piece(f"fact-{name}", name.rpartition(".")[2], words, ("facts", name))


def _field(piece: Piece, language: Language) -> forms.Field:
    label = LABELS[piece.kind]
    if piece.kind == "body_html":
        return editor_field(label)
    attributes: dict[str, Any] = {"lang": language.code, "dir": language.direction}
    widget: forms.Widget = forms.TextInput(attributes)
    if lines := LINES.get(piece.kind):
        widget = forms.Textarea({**attributes, "rows": lines})
    return forms.CharField(label=label, widget=widget, max_length=LONGEST.get(piece.kind, 500), required=False)


def _initial(pieces: list[Piece], row: Translation | None) -> dict[str, Any]:
    return {piece.name: _kept(row, piece) for piece in pieces} if row is not None else {}


def _kept(row: Translation, piece: Piece) -> str:
    if not piece.where:
        return str(getattr(row, piece.name))
    rows, key, *parts = piece.where
    value = getattr(row, rows).get(key, {} if parts else "")
    return str(value.get(parts[0], "") if parts else value)


class AgainForm(forms.Form):
    """Why public words change."""

    reason = forms.CharField(label=_("Lý do đính chính"), max_length=300)
    note = forms.CharField(
        label=_("Lời ghi công khai"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
    )
