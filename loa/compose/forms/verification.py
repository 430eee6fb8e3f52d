"""Forms by which an owner shows whose domain it is."""

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.lib import tax_codes


class DomainForm(forms.Form):
    """A domain, and whether a record or a file is to be looked for there."""

    domain = forms.CharField(
        label=_("Tên miền"), max_length=253,
        help_text=_("Thí dụ: saomai.vn. Viết tên đã đăng ký, không có www."),
    )  # fmt: skip
    way = forms.ChoiceField(
        label=_("Cách chứng minh"), widget=forms.RadioSelect, initial="dns",
        choices=[("dns", _("Bản ghi TXT trong DNS")), ("file", _("Một tệp trên trang web"))],
    )  # fmt: skip


class MailboxForm(forms.Form):
    """A mailbox on the domain."""

    mailbox = forms.EmailField(label=_("Hộp thư trên tên miền"), max_length=254)


class TaxCodeForm(forms.Form):
    """The number in the register; empty takes it away."""

    tax_code = forms.CharField(
        label=_("Mã số thuế"), max_length=20, required=False,
        help_text=_("10 số, 13 số của chi nhánh, hoặc 12 số của hộ kinh doanh."),
    )  # fmt: skip

    def clean_tax_code(self) -> str:
        """As it is printed, whatever stood between its figures."""
        typed = str(self.cleaned_data["tax_code"]).strip()
        try:
            return tax_codes.read_any(typed) if typed else ""
        except ValueError as error:
            raise forms.ValidationError(_("Mã số thuế này không đúng; hãy xem lại từng chữ số.")) from error


class ClaimForm(forms.Form):
    """How somebody proves that an organization nobody owns is theirs."""

    way = forms.ChoiceField(
        label=_("Cách chứng minh"), widget=forms.RadioSelect, initial="dns",
        choices=[
            ("dns", _("Bản ghi TXT trong DNS")), ("file", _("Một tệp trên trang web")),
            ("mailbox", _("Hộp thư trên tên miền")),
        ],
    )  # fmt: skip
    mailbox = forms.EmailField(label=_("Hộp thư, nếu chọn cách này"), max_length=254, required=False)
