"""Forms of coverage: an address, and what is written of the page behind it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.lib import clock
from loa.lib.outside import LONGEST_OUTLET, LONGEST_TITLE


class AddForm(forms.Form):
    """Where it was published."""

    url = forms.CharField(
        label=gettext_lazy("Địa chỉ bài báo"), max_length=1000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("Chép từ thanh địa chỉ của trình duyệt. Máy đọc tít ở trang đó, bạn xem lại rồi ghi."),
    )  # fmt: skip


class ClippingForm(forms.Form):
    """What the page is called, and who published it."""

    title = forms.CharField(label=gettext_lazy("Tít bài"), max_length=LONGEST_TITLE)
    outlet = forms.CharField(label=gettext_lazy("Báo hoặc trang đăng"), max_length=LONGEST_OUTLET)
    published_on = forms.DateField(
        label=gettext_lazy("Ngày đăng (nếu biết)"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Hãy viết ngày như 2026-11-28.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"use_required_attribute": False, **kwargs})

    def clean_published_on(self) -> Any:
        """No paper of tomorrow was read today, wherever it is."""
        day = self.cleaned_data["published_on"]
        if day is not None and (day - clock.now().date()).days > 1:
            raise forms.ValidationError(_("Ngày này chưa tới."))
        if day is not None and day.year < 1900:
            raise forms.ValidationError(_("Năm này không thể đúng."))
        return day
