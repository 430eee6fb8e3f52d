"""The moderator's forms."""

from typing import Any

from django import forms
from django.forms.renderers import get_default_renderer
from django.utils.translation import gettext_lazy as _

from loa.moderation.models import Report


class WithdrawForm(forms.Form):
    """What readers find at the address instead."""

    statement = forms.CharField(
        label=_("Vì sao rút"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("Người đọc thấy câu này ở địa chỉ cũ."),
    )


class SendBackForm(forms.Form):
    """What the author should change."""

    reason = forms.CharField(label=_("Cần sửa gì"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000)


class PassageForm(forms.Form):
    """Words of the release, and why they should change."""

    words = forms.CharField(label=_("Chữ trong bài"), max_length=500, required=False)
    why = forms.CharField(label=_("Vì sao"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        """One without the other says nothing."""
        said = self.cleaned_data
        if said.get("words") and not said.get("why"):
            self.add_error("why", _("Hãy ghi vì sao."))
        if said.get("why") and not said.get("words"):
            self.add_error("words", _("Hãy chép chữ trong bài vào đây."))
        return said


class PassageForms(forms.BaseFormSet):  # type: ignore[type-arg]  # Django takes no parameter at run time
    """As many as a moderator marks; three are there without a script."""

    form, renderer = PassageForm, get_default_renderer()
    extra, min_num, max_num, absolute_max = 3, 0, 30, 30
    validate_min = validate_max = can_order = can_delete = False
    can_delete_extra = False
    edit_only = False

    def marked(self) -> list[tuple[str, str]]:
        """What was marked, in its order."""
        said = [form.cleaned_data for form in self.forms if form.is_bound and form.cleaned_data.get("words")]
        return [(one["words"], one["why"]) for one in said]


class AnswerForm(forms.Form):
    """What somebody named in a release is told."""

    outcome = forms.ChoiceField(label=_("Quyết định"), widget=forms.RadioSelect, choices=Report.Outcome.choices)
    answer = forms.CharField(
        label=_("Vì sao"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000,
        help_text=_("Người hỏi nhận câu này bằng thư."),
    )  # fmt: skip


class ReportForm(forms.Form):
    """What a reader found wrong, and a field only machines fill in."""

    kind = forms.ChoiceField(choices=Report.Kind.choices, required=False)
    name = forms.CharField(max_length=160, required=False)
    reason = forms.CharField(
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Hãy viết điều bạn thấy chưa đúng.")},
    )
    email = forms.EmailField(
        required=False,
        max_length=254,
        error_messages={"invalid": _("Địa chỉ thư điện tử này chưa đúng; hãy viết như ten@vidu.vn, hoặc để trống.")},
    )
    website = forms.CharField(required=False)  # the honeypot; hidden from people

    def clean_kind(self) -> str:
        """A form of before says nothing of it."""
        return str(self.cleaned_data["kind"] or Report.Kind.ERROR)

    def clean(self) -> dict[str, Any]:
        """Whoever is named says who they are, and where they are answered."""
        said = self.cleaned_data
        if said.get("kind", Report.Kind.ERROR) != Report.Kind.ERROR:
            if not said.get("name", "").strip():
                self.add_error("name", _("Hãy ghi tên người hoặc tổ chức được nêu trong bài."))
            if not said.get("email") and "email" not in self.errors:
                self.add_error("email", _("Hãy ghi thư điện tử để ban biên tập trả lời."))
        return said
