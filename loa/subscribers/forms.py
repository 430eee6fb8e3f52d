"""What readers may type."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignUpForm(forms.Form):
    """An address, and a field only machines fill in."""

    email = forms.EmailField(
        max_length=254,
        error_messages={
            "required": _("Hãy nhập địa chỉ thư điện tử của bạn."),
            "invalid": _("Địa chỉ thư điện tử này chưa đúng; hãy viết như ten@vidu.vn."),
        },
    )
    website = forms.CharField(required=False)  # the honeypot; hidden from people
