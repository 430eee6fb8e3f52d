"""Pictures of a release: those it has, those chosen from the library, and those sent with the page."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from loa.compose.forms.media import ManyFilesField
from loa.limits.actions.take import take
from loa.media import queries as media
from loa.media.actions.describe import describe
from loa.media.actions.take_in import take_in
from loa.media.errors import NotAPicture, StorageFull
from loa.media.models import Picture
from loa.media.rules import why_full
from loa.releases.models import Release

LARGEST_PICTURE = 20_000_000  # bytes; what is larger is refused before it is opened
SAID = ("alt", "caption", "credit")
OF_THE_LIBRARY = ("creator", "licence", "digital_source_type", "is_ai", "focal")  # said there, for every release
AN_HOUR = 2000  # files an organization sends, to its library and beside its texts
OFFERED = 36  # pictures of the library to choose from; the others are found on its page


def may_send(owner_key: str) -> bool:
    """Whether this owner may send one more file now; each is opened by a process, and kept."""
    return take(f"compose.upload:{owner_key}", limit=AN_HOUR, seconds=3600)


class PictureForm(forms.Form):
    """What is said about one picture."""

    alt = forms.CharField(label=_("Mô tả cho người không nhìn thấy ảnh"), max_length=300, required=False)
    caption = forms.CharField(label=_("Chú thích"), max_length=500, required=False)
    credit = forms.CharField(label=_("Nguồn ảnh"), max_length=200, required=False)
    position = forms.IntegerField(label=_("Thứ tự"), min_value=1, max_value=999, required=False)
    is_removed = forms.BooleanField(label=_("Bỏ ảnh này"), required=False)


class NewPictureForm(PictureForm):
    """More pictures; each is written anew when it comes in."""

    is_removed = None  # type: ignore[assignment]  # a new picture is not removed
    position = None  # type: ignore[assignment]  # it stands last
    kept = forms.CharField(widget=forms.HiddenInput, required=False)  # those that came with a page that came back
    file = ManyFilesField(
        label=_("Thêm ảnh (JPEG, PNG, WebP, AVIF; mỗi ảnh tới 20 MB)"), required=False,
        help_text=_("Có thể chọn nhiều ảnh một lúc. Mô tả và chú thích dưới đây là của ảnh đầu; nguồn là của mọi ảnh."),
    )  # fmt: skip
    field_order = ("file", "alt", "caption", "credit", "kept")
    pictures: list[Picture] | None = None

    def clean(self) -> dict[str, Any]:
        """Words about a picture need a picture: nobody should believe they were saved."""
        typed = super().clean() or self.cleaned_data
        has_words = any(typed.get(name) for name in SAID)
        if has_words and not typed.get("file") and not typed.get("kept") and "file" not in self.errors:
            self.add_error("file", _("Hãy chọn tệp ảnh cho những lời này, hoặc xóa chúng."))
        return typed

    def take(self, owner_key: str) -> list[dict[str, Any]]:
        """The pictures for the release; a file that is no picture is left out and said on the form."""
        if self.pictures is None:
            self.pictures = self._kept(owner_key) + self._taken_in(owner_key)
        typed = self.data.copy()  # type: ignore[attr-defined]  # a bound form holds the request's QueryDict
        typed[self.add_prefix("kept")] = " ".join(picture.public_id for picture in self.pictures)
        self.data = typed
        return [self._said(picture, is_first=place == 0) for place, picture in enumerate(self.pictures)]

    def _said(self, picture: Picture, *, is_first: bool) -> dict[str, Any]:
        names = SAID if is_first else ("credit",)
        return {**picture.shown(), **{name: self.cleaned_data[name] for name in names if self.cleaned_data[name]}}

    def _kept(self, owner_key: str) -> list[Picture]:
        ids = self.cleaned_data.get("kept", "").split()
        found = media.pictures_named(owner_key, ids)
        return [found[one] for one in ids if one in found]

    def _taken_in(self, owner_key: str) -> list[Picture]:
        uploads = self.cleaned_data.get("file", [])
        taken: list[Picture] = []
        for upload in uploads:
            try:
                if upload.size > LARGEST_PICTURE:
                    raise NotAPicture
                if not may_send(owner_key):
                    self.add_error("file", _g("Tổ chức đã gửi quá nhiều tệp trong một giờ. Hãy gửi tiếp sau."))
                    return taken
                taken.append(take_in(upload.read(), owner_key=owner_key, name=upload.name))
            except NotAPicture:
                refusal = _g("Tệp này không phải ảnh đọc được hoặc quá lớn. Hãy gửi JPEG, PNG hay WebP.")
                self.add_error("file", f"{upload.name}: {refusal}" if len(uploads) > 1 else refusal)
            except StorageFull as fact:  # a smaller one may still fit
                self.add_error("file", f"{upload.name}: {why_full(fact)}")
        return taken


@dataclass(frozen=True)
class Row:
    """A picture beside its form; `added` is its id, by which it comes back if the saved release lost it meanwhile."""

    picture: dict[str, Any]
    form: PictureForm
    added: str = ""


class Pictures:
    """The pictures as the page has them, in order."""

    def __init__(self, data: Any, files: Any, release: Release) -> None:
        self.owner_key = f"organization:{release.organization_id}"
        had = {picture["url"] for picture in release.pictures}
        ids = dict.fromkeys(data.getlist("add") if data else [])
        found = media.pictures_named(self.owner_key, ids)
        chosen = [found[one] for one in ids if one in found]
        added = [(one.shown(), one.public_id) for one in chosen if one.get_absolute_url() not in had]
        # A page says which pictures it shows: one that somebody else added since is theirs to have added. Those it
        # asked for itself, and that came in when it saved by itself, it still asks for.
        says_which = data is not None and "pictures-sent" in data
        stood = [
            one for one in release.pictures if not says_which or f"{prefix_of(one)}-alt" in data or id_of(one) in ids
        ]
        pairs = [*((picture, id_of(picture)) for picture in stood), *added]
        self.rows = [
            Row(picture, _about(picture, data, position), public_id)
            for position, (picture, public_id) in enumerate(pairs, start=1)
        ]
        self.new = NewPictureForm(data, files, prefix="new")

    def is_valid(self) -> bool:
        """Every form is asked, so that every sentence is shown at once."""
        answers = [form.is_valid() for form in (self.new, *(row.form for row in self.rows))]
        return all(answers)

    def fields(self) -> dict[str, Any]:
        """What the acts take. The library learns a credit that was changed, and words it had none of."""
        new = self.new.take(self.owner_key)
        # The same photograph sent twice stands once, with what was said last.
        pictures = {picture["url"]: picture for picture in [*self.typed(), *new]}
        known = media.pictures_named(self.owner_key, map(id_of, pictures.values()))
        return {"pictures": [_with_library(picture, known.get(id_of(picture))) for picture in pictures.values()]}

    def typed(self) -> list[dict[str, Any]]:
        """Those of the page in its order; one whose words cannot be kept stays as it was."""
        kept = []
        for place, row in enumerate(self.rows, start=1):
            said = dict(row.form.cleaned_data) if row.form.is_valid() else {}
            position = said.pop("position", None) or place
            if not said.pop("is_removed", False):
                kept.append((position, place, {**row.picture, **said}))
        kept.sort(key=lambda one: one[:2])
        return [picture for *_, picture in kept]

    def hold(self) -> None:
        """Keeps pictures sent with a page that comes back: a browser does not send a file twice by itself."""
        if self.new.is_bound and self.new.is_valid():
            self.new.take(self.owner_key)

    def offered(self) -> list[Picture]:
        """The newest of the library that are not on the page yet."""
        had = {row.picture["url"] for row in self.rows}
        newest = media.pictures_of(self.owner_key)[: OFFERED + len(had)]
        return [one for one in newest if one.get_absolute_url() not in had][:OFFERED]


def prefix_of(picture: dict[str, Any]) -> str:
    """What a picture's fields begin with: its name and not its place, for somebody may add another meanwhile."""
    return f"picture-{id_of(picture)}"


def id_of(picture: dict[str, Any]) -> str:
    """The name of its file, by which the library knows it."""
    return PurePosixPath(str(picture["url"])).stem


def _about(picture: dict[str, Any], data: Any, position: int) -> PictureForm:
    prefix = prefix_of(picture)
    if data is not None and f"{prefix}-alt" not in data:  # added by somebody else since: what they said stands
        data = {f"{prefix}-{name}": picture.get(name, "") for name in SAID}
    return PictureForm(data, initial={**picture, "position": position}, prefix=prefix)


def _with_library(picture: dict[str, Any], row: Picture | None) -> dict[str, Any]:
    """What the library says of a picture under what the release says; the library learns what it did not know."""
    if row is None:
        return picture
    news = {
        name: picture[name]
        for name in SAID
        if picture.get(name) and (not getattr(row, name) or (name == "credit" and picture[name] != row.credit))
    }
    row = describe(row, **news) if news else row
    own = {name: value for name, value in picture.items() if name not in OF_THE_LIBRARY}
    return {**row.shown(), **own, "bytes": row.size}
