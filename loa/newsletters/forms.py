"""What editors may type."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.newsletters.actions.edit import Words
from loa.subscribers.rules import GENERAL, PRESS


class IssueForm(forms.Form):
    """What is said of an issue as a whole."""

    subject = forms.CharField(
        label=_("Tiêu đề thư"),
        max_length=200,
        required=False,
        help_text=_("Dòng người đọc thấy trong hộp thư; khoảng 50 chữ cái thì không bị cắt."),
    )
    preheader = forms.CharField(
        label=_("Dòng xem trước"),
        max_length=200,
        required=False,
        help_text=_("Hộp thư hiện dòng này sau tiêu đề."),
    )
    introduction = forms.CharField(
        label=_("Lời mở đầu"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
        help_text=_("Đứng trên các tin. Bỏ trống một dòng để sang đoạn mới."),
    )
    list_key = forms.ChoiceField(
        label=_("Gửi cho"),
        choices=[(GENERAL, _("Người đọc bản tin")), (PRESS, _("Danh sách báo chí"))],
        required=False,
        help_text=_("Thư cho báo chí không có số và không vào kho bản tin."),
    )
    is_advertising = forms.BooleanField(
        label=_("Đây là thư quảng cáo"),
        required=False,
        help_text=_("Thư mang nhãn [QC], chỉ gửi từ 7 giờ đến 22 giờ, mỗi người nhiều nhất ba thư một ngày."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    @property
    def words(self) -> Words:
        """What was typed, once the form is valid."""
        names = ("subject", "preheader", "introduction", "is_advertising")
        said = {name: self.cleaned_data[name] for name in names}
        return Words(**said, list_key=self.cleaned_data["list_key"] or GENERAL)


class ImprintForm(forms.Form):
    """Who signs the newsletters."""

    name = forms.CharField(label=_("Tên người gửi"), max_length=200, help_text=_("Tên đầy đủ của cơ quan hay công ty."))
    address = forms.CharField(label=_("Địa chỉ"), max_length=300, required=False)
    telephone = forms.CharField(label=_("Điện thoại"), max_length=40, required=False)
    email = forms.EmailField(
        label=_("Thư điện tử"),
        required=False,
        help_text=_("Thư trả lời của người đọc tới địa chỉ này."),
        error_messages={"invalid": _("Địa chỉ thư điện tử này chưa đúng; hãy viết như ten@vidu.vn, hoặc để trống.")},
    )


class SendForm(forms.Form):
    """When an issue goes out: a minute from now, or at a time on the portal's clocks."""

    when = forms.ChoiceField(
        label=_("Khi nào"),
        choices=[("now", _("Ngay bây giờ")), ("at", _("Hẹn giờ"))],
        widget=forms.RadioSelect,
    )
    at = forms.DateTimeField(
        label=_("Ngày giờ gửi"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        error_messages={"invalid": _("Hãy chọn ngày giờ, như 2026-12-01 07:30.")},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def clean(self) -> dict[str, Any]:
        """A time is needed only where it is chosen; it is read as the portal's clocks show it."""
        data = dict(super().clean() or {})
        if data.get("when") == "at" and not data.get("at") and "at" not in self.errors:
            self.add_error("at", _("Hãy chọn ngày giờ gửi."))
        if data.get("when") == "now" and data.get("at"):  # a forgotten choice must not send at once
            self.add_error("at", _("Bạn chọn gửi ngay mà lại ghi giờ: hãy chọn “Hẹn giờ”, hoặc xoá giờ này."))
        if data.get("at"):
            data["at"] = data["at"].replace(tzinfo=None)
        return data
