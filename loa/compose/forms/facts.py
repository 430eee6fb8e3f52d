"""What belongs to the kind of a release: a short form a kind, of which the chosen one is kept.

Without scripts each kind's fields wait in a fold of their own, the chosen one's open; with them only the chosen
one's are there. What was typed for another kind stays on the page until it is saved, so that a choice can be undone.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from loa.archive.models import Availability
from loa.archive.rules import ZONES
from loa.compose.forms.rows import RowForm, Rows
from loa.lib import clock
from loa.places import queries as places
from loa.places.forms import bare, names
from loa.places.models import Place
from loa.releases.models import Kind, Release

MOST_VENUES = 200
ROWS = 8  # venues shown as rows; more are lines of one text, which a person can look over


@cache
def _all_zones() -> list[tuple[str, str]]:
    areas = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
    return [(one, one.replace("_", " ")) for one in sorted(available_timezones()) if one.partition("/")[0] in areas]


def zones() -> list[Any]:
    """Zones to choose from: those with a name here first."""
    return [(_("Thường dùng"), list(ZONES.items())), (_("Mọi múi giờ"), _all_zones())]


def _day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class KindForm(forms.Form):
    """The fields of one kind; empty ones are left out."""

    def to_facts(self) -> dict[str, Any]:
        """Plain values, days as ISO 8601."""
        said = {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [])}
        return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in said.items()}


class VenueForm(RowForm):
    """One place people come to."""

    essential = "name"
    missing = _("Hãy ghi tên địa điểm, hoặc xóa những ô còn lại của dòng.")

    name = forms.CharField(label=_("Tên địa điểm"), max_length=200, required=False)
    address = forms.CharField(label=_("Địa chỉ"), max_length=300, required=False)
    place = forms.ChoiceField(label=_("Tỉnh, thành phố"), required=False)

    def __init__(self, *args: Any, places: Callable[[], list[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]


class MomentField(forms.DateTimeField):
    """A day and a time, as a clock on a wall shows them."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"]
        super().__init__(required=False, widget=widget, input_formats=formats, **options)

    def to_python(self, value: Any) -> datetime | None:
        """Without a zone: which one is another field's matter."""
        made = super().to_python(value)
        return made.replace(tzinfo=None) if made is not None else None


_NO_SUCH_TIME = _("Không có lúc %(time)s ngày %(day)s ở %(zone)s: đồng hồ hôm ấy được vặn tới qua giờ này.")
_TWICE = _("Lúc %(time)s ngày %(day)s ở %(zone)s có hai lần vì đồng hồ được vặn lùi; hãy ghi theo giờ UTC.")


def in_zone(local: datetime, zone: str) -> datetime:
    """The moment that a clock on a wall of a zone shows; one that is not there, or there twice, is said."""
    said = {"time": f"{local:%H:%M}", "day": f"{local:%d/%m/%Y}", "zone": zone}
    try:
        return clock.in_zone(local, zone)
    except clock.NoSuchTimeError:
        raise ValidationError(_NO_SUCH_TIME % said) from None
    except clock.TwiceError:
        raise ValidationError(_TWICE % said) from None


class EventForm(KindForm):
    """When, for whom, how to come; where is a list of its own."""

    starts_at = MomentField(label=_("Bắt đầu"))
    ends_at = MomentField(label=_("Kết thúc"))
    time_zone = forms.ChoiceField(label=_("Múi giờ"), choices=zones, required=False)
    audience = forms.CharField(label=_("Dành cho ai"), max_length=300, required=False)
    capacity = forms.IntegerField(label=_("Số chỗ"), min_value=1, max_value=10_000_000, required=False)
    registration_url = forms.URLField(
        label=_("Trang đăng ký tham dự"), max_length=500, required=False, assume_scheme="https"
    )
    stream_url = forms.URLField(label=_("Trang phát trực tiếp"), max_length=500, required=False, assume_scheme="https")
    press_contact = forms.CharField(
        label=_("Phóng viên đăng ký với ai"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    many_venues = forms.CharField(
        label=_("Thêm nhiều điểm cầu một lúc"), max_length=30_000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Mỗi dòng một điểm cầu: tên; địa chỉ; tỉnh, thành phố. Chỉ tên cũng được."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Times are read on the clocks of the zone; one that is not there, or there twice, is said."""
        typed = super().clean() or self.cleaned_data
        zone = typed.get("time_zone") or ""
        for name in ("starts_at", "ends_at"):
            local = typed.get(name)
            if local is not None and zone:
                try:
                    typed[name] = in_zone(local, zone)
                except ValidationError as error:
                    self.add_error(name, error)
        return typed

    def clean_many_venues(self) -> list[dict[str, str]]:
        """Venues, a line each."""
        lines = [line for line in self.cleaned_data["many_venues"].splitlines() if line.strip(" ;")]
        if len(lines) > MOST_VENUES:
            raise ValidationError(gettext("Tối đa %(most)s điểm cầu.") % {"most": MOST_VENUES})
        known = names() if lines else {}
        return [_venue(line, known) for line in lines]

    def to_facts(self) -> dict[str, Any]:
        """The zone only beside a time that is read in it; `venues` from the many lines."""
        said = super().to_facts()
        said["venues"] = said.pop("many_venues", [])
        return said if "starts_at" in said or "ends_at" in said else {**said, "time_zone": ""}


def _venue(line: str, known: dict[str, Place]) -> dict[str, str]:
    parts = [part.strip()[:300] for part in line.split(";")]
    name, address, typed = (*parts, "", "", "")[:3]
    place = _place(known, [typed, address, name.removeprefix("Điểm cầu ")])
    row = {"name": name or address or typed, "address": address, "place": place.name if place else ""}
    if typed and place is None:
        row["address"] = ", ".join(filter(None, (address, typed)))
    return {key: value for key, value in row.items() if value}


def _place(known: dict[str, Place], texts: Iterable[str]) -> Place | None:
    found = (known.get(bare(text.rpartition(",")[2])) for text in texts if text)
    return next((place for place in found if place is not None), None)


class ProductForm(KindForm):
    """What it is, whether it can be had, for how much."""

    name = forms.CharField(label=_("Tên sản phẩm"), max_length=200, required=False)
    availability = forms.ChoiceField(label=_("Tình trạng"), choices=[("", "—"), *Availability.choices], required=False)
    available_from = forms.DateField(label=_("Từ ngày"), required=False, widget=_day_input())
    price = forms.CharField(label=_("Giá, viết bằng lời"), max_length=200, required=False)


class AppointmentForm(KindForm):
    """Who, as what, from when."""

    person = forms.CharField(label=_("Người được bổ nhiệm"), max_length=120, required=False)
    role = forms.CharField(label=_("Chức vụ mới"), max_length=200, required=False)
    from_day = forms.DateField(label=_("Từ ngày"), required=False, widget=_day_input())


class PeriodForm(KindForm):
    """Which stretch of time the figures are about."""

    period = forms.CharField(
        label=_("Kỳ"), max_length=120, required=False, help_text=_("Ví dụ: Quý III năm 2026, chín tháng đầu năm 2026.")
    )


FORMS: dict[str, tuple[type[KindForm], Any]] = {
    Kind.EVENT: (EventForm, _("Sự kiện: khi nào, ở đâu, cho ai")),
    Kind.PRODUCT: (ProductForm, _("Sản phẩm: tên, tình trạng, giá")),
    Kind.APPOINTMENT: (AppointmentForm, _("Bổ nhiệm: ai, chức gì, từ ngày nào")),
    Kind.RESULTS: (PeriodForm, _("Kết quả kinh doanh: của kỳ nào")),
    Kind.REPORT: (PeriodForm, _("Báo cáo: của kỳ nào")),
}


class Facts:
    """The facts of a release, a fold a kind; only the chosen kind's are asked and kept."""

    template = "compose/_facts.html"
    label = _("Thông tin riêng của thể loại")
    is_open = True

    def __init__(self, data: Any, release: Release) -> None:
        self.is_sent = data is not None and bool(data.get("facts-sent"))
        self.chosen = str(data.get("kind") or "") if self.is_sent else release.kind
        facts = dict(release.facts)
        portal = release.organization.portal
        venues = facts.get("venues", [])
        is_many = len(venues) > ROWS
        initial = {**facts, **_on_the_wall(facts, portal.time_zone)}
        initial["many_venues"] = "\n".join(map(_line, venues)) if is_many else ""
        bound = data if self.is_sent else None
        self.forms = {
            kind: made(bound, initial=initial, prefix=f"facts-{kind}") for kind, (made, _name) in FORMS.items()
        }
        self.venues = Rows(
            "venues", VenueForm, data, [] if is_many else venues, label=_("Các địa điểm"), add=_("Thêm địa điểm"),
            hint=_("Một hay nhiều nơi: trung tâm trước, rồi các điểm cầu."), places=cache(_places),
        )  # fmt: skip
        self.organization = release.organization

    @property
    def people(self) -> list[tuple[str, str]]:
        """Whom an appointment may be about: those who speak for the organization, with their roles."""
        return list(self.organization.people.filter(left_at=None).values_list("name", "role"))

    @property
    def kinds(self) -> list[dict[str, Any]]:
        """Each fold: which kind, its name, its form, whether it is the chosen one's."""
        return [
            {"kind": kind, "name": FORMS[kind][1], "form": form, "is_chosen": kind == self.chosen}
            for kind, form in self.forms.items()
        ]

    def is_valid(self) -> bool:
        """Whether what was typed for the chosen kind can be kept."""
        form = self.forms.get(self.chosen)
        if not self.is_sent or form is None:
            return True
        answers = [form.is_valid(), self.chosen != Kind.EVENT or self.venues.is_valid()]
        return all(answers)

    def fields(self) -> dict[str, Any]:
        """The chosen kind's facts; another kind's are not kept."""
        if not self.is_sent:
            return {}
        form = self.forms.get(self.chosen)
        said = form.to_facts() if form is not None else {}
        if self.chosen == Kind.EVENT:
            said["venues"] = [*(self.venues.rows() if self.venues.is_sent else []), *said["venues"]]
        return {"facts": said}


def _places() -> list[tuple[str, str]]:
    language = get_language() or "vi"
    return [("", "—"), *((one.name, one.label(language)) for one in places.table())]


def _line(venue: dict[str, str]) -> str:
    parts = [venue.get(name, "").replace(";", ",") for name in ("name", "address", "place")]
    return "; ".join(parts).rstrip("; ")


def _on_the_wall(facts: dict[str, Any], usual: str) -> dict[str, Any]:
    """Times as the clocks of their zone show them."""
    shown: dict[str, Any] = {"time_zone": facts.get("time_zone") or usual}
    for name in ("starts_at", "ends_at"):
        try:
            shown[name] = datetime.fromisoformat(str(facts.get(name))).replace(tzinfo=None)
        except ValueError:
            shown[name] = None
    return shown
