"""The operator's forms."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.lib import domains, languages, tax_codes
from loa.portals import rules
from loa.portals.models import Portal, Takes
from loa.ui.language import spoken


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
    reach = forms.ChoiceField(
        label=_("Thuộc ban biên tập"), initial="portal", widget=forms.RadioSelect,
        choices=[("portal", _("của cổng này")), ("all", _("của mọi cổng")), ("none", _("không còn"))],
        help_text=_("Người của một cổng chỉ thấy hàng chờ, lời báo, bản tin và trang điều hành của cổng ấy."),
    )  # fmt: skip


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


class HostForm(forms.Form):
    """A host name that leads to the portal."""

    host = forms.CharField(
        label=pgettext_lazy("của cổng", "Tên miền"), max_length=rules.LONGEST_HOST,
        help_text=_("Thí dụ: tin.example.vn. Dấu sao (*) nhận mọi tên miền không cổng nào nhận."),
    )  # fmt: skip

    def clean_host(self) -> str:
        """As a browser sends it."""
        host = rules.host_name(self.cleaned_data["host"])
        if host is None:
            raise forms.ValidationError(_("Chỉ viết tên miền, không có https:// và dấu gạch chéo."))
        return host


_OF_MACHINES = {"localtime", "Factory", "posixrules"}  # names a machine has for its own zone, or for none


class ZoneField(forms.CharField):
    """A zone of the IANA's list."""

    def clean(self, value: Any) -> str:
        """As the list spells it."""
        zone = str(super().clean(value))
        if zone not in available_timezones() - _OF_MACHINES:
            raise forms.ValidationError(_("Không có múi giờ này; hãy viết như Asia/Ho_Chi_Minh."))
        return zone


class NewPortalForm(forms.Form):
    """A portal that is not there yet."""

    name = forms.CharField(label=_("Tên cổng"), max_length=80)
    origin = forms.CharField(
        label=_("Địa chỉ"), max_length=270,
        help_text=_("Thí dụ: https://tin.example.vn. Tên miền ấy phải trỏ về máy chủ này."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Ngôn ngữ chính"), help_text=_("Không đổi được về sau: địa chỉ theo nó."))
    time_zone = ZoneField(label=_("Múi giờ"), max_length=64, initial="Asia/Ho_Chi_Minh")
    email = forms.EmailField(label=_("Thư điện tử trên trang liên hệ"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(code, languages.own_name(code)) for code in spoken()]  # type: ignore[attr-defined]  # a ChoiceField


class ColourInput(forms.TextInput):
    """A browser's own choice of a colour; it always has a value, and HTML lets it ask for none."""

    input_type = "color"

    def use_required_attribute(self, initial: Any) -> bool:
        """Never."""
        return False


_COLOUR = r"#[0-9a-fA-F]{6}"


class BrandForm(forms.Form):
    """What a portal looks like and is about; a text a language it offers."""

    PLAIN = ("name", "accent", "accent_dark", "time_zone", "languages", "is_listed", "takes")

    name = forms.CharField(label=_("Tên cổng"), max_length=80)
    logo = forms.FileField(label=_("Biểu trưng (ảnh vuông; JPEG, PNG, WebP)"), required=False)
    accent = forms.RegexField(_COLOUR, label=_("Màu nhấn trên nền sáng"), widget=ColourInput())
    accent_dark = forms.RegexField(_COLOUR, label=_("Màu nhấn trên nền tối"), widget=ColourInput())
    time_zone = ZoneField(label=_("Múi giờ"), max_length=64)
    languages = forms.MultipleChoiceField(
        label=_("Ngôn ngữ của các trang"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Không chọn gì: mọi ngôn ngữ phần mềm nói được. Ngôn ngữ chính luôn có."),
    )  # fmt: skip
    is_listed = forms.BooleanField(
        label=_("Nêu tên ở chân trang của các cổng cùng nhà"), required=False,
        help_text=_("Bật khi cổng đã sẵn sàng cho người đọc."),
    )  # fmt: skip

    takes = forms.ChoiceField(
        label=_("Thông cáo mà tổ chức ở cổng cùng nhà muốn danh sách ở đây dẫn tới"), choices=Takes.choices
    )

    def __init__(self, *args: Any, portal: Portal, language: str, **kwargs: Any) -> None:
        """The portal gives what stands there now."""
        super().__init__(*args, **kwargs)
        self.portal = portal
        self.fields["languages"].choices = [(code, languages.own_name(code)) for code in spoken()]  # type: ignore[attr-defined]  # a ChoiceField
        for field in self.PLAIN:
            self.initial[field] = getattr(portal, field)
        for code in portal.spoken:
            in_words = {"language": languages.name(code, language)}
            self._ask(f"tagline_{code}", _("Dòng dưới tên, %(language)s") % in_words, portal.tagline.get(code, ""), 200)
            self._ask(f"place_{code}", _("Nơi cổng nói về, %(language)s") % in_words, portal.place.get(code, ""), 80)

    def _ask(self, field: str, label: str, now: str, longest: int) -> None:
        lang = {"lang": field.rpartition("_")[2]}
        widget = forms.TextInput(attrs=lang)
        self.fields[field] = forms.CharField(label=label, max_length=longest, required=False, widget=widget)
        self.initial[field] = now

    def columns(self) -> dict[str, Any]:
        """The columns of the portal; a text that was emptied is said in no language."""
        said = self.cleaned_data
        plain = {field: said[field] for field in self.PLAIN}
        return {**plain, "tagline": self._said("tagline"), "place": self._said("place")}

    def _said(self, what: str) -> dict[str, str]:
        return said_per_language(self, what, getattr(self.portal, what))


def said_per_language(form: forms.Form, what: str, before: dict[str, str]) -> dict[str, str]:
    """What was typed per language; a language the form does not ask for keeps what it had."""
    start = f"{what}_"
    asked = {field.removeprefix(start): form.cleaned_data[field] for field in form.fields if field.startswith(start)}
    return {code: text for code, text in {**before, **asked}.items() if text}


class LawForm(forms.Form):
    """What the law wants of a portal, as its operator reads it."""

    responsible = forms.CharField(
        label=_("Người chịu trách nhiệm nội dung"),
        max_length=160,
        required=False,
        help_text=_("Đứng ở chân mọi trang."),
    )
    takedown_hours = forms.IntegerField(
        label=_("Quyết định về lời báo của bạn đọc trong bao nhiêu giờ"), min_value=1, max_value=720,
        help_text=_("Nghị định 147/2024: 24 giờ. Lời báo đã có giữ hạn cũ."),
    )  # fmt: skip
    calls_first = forms.BooleanField(
        label=_("Gọi điện cho tổ chức mới trước khi duyệt thông cáo đầu tiên"), required=False,
        help_text=_("Người duyệt phải ghi đã gọi số nào và ai trả lời; lời ghi vào nhật ký."),
    )  # fmt: skip

    def __init__(self, *args: Any, portal: Portal, language: str, **kwargs: Any) -> None:
        """The portal gives what stands there now."""
        super().__init__(*args, **kwargs)
        self.portal = portal
        for field in ("responsible", "takedown_hours", "calls_first"):
            self.initial[field] = getattr(portal, field)
        for code in portal.spoken:
            label = _("Dòng giấy phép, %(language)s") % {"language": languages.name(code, language)}
            widget = forms.TextInput(attrs={"lang": code})
            self.fields[f"licence_{code}"] = forms.CharField(label=label, max_length=300, required=False, widget=widget)
            self.initial[f"licence_{code}"] = portal.licence.get(code, "")

    def columns(self) -> dict[str, Any]:
        """The columns of the portal."""
        plain = {field: self.cleaned_data[field] for field in ("responsible", "takedown_hours", "calls_first")}
        return {**plain, "licence": said_per_language(self, "licence", self.portal.licence)}


class QuotaForm(forms.Form):
    """How much one organization's library may hold."""

    most_mb = forms.IntegerField(
        label=_("Được phép (MB)"), min_value=0, max_value=100_000_000, required=False,
        help_text=_("Để trống: như mọi tổ chức. 0: không giới hạn. Tệp đã có thì vẫn còn."),
    )  # fmt: skip
