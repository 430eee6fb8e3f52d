"""The text of a release, and what is asked when it changes or goes."""

from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from loa.archive.models import Licence
from loa.compose.forms.editor import editor_field
from loa.lib import languages, reading
from loa.lib.tokens import random_id
from loa.lib.word import LONGEST_BODY
from loa.places.forms import PlaceField
from loa.portals.models import Portal
from loa.releases.actions.merge import Seen
from loa.releases.models import Kind, Release
from loa.topics.forms import TopicsField
from loa.topics.models import Section

FIELDS = (
    *("kind", "language", "headline", "subtitle", "lead", "body_html", "section", "topics", "place"),
    *("dateline", "source_name", "source_url", "contact", "licence", "is_ai"),
)


class ReleaseForm(forms.Form):
    """The text with its pictures; `revision` says which text it was made from."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    page = forms.CharField(widget=forms.HiddenInput, max_length=30, required=False)
    kind = forms.ChoiceField(label=_("Thể loại"), choices=Kind.choices)
    language = forms.ChoiceField(label=_("Ngôn ngữ"), choices=[(one.code, one.own) for one in languages.ALL])
    headline = forms.CharField(label=_("Tiêu đề"), max_length=300, required=False)
    subtitle = forms.CharField(label=_("Tiêu đề phụ"), max_length=300, required=False)
    lead = forms.CharField(
        label=_("Sapo"), widget=forms.Textarea(attrs={"rows": 4}), max_length=3000, required=False,
        help_text=_("Một hai câu nói điều chính: ai, làm gì, ở đâu, khi nào. Hiện ở danh sách và trong thư."),
    )  # fmt: skip
    body_html = editor_field(_("Nội dung"))
    section = forms.ModelChoiceField(
        label=_("Chuyên mục"), queryset=Section.objects.none(), required=False, empty_label=_("Chọn chuyên mục")
    )
    topics = TopicsField(label=_("Chủ đề"), required=False)
    place = PlaceField(label=pgettext_lazy("một nơi", "Nơi chốn"), required=False)
    dateline = forms.CharField(
        label=_("Địa điểm, ngày"), max_length=160, required=False,
        help_text=_("Đứng đầu bài. Thí dụ: Hà Nội, ngày 12 tháng 3."),
    )  # fmt: skip
    source_name = forms.CharField(label=_("Nguồn tin"), max_length=160, required=False)
    source_url = forms.URLField(label=_("Địa chỉ nguồn"), max_length=500, required=False, assume_scheme="https")
    contact = forms.CharField(
        label=_("Liên hệ báo chí"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False,
        help_text=_("Tên, điện thoại, thư điện tử của người trả lời nhà báo. Ai cũng đọc được dưới bài."),
    )  # fmt: skip

    is_ai = forms.BooleanField(
        label=_("Văn bản do AI viết, toàn bộ hay một phần"), required=False,
        help_text=_(
            "Luật buộc khai. Người đọc thấy một dòng dưới tiêu đề, máy thấy trong mã trang. Ảnh thì khai ở thư viện."
        ),
    )  # fmt: skip
    licence = forms.ChoiceField(label=_("Ai được đăng lại"), choices=Licence.choices, required=False)

    def __init__(self, *args: Any, portal: Portal, may_source: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_source:
            self.fields["kind"].choices = [c for c in Kind.choices if c[0] != Kind.SOURCED]  # type: ignore[attr-defined]
        self.fields["section"].queryset = Section.objects.filter(portal=portal)  # type: ignore[attr-defined]
        language = get_language() or portal.language
        self.fields["section"].label_from_instance = lambda section: section.name(language)  # type: ignore[attr-defined]

    def clean_licence(self) -> str:
        """A page that does not ask leaves the licence as it is."""
        return str(self.cleaned_data["licence"] or self.initial.get("licence") or Licence.CREDIT)

    def typed(self) -> dict[str, Any]:
        """The fields as the act of saving takes them; after a wrong one, those that are right."""
        return {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}

    @property
    def speed(self) -> tuple[int, bool]:
        """How much of the text's language is read in a minute, and whether that is letters."""
        return reading.speed(str(self["language"].value() or "vi"))

    @property
    def seen(self) -> Seen:
        """What its writer had before them."""
        return Seen(self.cleaned_data.get("revision") or 0, self.cleaned_data.get("page", ""))


class CorrectForm(forms.Form):
    """Why a published text changes."""

    reason = forms.CharField(
        label=_("Lý do đính chính"), max_length=300,
        help_text=_("Người đọc thấy câu này dưới bài, cạnh số phiên bản. Ví dụ: ghi đúng số liệu quý ba."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Lời ghi công khai"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False,
        help_text=_("Nếu cần nói thêm với người đọc; để trống cũng được."),
    )  # fmt: skip


class WithdrawForm(forms.Form):
    """What stays at the address."""

    statement = forms.CharField(
        label=_("Vì sao rút"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("Người đọc thấy câu này ở địa chỉ cũ."),
    )


class KeepForm(forms.Form):
    """The first words, before there is an account."""

    headline = forms.CharField(label=_("Tiêu đề"), max_length=300)
    body_html = forms.CharField(label=_("Nội dung"), widget=forms.Textarea, max_length=LONGEST_BODY, required=False)


def initial_of(release: Release) -> dict[str, Any]:
    """A release as its form shows it."""
    values = {name: getattr(release, name) for name in FIELDS if name != "topics"}
    topics = list(release.topics.all())
    return {**values, "topics": topics, "revision": release.revision, "page": random_id()}
