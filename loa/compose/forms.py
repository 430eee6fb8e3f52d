"""The forms of the writing desk; a draft may be saved with anything missing."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorFormField

from loa.media import queries as pictures
from loa.media.actions.take_in import take_in
from loa.media.errors import NotAPicture
from loa.media.models import Picture
from loa.organizations.models import Kind as OrganizationKind
from loa.organizations.models import Organization
from loa.places import queries as places
from loa.places.models import Place
from loa.portals.models import Portal
from loa.releases.models import Kind, Release
from loa.topics.models import Section, Topic

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "Link": True,
    "Image": True,
    "Caption": True,
    "Figure": True,
}
LARGEST_PICTURE = 20_000_000  # bytes; what is larger is refused before it is opened
LONGEST_BODY = 300_000  # characters; what is longer takes the cleaner too long
FIELDS = (
    *("kind", "language", "headline", "subtitle", "lead", "body_html", "section", "topics", "place"),
    *("dateline", "source_name", "source_url", "contact"),
)


class OrganizationForm(forms.Form):
    """A new sender."""

    name = forms.CharField(label=_("Tên tổ chức"), max_length=200)
    kind = forms.ChoiceField(label=_("Loại hình"), choices=[])
    website = forms.URLField(label=_("Trang web"), required=False, assume_scheme="https", max_length=300)
    city = forms.ModelChoiceField(label=_("Tỉnh, thành phố"), queryset=Place.objects.none(), required=False)
    profile = forms.CharField(label=_("Giới thiệu"), widget=forms.Textarea, max_length=5000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        desk = OrganizationKind.PORTAL_DESK
        self.fields["kind"].choices = [c for c in OrganizationKind.choices if c[0] != desk]  # type: ignore[attr-defined]
        self.fields["city"].queryset = places.today()  # type: ignore[attr-defined]


class ProfileForm(forms.Form):
    """What an organization says about itself; a new logo takes the place of the old one."""

    website = forms.URLField(label=_("Trang web"), required=False, assume_scheme="https", max_length=300)
    city = forms.ModelChoiceField(label=_("Tỉnh, thành phố"), queryset=Place.objects.none(), required=False)
    profile = forms.CharField(label=_("Giới thiệu"), widget=forms.Textarea, max_length=5000, required=False)
    profile_en = forms.CharField(
        label=_("Giới thiệu bằng tiếng Anh"), widget=forms.Textarea, max_length=5000, required=False
    )
    logo = forms.FileField(label=_("Biểu trưng (ảnh vuông; JPEG, PNG, WebP)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["city"].queryset = places.today()  # type: ignore[attr-defined]


class InviteForm(forms.Form):
    """A colleague."""

    email = forms.EmailField(label=_("Thư điện tử của đồng nghiệp"), max_length=254)


class ReleaseForm(forms.Form):
    """The text with its pictures; `revision` says which text it was made from."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Thể loại"), choices=Kind.choices)
    language = forms.ChoiceField(label=_("Ngôn ngữ"), choices=[("vi", "Tiếng Việt"), ("en", "English")])
    headline = forms.CharField(label=_("Tiêu đề"), max_length=300, required=False)
    subtitle = forms.CharField(label=_("Tiêu đề phụ"), max_length=300, required=False)
    lead = forms.CharField(label=_("Sapo"), widget=forms.Textarea(attrs={"rows": 4}), max_length=3000, required=False)
    body_html = ProseEditorFormField(
        label=_("Nội dung"), extensions=EXTENSIONS, max_length=LONGEST_BODY, required=False
    )
    section = forms.ModelChoiceField(label=_("Chuyên mục"), queryset=Section.objects.none(), required=False)
    topics = forms.ModelMultipleChoiceField(label=_("Chủ đề"), queryset=Topic.objects.none(), required=False)
    place = forms.ModelChoiceField(label=_("Nơi chốn"), queryset=Place.objects.none(), required=False)
    dateline = forms.CharField(label=_("Địa điểm, ngày"), max_length=160, required=False)
    source_name = forms.CharField(label=_("Nguồn tin"), max_length=160, required=False)
    source_url = forms.URLField(label=_("Địa chỉ nguồn"), max_length=500, required=False, assume_scheme="https")
    contact = forms.CharField(
        label=_("Liên hệ báo chí"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
    )

    def __init__(self, *args: Any, portal: Portal, may_source: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_source:
            self.fields["kind"].choices = [c for c in Kind.choices if c[0] != Kind.SOURCED]  # type: ignore[attr-defined]
        self.fields["section"].queryset = Section.objects.filter(portal=portal)  # type: ignore[attr-defined]
        self.fields["topics"].queryset = Topic.objects.filter(parent=None)  # type: ignore[attr-defined]
        self.fields["place"].queryset = places.today()  # type: ignore[attr-defined]
        language = get_language() or portal.language
        self.fields["section"].label_from_instance = lambda section: section.name(language)  # type: ignore[attr-defined]
        self.fields["topics"].label_from_instance = lambda topic: topic.label(language)  # type: ignore[attr-defined]

    def typed(self) -> dict[str, Any]:
        """The fields as the act of saving takes them."""
        return {name: self.cleaned_data[name] for name in FIELDS}


class PictureForm(forms.Form):
    """What is said about one picture."""

    alt = forms.CharField(label=_("Mô tả cho người không nhìn thấy ảnh"), max_length=300, required=False)
    caption = forms.CharField(label=_("Chú thích"), max_length=500, required=False)
    credit = forms.CharField(label=_("Nguồn ảnh"), max_length=200, required=False)
    is_removed = forms.BooleanField(label=_("Bỏ ảnh này"), required=False)


class NewPictureForm(PictureForm):
    """One more picture; it is written anew when it comes in."""

    is_removed = None  # type: ignore[assignment]  # a new picture is not removed
    kept = forms.CharField(widget=forms.HiddenInput, required=False)  # one that came with a page that came back
    file = forms.FileField(label=_("Thêm ảnh (JPEG, PNG, WebP; tới 20 MB)"), required=False)
    field_order = ("file", "alt", "caption", "credit", "kept")
    picture: Picture | None = None

    def clean(self) -> dict[str, Any]:
        """Words about a picture need a picture: nobody should believe they were saved."""
        typed = super().clean() or self.cleaned_data
        has_words = any(typed.get(name) for name in ("alt", "caption", "credit"))
        if has_words and not typed.get("file") and not typed.get("kept") and "file" not in self.errors:
            self.add_error("file", _("Hãy chọn tệp ảnh cho những lời này, hoặc xóa chúng."))
        return typed

    def take(self, organization: Organization) -> dict[str, Any] | None:
        """The picture for the release, or None: no file, or one that is no picture (then said on the form)."""
        picture = self.picture = self.picture or self._taken_in(f"organization:{organization.pk}")
        if picture is None:
            return None
        typed = self.data.copy()  # type: ignore[attr-defined]  # a bound form holds the request's QueryDict
        typed[self.add_prefix("kept")] = picture.public_id
        self.data = typed
        said = {name: self.cleaned_data[name] for name in ("alt", "caption", "credit")}
        return {
            "url": picture.get_absolute_url(), "width": picture.width, "height": picture.height, "bytes": picture.size,
            **said,
        }  # fmt: skip

    def _taken_in(self, owner_key: str) -> Picture | None:
        upload = self.cleaned_data.get("file")
        if upload is None:
            return pictures.get_for_owner(owner_key, self.cleaned_data["kept"])
        try:
            if upload.size > LARGEST_PICTURE:
                raise NotAPicture
            return take_in(upload.read(), owner_key=owner_key, credit=self.cleaned_data["credit"])
        except NotAPicture:
            self.add_error("file", _("Tệp này không phải ảnh đọc được hoặc quá lớn. Hãy gửi JPEG, PNG hay WebP."))
            return None


class CorrectForm(forms.Form):
    """Why a published text changes."""

    reason = forms.CharField(label=_("Lý do đính chính"), max_length=300)
    note = forms.CharField(
        label=_("Lời ghi công khai"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
    )


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
    return {**values, "topics": list(release.topics.all()), "revision": release.revision}
