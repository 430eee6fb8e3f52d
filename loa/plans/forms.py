"""Forms of plans: asking for an offer, and the operator's."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from loa.lib import money, tokens
from loa.organizations.models import Organization
from loa.plans import queries
from loa.plans.models import Audience, Kind, Plan


class OfferForm(forms.Form):
    """What somebody wants, and a field only machines fill in."""

    organization_name = forms.CharField(label=_("Tổ chức của bạn"), max_length=200)
    name = forms.CharField(label=_("Họ và tên"), max_length=120)
    email = forms.EmailField(label=_("Thư điện tử"), max_length=254)
    phone = forms.CharField(label=_("Điện thoại (nếu muốn được gọi)"), max_length=40, required=False)
    wish = forms.CharField(
        label=_("Bạn cần gì"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Thí dụ: mấy tổ chức, chừng bao nhiêu thông cáo một năm, cần hợp đồng hay đấu thầu."),
    )
    website = forms.CharField(required=False)  # the honeypot; hidden from people

    def said(self) -> dict[str, str]:
        """The words by field of the row."""
        return {name: value for name, value in self.cleaned_data.items() if name != "website"}


class AnswerForm(forms.Form):
    """What was agreed."""

    answer = forms.CharField(label=_("Đã trả lời thế nào"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class PlanForm(forms.Form):
    """A row of prices."""

    name_vi = forms.CharField(label=_("Tên tiếng Việt"), max_length=80)
    name_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=80, required=False)
    kind = forms.ChoiceField(label=_("Loại"), choices=Kind.choices)
    price = forms.IntegerField(label=_("Giá (số nguyên, đã gồm thuế)"), min_value=0, max_value=10**12)
    currency = forms.RegexField(r"^[A-Z]{3}\Z", label=_("Tiền tệ (ISO 4217)"), initial="VND", max_length=3)
    months = forms.IntegerField(label=_("Kỳ (số tháng)"), min_value=1, max_value=60, initial=1)
    allowance = forms.IntegerField(
        label=_("Số thông cáo mỗi kỳ"), min_value=0, max_value=100_000, required=False,
        help_text=_("Bỏ trống: không giới hạn."),
    )  # fmt: skip
    included_vi = forms.CharField(
        label=_("Gồm có, tiếng Việt"), widget=forms.Textarea(attrs={"rows": 5}), max_length=2000, required=False,
        help_text=_("Mỗi dòng một ý; ý viết giống nhau ở nhiều gói thành một dòng của bảng so sánh."),
    )  # fmt: skip
    included_en = forms.CharField(
        label=_("Gồm có, tiếng Anh"), widget=forms.Textarea(attrs={"rows": 5}), max_length=2000, required=False
    )
    audience = forms.ChoiceField(label=_("Dành cho"), choices=Audience.choices)
    position = forms.IntegerField(label=_("Thứ tự"), min_value=0, max_value=999, initial=0)
    is_offered = forms.BooleanField(label=_("Đang bán"), required=False, initial=True)
    valid_from = forms.DateField(
        label=_("Có hiệu lực từ ngày"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Bỏ trống: từ bây giờ. Ai đã mua vẫn giữ giá và số lượt của mình."),
    )  # fmt: skip


class NewPlanForm(PlanForm):
    """A row of prices with a new name in addresses."""

    slug = forms.SlugField(
        label=_("Tên trong địa chỉ"),
        max_length=60,
        help_text=_("Chữ thường không dấu, thí dụ: khoi-dau"),
        error_messages={"invalid": _("Chỉ dùng chữ không dấu, số và gạch nối, thí dụ: khoi-dau.")},
    )
    field_order = ("slug",)


class Once(forms.Form):
    """A form that is taken once, however often it is sent."""

    key = forms.RegexField(r"^[a-z2-7]{26}\Z", widget=forms.HiddenInput, initial=tokens.random_id)


class CreditsForm(Once):
    """Single releases the desk gives away, and why."""

    count = forms.IntegerField(label=_("Số lượt"), min_value=1, max_value=1000, initial=1)
    reason = forms.CharField(label=_("Lý do"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "credits_%s", **kwargs})  # it stands beside another form


class PlanField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django takes no parameter at run time
    """A choice of plans by their names in the language of the page."""

    def label_from_instance(self, obj: Plan) -> str:
        language = get_language() or "vi"
        return f"{obj.name(language)} · {money.shown(obj.price, obj.currency, language)}"


class GrantForm(Once):
    """Time on a plan the desk gives, and why."""

    plan = PlanField(Plan.objects.none(), label=_("Gói"), empty_label=_("Chọn gói"))
    months = forms.IntegerField(
        label=_("Số tháng"), min_value=1, max_value=120, required=False, help_text=_("Bỏ trống: đúng kỳ của gói.")
    )
    starts_on = forms.DateField(
        label=_("Bắt đầu ngày"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Bỏ trống: ngay, hoặc khi gói đang dùng kết thúc."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Lý do"), max_length=200, help_text=_("Thí dụ: hợp đồng số 12/2026."))

    def __init__(self, organization: Organization, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = queries.grantable(organization)  # type: ignore[attr-defined]


class ContactForm(forms.Form):
    """Who is written to."""

    email = forms.EmailField(
        label=_("Người nhận thư hỏi giá"), required=False, help_text=_("Bỏ trống: người điều hành cổng nhận.")
    )
