"""Who may read a release before its time."""

from django import forms
from django.utils.translation import gettext_lazy as _

DAYS = [("1", _("1 ngày")), ("3", _("3 ngày")), ("7", _("7 ngày")), ("14", _("14 ngày"))]


class EarlyReaderForm(forms.Form):
    """A name, an address, and how long the link is good."""

    name = forms.CharField(label=_("Tên người đọc"), max_length=120)
    email = forms.EmailField(label=_("Thư điện tử"), max_length=254)
    days = forms.TypedChoiceField(label=_("Liên kết dùng được trong"), choices=DAYS, initial="3", coerce=int)
