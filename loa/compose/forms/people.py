"""People who are quoted, and what they said."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.compose.forms.rows import RowForm
from loa.lib.tokens import short_id
from loa.organizations.models import Spokesperson


class PersonForm(forms.Form):
    """A person of the organization."""

    name = forms.CharField(label=_("Họ tên"), max_length=120)
    role = forms.CharField(label=_("Chức vụ"), max_length=160, required=False)
    role_en = forms.CharField(label=_("Chức vụ bằng tiếng Anh"), max_length=160, required=False)
    bio = forms.CharField(
        label=_("Tiểu sử ngắn"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000, required=False
    )
    bio_en = forms.CharField(
        label=_("Tiểu sử bằng tiếng Anh"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
    )
    portrait = forms.FileField(label=_("Chân dung (JPEG, PNG, WebP)"), required=False)
    has_agreed = forms.BooleanField(
        label=_("Người này đồng ý có trang riêng trên cổng, với tên, chức vụ, tiểu sử và chân dung ở trên."),
        required=False,
    )
    consent_note = forms.CharField(
        label=_("Đồng ý bằng cách nào"),
        max_length=300,
        required=False,
        help_text=_("Ví dụ: thư ngày 1-11-2026. Chỉ tổ chức của bạn thấy."),
    )
    has_left = forms.BooleanField(
        label=_("Người này không còn phát ngôn cho tổ chức; những lời đã nói vẫn được giữ."), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Consent is a record: that it was given says little without how."""
        typed = super().clean() or self.cleaned_data
        if typed.get("has_agreed") and not typed.get("consent_note"):
            self.add_error("consent_note", _("Hãy ghi người này đã đồng ý bằng cách nào."))
        return typed

    def said(self) -> dict[str, str]:
        """The words as the act takes them."""
        return {name: self.cleaned_data[name] for name in ("name", "role", "role_en", "bio", "bio_en", "consent_note")}


class QuoteForm(RowForm):
    """One quote: who, in which role that day, what; and whether they agreed to the words."""

    essential = "text"
    missing = _("Hãy viết lời trích, hoặc xóa những ô còn lại của dòng.")
    kept = ("id",)

    # Given with the empty row, so that saving twice is no second quote.
    id = forms.CharField(widget=forms.HiddenInput, max_length=16, required=False, initial=short_id)
    text = forms.CharField(
        label=_("Lời trích"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
    )
    person = forms.ChoiceField(label=_("Người nói"), required=False)
    name = forms.CharField(label=_("Họ tên, nếu không có trong danh sách"), max_length=120, required=False)
    role = forms.CharField(
        label=_("Chức vụ hôm ấy"), max_length=160, required=False, help_text=_("Để trống: như trong danh sách.")
    )
    is_confirmed = forms.BooleanField(label=_("Người nói đã xác nhận lời này"), required=False)

    def __init__(self, *args: Any, people: list[Spokesperson], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.public_id: person for person in people}
        self.language = language
        listed = [(person.public_id, f"{person.name}, {person.role}".rstrip(", ")) for person in people]
        self.fields["person"].choices = [("", _("Người khác")), *listed]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Nobody's words are no quote."""
        typed = super().clean()
        if typed.get("text") and not typed.get("person") and not typed.get("name"):
            self.add_error("name", _("Hãy chọn người nói, hoặc ghi họ tên."))
        return typed

    def to_row(self) -> dict[str, Any]:
        """The words with the name and role they had that day: both may change later, the quote does not."""
        row = super().to_row()
        person = self.people.get(row.get("person", ""))
        if person is not None:
            role = person.role_en if self.language == "en" and person.role_en else person.role
            row = {**row, "name": person.name, "role": row.get("role") or role}
        row["id"] = row.get("id") or short_id()
        return {name: value for name, value in row.items() if value not in ("", False)}
