"""Fields of more than one form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from loa.lib import money, tax_codes


class TaxCodeField(forms.CharField):
    """A Vietnamese tax code, as it is printed however it was typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, **kwargs)

    def clean(self, value: Any) -> str:
        """Ten digits with their check digit, or thirteen; empty where it may be."""
        typed = str(super().clean(value))
        if not typed:
            return ""
        try:
            return tax_codes.read(typed)
        except ValueError as error:
            raise ValidationError(
                _("Mã số thuế này có chữ số sai: cần 10 số, hoặc 13 số với chi nhánh. Hãy xem lại trên giấy đăng ký.")
            ) from error


class AmountField(forms.CharField):
    """Whole units of money, however their thousands are parted."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(max_length=30, widget=widget, **kwargs)

    def clean(self, value: Any) -> int:
        """More than nothing."""
        try:
            amount = money.read(str(super().clean(value)))
        except ValueError as error:
            raise ValidationError(_("Hãy viết số tiền bằng chữ số, thí dụ 500.000.")) from error
        if amount < 1:
            raise ValidationError(_("Số tiền phải lớn hơn 0."))
        return amount
