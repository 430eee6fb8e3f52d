"""Forms of requests: the public one, and what the operator writes."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from loa.privacy.models import Outcome, Wish
from loa.privacy.rules import MOST_DAYS_MORE

_LONGEST = 4000


class AskForm(forms.Form):
    """What somebody wants, and a field only machines fill in."""

    wish = forms.ChoiceField(label=_("Bạn muốn gì"), choices=Wish.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Họ và tên"), max_length=120)
    email = forms.EmailField(
        label=_("Thư điện tử"), max_length=254,
        help_text=_("Địa chỉ mà cổng biết bạn, nếu có. Chúng tôi gửi thư tới đó để chắc là bạn hỏi."),
    )  # fmt: skip
    said = forms.CharField(
        label=_("Dữ liệu nào, ở đâu"), max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Thí dụ: tên tôi trong thông cáo nào, sửa thế nào cho đúng. Đừng gửi ảnh giấy tờ tùy thân."),
    )  # fmt: skip
    website = forms.CharField(required=False)  # the honeypot; hidden from people


class AnswerForm(forms.Form):
    """Words that go to the person."""

    text = forms.CharField(label=_("Lời trả lời"), max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 4}))


class ExtendForm(forms.Form):
    """A later date, and the reason, which goes to the person."""

    until = forms.DateField(
        label=_("Ngày mới"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=format_lazy(_("Muộn hơn hạn đang có, nhiều nhất {days} ngày."), days=MOST_DAYS_MORE),
    )  # fmt: skip
    text = forms.CharField(label=_("Vì sao"), max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 3}))


class NoteForm(forms.Form):
    """Words for ourselves."""

    text = forms.CharField(label=_("Ghi chú"), max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 2}))


class CloseForm(forms.Form):
    """How it ended, and words that go to the person."""

    outcome = forms.ChoiceField(label=_("Kết quả"), choices=Outcome.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Đã làm gì, hoặc vì sao không"), max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )
