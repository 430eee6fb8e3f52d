"""The moderator's forms."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SendBackForm(forms.Form):
    """What the author should change."""

    reason = forms.CharField(label=_("Cần sửa gì"), widget=forms.Textarea(attrs={"rows": 4}))
