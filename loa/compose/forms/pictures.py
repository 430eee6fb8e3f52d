"""Pictures of a release."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.media import queries as pictures
from loa.media.actions.take_in import take_in
from loa.media.errors import NotAPicture
from loa.media.models import Picture
from loa.organizations.models import Organization

LARGEST_PICTURE = 20_000_000  # bytes; what is larger is refused before it is opened


class PictureForm(forms.Form):
    """What is said about one picture."""

    alt = forms.CharField(label=_("Mô tả cho người không nhìn thấy ảnh"), max_length=300, required=False)
    caption = forms.CharField(label=_("Chú thích"), max_length=500, required=False)
    credit = forms.CharField(label=_("Nguồn ảnh"), max_length=200, required=False)
    is_removed = forms.BooleanField(label=_("Bỏ ảnh này"), required=False)


class NewPictureForm(PictureForm):
    """One more picture; it is written anew when it comes in."""

    is_removed = None  # type: ignore[assignment]  # a new picture is not removed
    kept = forms.CharField(widget=forms.HiddenInput, required=False)  # one that came with a page that came back
    file = forms.FileField(label=_("Thêm ảnh (JPEG, PNG, WebP; tới 20 MB)"), required=False)
    field_order = ("file", "alt", "caption", "credit", "kept")
    picture: Picture | None = None

    def clean(self) -> dict[str, Any]:
        """Words about a picture need a picture: nobody should believe they were saved."""
        typed = super().clean() or self.cleaned_data
        has_words = any(typed.get(name) for name in ("alt", "caption", "credit"))
        if has_words and not typed.get("file") and not typed.get("kept") and "file" not in self.errors:
            self.add_error("file", _("Hãy chọn tệp ảnh cho những lời này, hoặc xóa chúng."))
        return typed

    def take(self, organization: Organization) -> dict[str, Any] | None:
        """The picture for the release, or None: no file, or one that is no picture (then said on the form)."""
        picture = self.picture = self.picture or self._taken_in(f"organization:{organization.pk}")
        if picture is None:
            return None
        typed = self.data.copy()  # type: ignore[attr-defined]  # a bound form holds the request's QueryDict
        typed[self.add_prefix("kept")] = picture.public_id
        self.data = typed
        said = {name: self.cleaned_data[name] for name in ("alt", "caption", "credit")}
        return {
            "url": picture.get_absolute_url(), "width": picture.width, "height": picture.height, "bytes": picture.size,
            **said,
        }  # fmt: skip

    def _taken_in(self, owner_key: str) -> Picture | None:
        upload = self.cleaned_data.get("file")
        if upload is None:
            return pictures.get_for_owner(owner_key, self.cleaned_data["kept"])
        try:
            if upload.size > LARGEST_PICTURE:
                raise NotAPicture
            return take_in(upload.read(), owner_key=owner_key, credit=self.cleaned_data["credit"])
        except NotAPicture:
            self.add_error("file", _("Tệp này không phải ảnh đọc được hoặc quá lớn. Hãy gửi JPEG, PNG hay WebP."))
            return None
