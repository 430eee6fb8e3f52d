"""Forms about an organization and its people."""

import re
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from loa.compose.forms.rows import RowForm, Rows
from loa.lib import vietnamese
from loa.organizations.models import Kind as OrganizationKind
from loa.organizations.models import Organization
from loa.places import queries as places
from loa.places.models import Place

SPOKEN = [("", "—"), ("vi", "Tiếng Việt"), ("en", "English"), ("vi en", "Tiếng Việt, English")]
PHONE = re.compile(r"\+?[0-9(][0-9 ().\-]{5,24}(?: ?(?:ext\.?|máy lẻ|x) ?[0-9]{1,6})?")


class CityField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django takes no parameter at run time
    """A place of today, by its name in the language of the page."""

    def label_from_instance(self, place: Place) -> str:
        """Its name."""
        return place.label(get_language() or "vi")


class OrganizationForm(forms.Form):
    """A new sender."""

    name = forms.CharField(label=_("Tên tổ chức"), max_length=200)
    name_en = forms.CharField(label=_("Tên bằng tiếng Anh, nếu có"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Loại hình"), choices=[])
    website = forms.URLField(label=_("Trang web"), required=False, assume_scheme="https", max_length=300)
    city = CityField(
        label=_("Tỉnh, thành phố"), queryset=Place.objects.none(), required=False, empty_label=_("Chưa chọn")
    )
    profile = forms.CharField(label=_("Giới thiệu"), widget=forms.Textarea, max_length=5000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        desk = OrganizationKind.PORTAL_DESK
        self.fields["kind"].choices = [c for c in OrganizationKind.choices if c[0] != desk]  # type: ignore[attr-defined]
        self.fields["city"].queryset = places.today()  # type: ignore[attr-defined]


class ProfileForm(forms.Form):
    """What an organization says about itself; a new logo takes the place of the old one."""

    website = forms.URLField(label=_("Trang web"), required=False, assume_scheme="https", max_length=300)
    city = CityField(
        label=_("Tỉnh, thành phố"), queryset=Place.objects.none(), required=False, empty_label=_("Chưa chọn")
    )
    profile = forms.CharField(label=_("Giới thiệu"), widget=forms.Textarea, max_length=5000, required=False)
    profile_en = forms.CharField(
        label=_("Giới thiệu bằng tiếng Anh"), widget=forms.Textarea, max_length=5000, required=False
    )
    logo = forms.FileField(label=_("Biểu trưng (ảnh vuông; JPEG, PNG, WebP)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["city"].queryset = places.today()  # type: ignore[attr-defined]


class PressContactForm(RowForm):
    """Whom the press may ask: a person or an office, and how."""

    essential = "name"
    kept = ("language",)
    missing = _("Hãy ghi tên người hoặc phòng, hoặc xóa những ô còn lại của dòng.")

    name = forms.CharField(label=_("Người hoặc phòng liên hệ"), max_length=120, required=False)
    role = forms.CharField(label=_("Chức vụ"), max_length=160, required=False)
    phone = forms.CharField(label=_("Điện thoại"), max_length=40, required=False)
    email = forms.EmailField(label=_("Thư điện tử"), max_length=254, required=False)
    language = forms.ChoiceField(label=_("Nói chuyện bằng"), choices=SPOKEN, required=False)

    def clean_phone(self) -> str:
        """As it was typed, if somebody can call it."""
        phone = str(self.cleaned_data["phone"]).strip()
        if phone and not PHONE.fullmatch(phone):
            raise forms.ValidationError(_("Số này gọi không được; hãy viết như 024 3825 1234 hay +84 24 3825 1234."))
        return phone

    def clean(self) -> dict[str, Any]:
        """A name nobody can reach is no contact."""
        typed = super().clean()
        bad = {"phone", "email"} & set(self.errors)
        if typed.get("name") and not bad and not (typed.get("phone") or typed.get("email")):
            self.add_error("phone", _("Hãy ghi điện thoại hoặc thư điện tử."))
        return typed

    def to_row(self) -> dict[str, Any]:
        """The row in NFC."""
        return {name: vietnamese.kept(str(value)) for name, value in super().to_row().items()}


def contact_rows(data: Any, organization: Organization) -> Rows:
    """The press contacts of an organization, as many as it adds."""
    return Rows(
        "press_contacts", PressContactForm, data, organization.press_contacts,
        label=_("Liên hệ báo chí"), add=_("Thêm liên hệ"),
        hint=_("Ai trả lời nhà báo. Mọi người đọc đều thấy, nên hãy ghi số và thư của công việc."),
    )  # fmt: skip


class InviteForm(forms.Form):
    """A colleague."""

    email = forms.EmailField(label=_("Thư điện tử của đồng nghiệp"), max_length=254)
