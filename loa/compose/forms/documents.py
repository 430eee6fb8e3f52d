"""Numbered documents a release cites."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.compose.forms.rows import RowForm


class DocumentForm(RowForm):
    """A decision, circular, standard: what a reader needs to look it up."""

    essential = "number"
    missing = _("Hãy ghi số, ký hiệu văn bản (ví dụ 57-KL/TW), hoặc xóa những ô còn lại của dòng.")

    number = forms.CharField(label=_("Số, ký hiệu"), max_length=80, required=False)
    title = forms.CharField(label=_("Tên văn bản"), max_length=300, required=False)
    issuer = forms.CharField(label=_("Nơi ban hành"), max_length=160, required=False)
    date = forms.DateField(
        label=_("Ngày ban hành"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    url = forms.URLField(label=_("Địa chỉ"), max_length=500, required=False, assume_scheme="https")

    def to_row(self) -> dict[str, Any]:
        """The day as ISO 8601."""
        row = super().to_row()
        return {**row, "date": row["date"].isoformat()} if "date" in row else row
