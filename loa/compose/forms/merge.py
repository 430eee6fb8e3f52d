"""Two texts of one field: one's own, what stands there, both, or a third typed here."""

import copy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.compose.forms.release import ReleaseForm
from loa.compose.queries.revisions import Both, Choice
from loa.releases.models import Release


class MergeForm(forms.Form):
    """A choice for each field both changed; `revision` says what was looked at."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any, *, both: Both, revision: int) -> None:
        super().__init__(data, initial={"revision": revision})
        self.both = both
        for one in both.choices:
            self.fields[f"choice-{one.name}"] = forms.ChoiceField(
                label=one.label, choices=_ways(one), widget=forms.RadioSelect,
                error_messages={"required": _("Hãy chọn một bản.")},
            )  # fmt: skip
            if one.is_text:
                self.fields[f"text-{one.name}"] = _field(one)
                self.initial[f"text-{one.name}"] = one.text

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each field with the two texts and what is asked."""
        return [
            {
                "one": one, "choice": self[f"choice-{one.name}"],
                "text": self[f"text-{one.name}"] if one.is_text else None,
            }
            for one in self.both.choices
        ]  # fmt: skip

    @property
    def choices(self) -> dict[str, str]:
        """The choice by field, as the act takes it."""
        return {one.name: self.cleaned_data[f"choice-{one.name}"] for one in self.both.choices}

    @property
    def texts(self) -> dict[str, str]:
        """What was typed here, by field."""
        return {one.name: self.cleaned_data[f"text-{one.name}"] for one in self.both.choices if one.is_text}

    def follow(self, revision: int) -> None:
        """The page is made anew of a later revision; what was chosen stays."""
        data = self.data.copy()  # type: ignore[attr-defined]  # a bound form holds the request's QueryDict
        data["revision"] = str(revision)
        self.data = data


def _ways(one: Choice) -> list[tuple[str, Any]]:
    ways: list[tuple[str, Any]] = [("mine", _("Lấy bản giữ riêng")), ("theirs", _("Giữ bản đang có"))]
    if one.is_rows:
        ways.append(("both", _("Giữ cả hai")))
    if one.is_text:
        ways.append(("text", _("Viết lại ở ô dưới")))
    return ways


def _field(one: Choice) -> forms.Field:
    """The field of the draft's page, by the name of this one; of what that page does not ask, a line."""
    most: int | None = getattr(Release._meta.get_field(one.name), "max_length", None)
    line = forms.CharField(max_length=most, required=False)
    field = copy.deepcopy(ReleaseForm.base_fields.get(one.name, line))
    field.label = one.label
    return field
