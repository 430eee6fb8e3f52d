"""Rows of plain values under a release (quotes, documents …), as many as the author adds.

Without scripts one empty row waits at the end, and saving brings the next; with them a button adds rows in place.
"""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST = 60


class RowForm(forms.Form):
    """One row; `essential` names the field without which there is nothing to keep."""

    essential = ""
    kept: tuple[str, ...] = ()  # fields that say nothing by themselves: a row's id
    missing = _("Hãy điền ô này, hoặc xóa những ô còn lại của dòng.")

    def clean(self) -> dict[str, Any]:
        """Words around an empty essential would be lost in silence: say so instead."""
        typed = super().clean() or self.cleaned_data
        others = (value for name, value in typed.items() if name not in (self.essential, "DELETE", "ORDER", *self.kept))
        if not typed.get(self.essential) and any(others) and self.essential not in self.errors:
            self.add_error(self.essential, self.missing)
        return typed

    def is_touched(self) -> bool:
        """Whether something was typed in it."""
        return bool(set(self.changed_data) - set(self.kept))

    def to_row(self) -> dict[str, Any]:
        """The row as the act of saving takes it: plain values, what was left empty left out."""
        own = (name for name in self.fields if name not in ("DELETE", "ORDER"))
        return {name: self.cleaned_data[name] for name in own if self.cleaned_data.get(name) not in (None, "")}


class Rows:
    """The rows of one list of a release; what a page did not send stays as it is."""

    template = "compose/_rows.html"

    def __init__(
        self, name: str, form: type[RowForm], data: Any, values: list[dict[str, Any]], *, label: str | Promise,
        add: str | Promise, hint: str | Promise = "", **options: Any,
    ) -> None:  # fmt: skip
        self.name, self.label, self.add, self.hint = name, label, add, hint
        self.is_sent = data is not None and f"{name}-TOTAL_FORMS" in data
        self.values = values
        make = formset_factory(form, extra=1, can_delete=True, max_num=MOST, validate_max=True)
        # A row the page added may have been saved by itself since: held against the saved rows it would count as one
        # nobody touched, and go.
        initial = None if self.is_sent else values
        self.formset = make(data if self.is_sent else None, initial=initial, prefix=name, form_kwargs=options)

    @property
    def count(self) -> int:
        """How many rows stand."""
        return len(self.values)

    @property
    def is_open(self) -> bool:
        """Whether there is something to see: rows, or a sentence about one."""
        return bool(self.count) or (self.is_sent and any(form.is_touched() for form in self.formset))

    def is_valid(self) -> bool:
        """Whether every row that was sent can be kept."""
        return not self.is_sent or self.formset.is_valid()

    def fields(self) -> dict[str, Any]:
        """The list, in the order of the page."""
        return {self.name: self.rows()} if self.is_sent else {}

    def rows(self) -> list[dict[str, Any]]:
        """The rows that say something and were not removed."""
        gone = self.formset.deleted_forms
        said = [form for form in self.formset if form not in gone and form.cleaned_data]
        return [row for form in said if (row := form.to_row()).get(form.essential)]
