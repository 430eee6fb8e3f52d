"""What an owner says when ordering."""

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.billing.actions.order import MOST, Details
from loa.billing.forms.fields import TaxCodeField


class OrderForm(forms.Form):
    """Who the invoice is for; how many, where single releases are bought."""

    quantity = forms.IntegerField(label=_("Số lượt"), min_value=1, max_value=MOST, initial=1)
    legal_name = forms.CharField(
        label=_("Tên pháp lý của bên mua"), max_length=200,
        help_text=_("Như trên giấy đăng ký kinh doanh hay quyết định thành lập."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )  # fmt: skip
    tax_code = TaxCodeField(
        label=_("Mã số thuế"), required=False, help_text=_("10 hoặc 13 chữ số; để trống nếu không có.")
    )
    address = forms.CharField(
        label=_("Địa chỉ trên hóa đơn"), max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Thư điện tử nhận hóa đơn"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    key = forms.CharField(max_length=60, widget=forms.HiddenInput)

    def details(self) -> Details:
        """The words for the invoice."""
        said = self.cleaned_data
        return Details(said["legal_name"], said["tax_code"], said["address"], said["email"])
