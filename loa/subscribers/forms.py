"""What readers and the operator may type."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from loa.subscribers import queries
from loa.subscribers.rules import addresses

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
