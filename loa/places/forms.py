"""A field for one place, typed or picked from a list that the browser searches; no script is needed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loa.lib import vietnamese
from loa.places import queries
from loa.places.models import Place

PREFIXES = ("thanh pho ", "tinh ", "tp. ", "tp.", "tp ")
SUFFIXES = (" city", " province")


class PlaceInput(forms.TextInput):
    """A line to type in, with today's places and their old names below it."""

    template_name = "places/_picker.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}-choices"
        context["choices"] = choices(get_language() or "vi")
        return context


class PlaceField(forms.CharField):
    """A unit in force today, asked for by its own name or by one it took in; what was chosen before may stay."""

    widget = PlaceInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=200, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """The words for a place, or what was typed."""
        if isinstance(value, int):
            value = queries.by_id(value)
        return label(value, get_language() or "vi") if isinstance(value, Place) else value

    def clean(self, value: Any) -> Place | None:  # a place comes out, not its name
        """The place meant; a sentence where none is."""
        typed = super().clean(value)
        if not typed:
            return None
        found = names().get(bare(typed)) or (
            queries.by_id(int(typed)) if typed.isdecimal() and len(typed) < 9 else None
        )
        if found is None:
            raise ValidationError(_("Không có nơi nào tên là “%(name)s”. Hãy chọn trong danh sách.") % {"name": typed})
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare words with words."""
        return super().has_changed(self.prepare_value(initial), data)


def label(place: Place, language: str) -> str:
    """A place's name; one that is no more says so."""
    name = place.label(language)
    return _("%(name)s (trước 1-7-2025)") % {"name": name} if place.valid_to else name


def choices(language: str) -> list[str]:
    """Today's places, each alone and once more with every other name it took in."""
    rows = []
    for place in queries.table():
        name = place.label(language)
        rows += [name, *(f"{name} ({old.label(language)})" for old in _others(place))]
    return rows


def names() -> dict[str, Place]:
    """What may be typed, folded: today's units last, so that a name of then and now means the one of now."""
    table = queries.table()
    found = {
        bare(label(old, code)): old for place in table for old in place.predecessors.all() for code in ("vi", "en")
    }
    for place in table:
        for old in _others(place):
            for code in ("vi", "en"):
                found[bare(old.label(code))] = found[bare(f"{place.label(code)} ({old.label(code)})")] = place
    return found | {bare(place.label(code)): place for place in table for code in ("vi", "en")}


def _others(place: Place) -> list[Place]:
    return [old for old in queries.former(place) if old.name != place.name]


def bare(text: str) -> str:
    """A name without marks, without the word for what it is, spaces evened out."""
    folded = " ".join(vietnamese.fold(text).replace("–", "-").split())
    for prefix in PREFIXES:
        folded = folded.removeprefix(prefix)
    for suffix in SUFFIXES:
        folded = folded.removesuffix(suffix)
    return folded
