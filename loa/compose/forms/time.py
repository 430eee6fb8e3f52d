"""When a release goes out: as soon as it may, or not before a time on the clocks of a zone."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from loa.compose.forms.facts import MomentField, in_zone, zones
from loa.lib import clock
from loa.releases.models import Release

FURTHEST = timedelta(days=366)


class TimeForm(forms.Form):
    """A choice, and the time it needs."""

    when = forms.ChoiceField(
        label=_("Khi nào"), choices=[("now", _("Sớm nhất có thể")), ("at", _("Hẹn giờ"))], widget=forms.RadioSelect,
        required=False,
    )  # fmt: skip
    at = MomentField(label=_("Ngày, giờ"), error_messages={"invalid": _("Hãy ghi ngày và giờ, như 2026-12-01 07:30.")})
    zone = forms.ChoiceField(label=_("Theo đồng hồ ở"), choices=zones, required=False)

    def clean(self) -> dict[str, Any]:
        """The time is read on the clocks of the zone; one that is past is said."""
        typed = super().clean() or self.cleaned_data
        local, zone = typed.get("at"), typed.get("zone") or ""
        if typed.get("when") != "at":
            if self["when"].value() and local is not None and "at" in self.changed_data:
                self.add_error("at", _("Bạn chọn đăng sớm nhất mà lại ghi giờ: hãy chọn “Hẹn giờ”, hoặc xóa giờ này."))
            return {**typed, "at": None}
        if self.errors:
            return typed
        if local is None or not zone:
            self.add_error("at", _("Hãy ghi ngày và giờ."))
            return typed
        try:
            at = in_zone(local, zone)
        except ValidationError as error:
            self.add_error("at", error)
            return typed
        if at <= clock.now():
            self.add_error("at", _("Giờ này đã qua; hãy chọn một giờ sắp tới."))
        elif at > clock.now() + FURTHEST:
            self.add_error("at", _("Chỉ hẹn được trong vòng một năm tới."))
        return {**typed, "at": at}

    def may_go(self) -> bool:
        """Whether nothing typed is wrong; a bare press of the button chooses nothing."""
        return not self.is_bound or self.is_valid()

    def moment(self) -> dict[str, Any]:
        """What the acts take: the moment (UTC) and the zone it was said in; none where nothing was sent."""
        typed = self.cleaned_data if self.is_bound else {}
        return {"at": typed.get("at"), "zone": typed.get("zone", "") if typed.get("at") else ""}


def initial_time(release: Release) -> dict[str, Any]:
    """The time that was chosen, if it is still to come, on the clocks it was chosen on; else those of the portal."""
    zone = release.publish_zone or release.organization.portal.time_zone
    is_ahead = release.publish_at is not None and bool(release.publish_zone) and release.publish_at > clock.now()
    if not is_ahead or release.publish_at is None:
        return {"when": "now", "zone": zone}
    return {"when": "at", "at": release.publish_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None), "zone": zone}
