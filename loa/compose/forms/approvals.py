"""Who is asked to approve a text."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.accounts.models import Person


class AskForm(forms.Form):
    """A colleague of the list, or the name and address of somebody without an account."""

    member = forms.ModelChoiceField(
        label=_("Đồng nghiệp"), queryset=Person.objects.none(), required=False, empty_label=_("Người ngoài tài khoản")
    )
    name = forms.CharField(label=_("Tên"), max_length=120, required=False)
    email = forms.EmailField(label=_("Thư điện tử"), max_length=254, required=False)

    def __init__(self, *args: Any, approvers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = approvers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Somebody without an account needs both a name and an address."""
        typed = super().clean() or self.cleaned_data
        if not typed.get("member"):
            if not typed.get("name"):
                self.add_error("name", _("Hãy ghi tên người duyệt."))
            if not typed.get("email") and "email" not in self.errors:
                self.add_error("email", _("Hãy ghi thư điện tử của người duyệt."))
        return typed
