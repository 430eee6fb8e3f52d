"""The forms of an organization's library: what is sent, and what is said about it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.media.marks import AI_MADE
from loa.media.models import Picture, Video

THIRDS = ((17, _("trái")), (50, _("giữa")), (83, _("phải")))
ROWS = ((17, _("trên")), (50, _("giữa")), (83, _("dưới")))


class ManyFiles(forms.ClearableFileInput):
    """A field that takes as many files as are chosen."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """A list of uploads."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file as a single one would be."""
        files = data if isinstance(data, (list, tuple)) else [data] if data else []
        return [super(ManyFilesField, self).clean(one, initial) for one in files] or (
            [] if not self.required else [super().clean(None, initial)]
        )


class UploadForm(forms.Form):
    """Files for the library."""

    uploads = ManyFilesField(label=_("Chọn tệp"), allow_empty_file=True)  # an empty one is refused by its name


class PictureWordsForm(forms.Form):
    """Everything said about a picture of the library."""

    alt = forms.CharField(
        label=_("Mô tả cho người không nhìn thấy ảnh"), max_length=300, required=False,
        help_text=_("Ảnh có gì, bằng một câu: “Nông dân gặt lúa trên cánh đồng Tháp Mười”."),
    )  # fmt: skip
    caption = forms.CharField(
        label=_("Chú thích"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    credit = forms.CharField(label=_("Nguồn ảnh"), max_length=200, required=False)
    creator = forms.CharField(label=_("Người chụp, người vẽ"), max_length=200, required=False)
    licence = forms.CharField(
        label=_("Giấy phép"), max_length=300, required=False,
        help_text=_("Địa chỉ của giấy phép, hoặc điều kiện bằng lời. Để trống: như thông cáo dùng ảnh."),
    )  # fmt: skip
    is_ai = forms.BooleanField(
        label=_("Ảnh do AI tạo ra, toàn bộ hay một phần"), label_suffix="", required=False,
        help_text=_("Người đọc thấy nhãn “Ảnh tạo bằng AI” cạnh ảnh, máy đọc thấy trong tệp."),
    )  # fmt: skip
    focal_x = forms.IntegerField(min_value=0, max_value=100, widget=forms.HiddenInput, required=False)
    focal_y = forms.IntegerField(min_value=0, max_value=100, widget=forms.HiddenInput, required=False)
    focal = forms.ChoiceField(label=_("Điểm phải luôn thấy khi ảnh bị cắt"), widget=forms.RadioSelect, required=False)

    def __init__(self, data: Any, *, picture: Picture) -> None:
        x, y = picture.focal_x, picture.focal_y
        said = {**picture.said.plain(), "is_ai": picture.is_ai, "focal_x": x, "focal_y": y}
        nearest = f"{min((17, 50, 83), key=lambda n: abs(n - x))},{min((17, 50, 83), key=lambda n: abs(n - y))}"
        super().__init__(data, initial={**said, "focal": nearest})
        self.before, self.nearest = picture, nearest
        choices = [(f"{x},{y}", f"{row}, {column}") for y, row in ROWS for x, column in THIRDS]
        self.fields["focal"].choices = choices  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """What the act takes; the point that was clicked counts, else the grid where it was touched."""
        said = dict(self.cleaned_data)
        grid, is_ai = said.pop("focal"), said.pop("is_ai")
        had = (self.before.focal_x, self.before.focal_y)
        clicked = (said["focal_x"], said["focal_y"])
        if None in clicked or clicked == had:
            x, y = grid.split(",") if grid and grid != self.nearest else had
            clicked = (int(x), int(y))
        said["focal_x"], said["focal_y"] = clicked
        before = self.before.digital_source_type
        said["digital_source_type"] = (before if self.before.is_ai else AI_MADE) if is_ai else ""
        if not is_ai and not self.before.is_ai:
            said["digital_source_type"] = before
        return said


class VideoLinkForm(forms.Form):
    """A video at a provider's."""

    address = forms.URLField(
        label=_("Địa chỉ video trên YouTube hoặc Vimeo"), max_length=300, assume_scheme="https",
        help_text=_("Trình phát chỉ tải khi người đọc bấm; trước đó không nơi nào biết họ đang xem."),
    )  # fmt: skip
    title = forms.CharField(label=_("Tên video"), max_length=200)


class VideoForm(forms.Form):
    """What is said about a video."""

    title = forms.CharField(label=_("Tên video"), max_length=200)
    credit = forms.CharField(label=_("Nguồn video"), max_length=200, required=False)
    poster = forms.FileField(
        label=_("Ảnh bìa (JPEG, PNG, WebP)"), required=False, help_text=_("Người đọc thấy ảnh này trước khi bấm phát.")
    )
    no_poster = forms.BooleanField(label=_("Bỏ ảnh bìa đang có"), required=False)
    captions = forms.FileField(
        label=_("Phụ đề (WebVTT, tệp .vtt)"),
        required=False,
        help_text=_("Cho người không nghe được, và nơi không mở tiếng."),
    )
    captions_language = forms.ChoiceField(
        label=_("Tiếng của phụ đề"), choices=[("vi", "Tiếng Việt"), ("en", "English")], required=False
    )
    no_captions = forms.BooleanField(label=_("Bỏ phụ đề đang có"), required=False)

    def __init__(self, data: Any, files: Any, *, video: Video) -> None:
        shown = {name: getattr(video, name) for name in ("title", "credit", "captions_language")}
        super().__init__(data, files, initial=shown)
        if video.provider:
            del self.fields["captions"], self.fields["captions_language"]
        if video.captions:
            self.fields["captions"].help_text = _("Video này đang có phụ đề; tệp mới sẽ thay tệp cũ.")
        else:
            del self.fields["no_captions"]
        if video.poster is None:
            del self.fields["no_poster"]


class AttachmentForm(forms.Form):
    """What a document is called where it is offered."""

    title = forms.CharField(label=_("Tên tài liệu"), max_length=200)


class Chosen:
    """Videos or attachments of a release, chosen in the library; what was not sent stays as it is.

    `library` is what is offered, the newest of it; `named` finds any others by their ids.
    """

    template = "compose/_files.html"

    def __init__(
        self, name: str, data: Any, shown: list[dict[str, Any]], library: list[Any], *,
        named: Callable[[list[str]], dict[str, Any]], label: str, hint: str,
    ) -> None:  # fmt: skip
        self.name, self.label, self.hint = name, label, hint
        self.is_sent = data is not None and f"{name}-sent" in data
        had = [str(one.get("file", "")) for one in shown]
        ids = list(dict.fromkeys(data.getlist(name) if self.is_sent else had))
        offered = {file.public_id: file for file in library}
        known = {**offered, **named([one for one in {*ids, *had} if one and one not in offered])}
        self.chosen = [known[one] for one in ids if one in known]
        self.others = [file for file in library if file.public_id not in ids]
        # Rows of texts brought from elsewhere: no page offers them, so none can take them out.
        self.unknown = [row for row, file in zip(shown, had, strict=True) if file not in known]

    @property
    def kind(self) -> str:
        """What one of them is."""
        return self.name.removesuffix("s")

    @property
    def count(self) -> int:
        """How many stand."""
        return len(self.chosen)

    def is_valid(self) -> bool:
        """A choice among what is there is always right."""
        return True

    def fields(self) -> dict[str, Any]:
        """The list as the acts take it."""
        return {self.name: [*(file.shown() for file in self.chosen), *self.unknown]} if self.is_sent else {}
