"""Forms about an organization and its people."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.organizations.models import Kind as OrganizationKind
from loa.places import queries as places
from loa.places.models import Place


class OrganizationForm(forms.Form):
    """A new sender."""

    name = forms.CharField(label=_("Tên tổ chức"), max_length=200)
    kind = forms.ChoiceField(label=_("Loại hình"), choices=[])
    website = forms.URLField(label=_("Trang web"), required=False, assume_scheme="https", max_length=300)
    city = forms.ModelChoiceField(label=_("Tỉnh, thành phố"), queryset=Place.objects.none(), required=False)
    profile = forms.CharField(label=_("Giới thiệu"), widget=forms.Textarea, max_length=5000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        desk = OrganizationKind.PORTAL_DESK
        self.fields["kind"].choices = [c for c in OrganizationKind.choices if c[0] != desk]  # type: ignore[attr-defined]
        self.fields["city"].queryset = places.today()  # type: ignore[attr-defined]


class ProfileForm(forms.Form):
    """What an organization says about itself; a new logo takes the place of the old one."""

    website = forms.URLField(label=_("Trang web"), required=False, assume_scheme="https", max_length=300)
    city = forms.ModelChoiceField(label=_("Tỉnh, thành phố"), queryset=Place.objects.none(), required=False)
    profile = forms.CharField(label=_("Giới thiệu"), widget=forms.Textarea, max_length=5000, required=False)
    profile_en = forms.CharField(
        label=_("Giới thiệu bằng tiếng Anh"), widget=forms.Textarea, max_length=5000, required=False
    )
    logo = forms.FileField(label=_("Biểu trưng (ảnh vuông; JPEG, PNG, WebP)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["city"].queryset = places.today()  # type: ignore[attr-defined]


class InviteForm(forms.Form):
    """A colleague."""

    email = forms.EmailField(label=_("Thư điện tử của đồng nghiệp"), max_length=254)
