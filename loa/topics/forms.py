"""A field for topics: ticked in a tree under the top topics, or found by name; no script is needed."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.models import ModelChoiceIterator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loa.lib import vietnamese
from loa.topics import queries
from loa.topics.models import Topic

DEEPER = "– "  # before the name of a topic that another one on the list holds


class Groups(ModelChoiceIterator):  # type: ignore[type-arg]  # not generic when it runs
    """Top topics in their order, each with itself and the narrower ones that have a name."""

    def __iter__(self) -> Iterator[Any]:
        language = get_language() or "vi"
        shown = self.queryset.filter(Q(labels__has_key="vi") | Q(pk__in=self.field.kept))  # type: ignore[attr-defined]  # a TopicsField
        for top, below in queries.tree(shown, language):
            boxes = [(topic.pk, DEEPER * depth + topic.label(language)) for topic, depth in below]
            yield queries.heading(top, language), [(top.pk, _("toàn lĩnh vực")), *boxes]


class TopicsInput(forms.CheckboxSelectMultiple):
    """A tree that opens a group at a time, and a line to find a topic by its name."""

    template_name = "topics/_picker.html"

    class Media:
        css = {"all": ["topics/picker.css"]}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        groups = [
            {
                "name": heading,
                "boxes": boxes,
                "chosen": sum(bool(box["selected"]) for box in boxes),
                "names": [heading, *(box["label"].lstrip(DEEPER) for box in boxes[1:])],
            }
            for heading, boxes, _number in context["widget"]["optgroups"]
        ]
        typed = [one for one in value or [] if isinstance(one, str) and not one.startswith("medtop:")]
        return {**context, "groups": groups, "typed": typed[0] if typed else ""}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What is ticked, and the name that was typed."""
        ticked = super().value_from_datadict(data, files, name) or []
        typed = (data.get(f"{name}-find") or "").strip()
        return [*ticked, typed] if typed else ticked

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Nothing ticked is an answer."""
        return False


class TopicsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    """Topics by their qcodes; a name typed is looked up in the reader's language.

    The tree shows those with a name in this house, and whatever was chosen before.
    """

    widget = TopicsInput
    iterator = Groups
    kept: frozenset[str] = frozenset()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Topic.objects.all(), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """The qcodes; the tree learns which are chosen before it is drawn."""
        chosen = super().prepare_value(value)
        self.kept = frozenset(str(one) for one in chosen or [])
        return chosen

    def clean(self, value: Any) -> Any:
        """The topics; a sentence where a name is nobody's."""
        return super().clean([self._meant(one) for one in value or []])

    def _meant(self, value: Any) -> Any:
        if not isinstance(value, str) or value.startswith("medtop:"):
            return value
        language = get_language() or "vi"
        wanted = vietnamese.fold(value)
        for topic in queries.named(language):
            if wanted in (vietnamese.fold(topic.label(language)), vietnamese.fold(queries.heading(topic, language))):
                return topic.pk
        raise ValidationError(_("Không có chủ đề “%(name)s”. Hãy chọn trong danh sách.") % {"name": value[:80]})
