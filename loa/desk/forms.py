"""The operator's forms."""

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.lib import domains, tax_codes


class SectionForm(forms.Form):
    """A heading of the portal."""

    slug = forms.SlugField(
        label=_("Phần cuối địa chỉ"),
        help_text=_("Chữ thường không dấu, thí dụ: kinh-te"),
        error_messages={"invalid": _("Chỉ dùng chữ thường không dấu, chữ số và gạch nối, thí dụ: kinh-te.")},
    )
    name_vi = forms.CharField(label=_("Tên tiếng Việt"), max_length=80)
    name_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=80, required=False)
    position = forms.IntegerField(label=_("Thứ tự"), min_value=0, max_value=999, initial=0)


def mark_language(form: forms.Form, language: str) -> None:
    """Say in the page what language its texts are written in: voices and spelling checkers read it."""
    for field in form.fields.values():
        field.widget.attrs["lang"] = language


class PageForm(forms.Form):
    """A page of the portal in one language."""

    title = forms.CharField(label=_("Tiêu đề"), max_length=200)
    body_html = forms.CharField(label=_("Nội dung (HTML)"), widget=forms.Textarea, required=False)


class AboutForm(forms.Form):
    """The signed word under every release."""

    title = forms.CharField(label=_("Tiêu đề"), max_length=200)
    body_html = forms.CharField(label=_("Nội dung (HTML)"), widget=forms.Textarea)
    person = forms.CharField(label=_("Người ký"), max_length=120)
    office = forms.CharField(label=_("Chức vụ"), max_length=120)
    portrait = forms.FileField(label=_("Chân dung (ảnh vuông; JPEG, PNG, WebP)"), required=False)


class StaffForm(forms.Form):
    """Who keeps the desk."""

    email = forms.EmailField(label=_("Thư điện tử của người đã có tài khoản"))
    is_staff = forms.BooleanField(label=_("Thuộc ban biên tập"), required=False, initial=True)


class PinForm(forms.Form):
    """The lead story."""

    public_id = forms.CharField(
        label=_("Mã thông cáo"),
        max_length=16,
        required=False,
        help_text=_("Phần sau /r/ trong địa chỉ; bỏ trống thì bài mới nhất đứng đầu."),
    )


class AddressForm(forms.Form):
    """What the portal's links begin with."""

    origin = forms.CharField(
        label=_("Địa chỉ của cổng"),
        max_length=270,
        required=False,
        help_text=_("Thí dụ: https://tin.example.vn; bỏ trống thì dùng địa chỉ chung của máy chủ (LOA_ORIGIN)."),
    )


class AddressOfMailForm(forms.Form):
    """An address that shall have no news, or have it again."""

    email = forms.EmailField(
        label=_("Địa chỉ thư"),
        error_messages={"invalid": _("Địa chỉ thư điện tử này chưa đúng; hãy viết như ten@vidu.vn.")},
    )


class SynonymsForm(forms.Form):
    """Words that mean the same, for the search."""

    text = forms.CharField(
        label=_("Mỗi dòng một nhóm từ cùng nghĩa"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "lang": "vi"}),
        help_text=_(
            "Ngăn các từ bằng dấu bằng, thí dụ: TP.HCM = TPHCM = Sài Gòn. Sau dấu thăng (#) là ghi chú. Người đọc "
            "gõ một từ thì các từ cùng nhóm cũng được tìm. Xóa hết rồi lưu thì không từ nào có từ khác thay."
        ),
    )


class RegisterForm(forms.Form):
    """What a moderator saw in the register."""

    tax_code = forms.CharField(label=_("Mã số thuế"), max_length=20)
    note = forms.CharField(label=_("Bạn thấy gì"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500)

    def clean_tax_code(self) -> str:
        """As it is printed."""
        try:
            return tax_codes.read_any(self.cleaned_data["tax_code"])
        except ValueError as error:
            raise forms.ValidationError(_("Mã số thuế này không đúng; hãy xem lại từng chữ số.")) from error


class ProtectedForm(forms.Form):
    """Names to guard, a line each."""

    names = forms.CharField(
        label=_("Tên, mỗi dòng một tên"), widget=forms.Textarea(attrs={"rows": 14}), required=False, max_length=100_000,
        help_text=_("Sau dấu | ghi tên miền của chính chủ, nếu biết: Vinamilk | vinamilk.com.vn"),
    )  # fmt: skip

    def clean_names(self) -> list[tuple[str, str]]:
        """Each name with its domain in ASCII, or none."""
        rows = [line.partition("|") for line in self.cleaned_data["names"].splitlines() if line.strip()]
        try:
            return [(name.strip()[:200], domains.registered(said) if said.strip() else "") for name, _bar, said in rows]
        except ValueError as error:
            said = _("“%(domain)s” không phải một tên miền đăng ký được.") % {"domain": str(error).strip()}
            raise forms.ValidationError(said) from error


class AuditForm(forms.Form):
    """Which records are looked for."""

    act = forms.CharField(required=False, max_length=64)
    actor = forms.CharField(label=_("Ai"), required=False, max_length=200)
    subject = forms.CharField(label=_("Về điều gì"), required=False, max_length=120)
    since = forms.DateField(label=_("Từ ngày"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Đến ngày"), required=False, widget=forms.DateInput(attrs={"type": "date"}))


class RenameForm(forms.Form):
    """What an organization is called."""

    name = forms.CharField(label=_("Tên tổ chức"), max_length=200)
    name_en = forms.CharField(label=_("Tên bằng tiếng Anh, nếu có"), max_length=200, required=False)


class AppointForm(forms.Form):
    """Who owns an organization from now on."""

    email = forms.EmailField(label=_("Thư điện tử của người đã có tài khoản"))


class MergeForm(forms.Form):
    """Which organization a double is."""

    into = forms.SlugField(
        label=_("Nhập vào tổ chức"),
        help_text=_("Phần sau /o/ trong địa chỉ trang của tổ chức giữ lại. Mọi thông cáo, thành viên và người theo dõi"
                    " chuyển sang đó; địa chỉ cũ dẫn tới trang ấy. Không làm ngược lại được."),
        error_messages={"invalid": _("Chỉ dùng chữ thường không dấu, chữ số và gạch nối, thí dụ: kinh-te.")},
    )  # fmt: skip


class SuspendForm(forms.Form):
    """Why an organization may not publish for now."""

    reason = forms.CharField(label=_("Lý do"), max_length=300)
