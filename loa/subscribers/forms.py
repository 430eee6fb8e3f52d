"""What readers and the operator may type."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from loa.lib import clock
from loa.lib.languages import own_name
from loa.subscribers import queries
from loa.subscribers.rules import addresses, tables
from loa.ui.language import spoken

validate_domain = DomainNameValidator(accept_idna=False)
MOST_PROOF = 2_000_000  # bytes

NOT_AN_ADDRESS = _("Địa chỉ thư điện tử này chưa đúng; hãy viết như ten@vidu.vn.")


class AddressField(forms.EmailField):
    """A mail address as it is kept; refused in sentences that say what to do."""

    default_error_messages = {
        "required": _("Hãy nhập địa chỉ thư điện tử của bạn."),
        "invalid": NOT_AN_ADDRESS,
    }

    def clean(self, value: str | None) -> str:
        """Return the address in lower case with its domain in ASCII."""
        typed = super().clean(value)
        try:
            email = addresses.normal(typed)
        except ValueError as error:
            raise ValidationError(NOT_AN_ADDRESS) from error
        if meant := addresses.meant(email):
            raise ValidationError(
                _now("Có phải bạn muốn viết %(meant)s? Hãy xem lại phần sau dấu @.") % {"meant": meant}
            )
        if queries.is_barred(email):
            raise ValidationError(
                _now("Hộp thư ở %(domain)s chỉ dùng tạm; hãy nhập địa chỉ bạn vẫn dùng.")
                % {"domain": addresses.domain_of(email)}
            )
        return email


class SignUpForm(forms.Form):
    """An address, and a field only machines fill in."""

    email = AddressField(max_length=254)
    website = forms.CharField(required=False)  # the honeypot; hidden from people


class PressForm(forms.Form):
    """What a journalist says of themselves."""

    email = AddressField(label=_("Thư điện tử của tòa soạn, hoặc của riêng bạn"), max_length=254)
    name = forms.CharField(label=_("Họ và tên"), max_length=120)
    outlet = forms.CharField(
        label=_("Tòa soạn"), max_length=160, help_text=_("Tên báo, đài, hãng tin; tự do thì ghi nơi hay đăng bài.")
    )
    proof = forms.CharField(
        label=_("Làm sao chúng tôi biết"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Số thẻ nhà báo, liên kết tới trang tác giả hay vài bài gần đây. Đừng gửi ảnh giấy tờ."),
    )
    topics = forms.CharField(label=_("Lĩnh vực bạn viết"), max_length=300, required=False)
    language = forms.ChoiceField(label=_("Thư viết bằng"))
    website = forms.CharField(required=False, widget=forms.HiddenInput)  # the honeypot

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(code, own_name(code)) for code in spoken()]  # type: ignore[attr-defined]


class DecideForm(forms.Form):
    """What an operator does with a journalist's wish."""

    state = forms.ChoiceField(choices=[(one, one) for one in ("admitted", "refused", "removed")])
    note = forms.CharField(max_length=1000, required=False, strip=True)


class BringingForm(forms.Form):
    """A file of addresses with the proof of consent."""

    table = forms.FileField(
        label=_("Tệp CSV"), help_text=_("Mỗi dòng một người; cột nào là địa chỉ, bạn xem ở bước sau.")
    )
    source = forms.CharField(
        label=_("Người đọc đã đăng ký ở đâu"),
        max_length=200,
        help_text=_("Thí dụ: biểu mẫu trên trang cũ tin.example.vn. Người được hỏi lại đọc thấy câu này."),
    )
    consented_on = forms.DateField(
        label=_("Ngày đồng ý (muộn nhất)"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    proof = forms.CharField(
        label=_("Bằng chứng đồng ý"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Nguyên văn câu họ đã đồng ý, và cách họ đồng ý. Được lưu cùng từng người."),
    )
    proof_file = forms.FileField(label=_("Tệp bằng chứng (nếu có, đến 2 MB)"), required=False)

    def clean_table(self) -> Any:
        """A file that is not too large to be read at once."""
        return self._no_larger("table", tables.MOST_BYTES)

    def clean_proof_file(self) -> Any:
        """The same for the proof."""
        return self._no_larger("proof_file", MOST_PROOF)

    def clean_consented_on(self) -> Any:
        """A day that has been."""
        day = self.cleaned_data["consented_on"]
        if day > clock.now().date():
            raise ValidationError(_now("Ngày này chưa tới."))
        return day

    def _no_larger(self, name: str, most: int) -> Any:
        file = self.cleaned_data[name]
        if file and file.size > most:
            raise ValidationError(_now("Tệp này lớn hơn %(most)d MB.") % {"most": most // 1_000_000})
        return file


class DomainsForm(forms.Form):
    """Mail domains, one a line."""

    domains = forms.CharField(
        label=_("Mỗi dòng một tên miền"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false"}),
    )

    def clean_domains(self) -> list[str]:
        """The domains in lower case and ASCII; a line that is none is named."""
        found = []
        for line in self.cleaned_data["domains"].splitlines():
            name = line.strip().lower().lstrip("@")
            if not name:
                continue
            try:
                found.append(addresses.domain_of(addresses.normal(f"x@{name}")))
                validate_domain(found[-1])
            except (ValueError, ValidationError) as error:
                raise ValidationError(_now("“%(name)s” không phải tên miền.") % {"name": name[:80]}) from error
        return found
