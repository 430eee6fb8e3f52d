"""The operator's forms about money."""

from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from loa.billing.forms.fields import AmountField, TaxCodeField
from loa.billing.rules import codes


class SellerForm(forms.Form):
    """Who sells, from a day on."""

    legal_name = forms.CharField(label=_("Tên pháp lý"), max_length=200)
    tax_code = TaxCodeField(label=_("Mã số thuế"))
    address = forms.CharField(label=_("Địa chỉ"), max_length=300)
    email = forms.EmailField(label=_("Thư điện tử trên hóa đơn"), required=False)
    bank_name = forms.CharField(label=_("Ngân hàng"), max_length=100)
    bank_bin = forms.CharField(
        label=_("Mã BIN của ngân hàng"), max_length=6,
        validators=[RegexValidator(r"^[0-9]{6}\Z", _("Mã BIN có 6 chữ số."))],
        help_text=_("6 chữ số của NAPAS, thí dụ 970436 là Vietcombank, 970418 là BIDV, 970407 là Techcombank."),
    )  # fmt: skip
    account = forms.CharField(
        label=_("Số tài khoản"), max_length=19,
        validators=[RegexValidator(r"^[0-9A-Za-z]+\Z", _("Số tài khoản chỉ có chữ số và chữ cái, không dấu cách."))],
    )  # fmt: skip
    holder = forms.CharField(
        label=_("Tên chủ tài khoản"), max_length=120, help_text=_("Như ngân hàng hiện ra: chữ hoa, không dấu.")
    )
    vat = forms.DecimalField(
        label=_("Thuế GTGT (%)"), min_value=0, max_value=100, max_digits=5, decimal_places=2,
        help_text=_("Giá đã gồm thuế; đổi thuế suất không đổi giá."),
    )  # fmt: skip
    series = forms.CharField(
        label=_("Hai chữ cuối của ký hiệu hóa đơn"), max_length=2,
        validators=[RegexValidator(r"^[A-Z]{2}\Z", _("Hai chữ cái hoa, thí dụ LA."))],
    )  # fmt: skip
    valid_on = forms.DateField(
        label=_("Có hiệu lực từ ngày"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
    )

    def said(self) -> dict[str, Any]:
        """The fields of the row."""
        values = {name: value for name, value in self.cleaned_data.items() if name not in ("vat", "valid_on")}
        return {**values, "vat_points": int(self.cleaned_data["vat"] * 100)}

    def valid_from(self, zone: str, now: datetime) -> datetime:
        """The day's first moment in the portal's zone, in UTC; for today, this moment."""
        day = self.cleaned_data["valid_on"]
        start = datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
        return now if day == now.astimezone(ZoneInfo(zone)).date() else start


class MatchForm(forms.Form):
    """Which order some money is for."""

    code = forms.CharField(label=_("Mã đơn"), max_length=40)
    key = forms.CharField(max_length=60, widget=forms.HiddenInput)

    def clean_code(self) -> str:
        """However it was typed."""
        found = codes.read(self.cleaned_data["code"])
        if found is None:
            raise ValidationError(_("Mã này có chữ sai, nên không phải mã đơn nào. Hãy chép lại từ trang đơn."))
        return found


class RefundForm(forms.Form):
    """How much was sent back, and why."""

    amount = AmountField(label=_("Số tiền đã hoàn"))
    reason = forms.CharField(
        label=_("Lý do, mã giao dịch hoàn tiền"),
        max_length=300,
        help_text=_("Người mua đọc được câu này trên hóa đơn điều chỉnh và trong thư."),
    )
    key = forms.CharField(max_length=60, widget=forms.HiddenInput)


class StatementForm(forms.Form):
    """A file of the bank's."""

    account = forms.ChoiceField(label=_("Sao kê của tài khoản"))
    file = forms.FileField(
        label=_("Tệp sao kê (CSV)"), help_text=_("Từ trang ngân hàng điện tử; nếu là Excel, hãy lưu thành CSV (UTF-8).")
    )

    def __init__(self, *args: Any, accounts: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = [(account, account) for account in accounts]  # type: ignore[attr-defined]
