"""The moderator's forms."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WithdrawForm(forms.Form):
    """What readers find at the address instead."""

    statement = forms.CharField(
        label=_("Vì sao rút"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("Người đọc thấy câu này ở địa chỉ cũ."),
    )


class SendBackForm(forms.Form):
    """What the author should change."""

    reason = forms.CharField(label=_("Cần sửa gì"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000)


class ReportForm(forms.Form):
    """What a reader found wrong, and a field only machines fill in."""

    reason = forms.CharField(
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Hãy viết điều bạn thấy chưa đúng.")},
    )
    email = forms.EmailField(
        required=False,
        max_length=254,
        error_messages={"invalid": _("Địa chỉ thư điện tử này chưa đúng; hãy viết như ten@vidu.vn, hoặc để trống.")},
    )
    website = forms.CharField(required=False)  # the honeypot; hidden from people
