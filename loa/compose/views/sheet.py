"""The forms of one release page, bound together: the text, what is said about each picture, one more picture."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from loa.compose.forms.documents import DocumentForm
from loa.compose.forms.pictures import NewPictureForm, PictureForm
from loa.compose.forms.release import ReleaseForm, initial_of
from loa.compose.forms.rows import Rows
from loa.compose.views.organizations import portal_of
from loa.organizations.models import Kind as OrganizationKind
from loa.releases.models import Release

SAID = ("alt", "caption", "credit")


class Sheet:
    """What was typed, in the order of the page; it comes back whole whatever happens."""

    def __init__(self, request: HttpRequest, release: Release) -> None:
        data = request.POST if request.method == "POST" else None
        self.release = release
        self.text = ReleaseForm(
            data,
            initial=initial_of(release),
            portal=portal_of(request),
            may_source=release.organization.kind == OrganizationKind.PORTAL_DESK,
        )
        self.parts = [*_rows(data, release)]
        self.pictures = [_about(picture, data) for picture in release.pictures]
        self.new = NewPictureForm(data, request.FILES if data is not None else None, prefix="new")

    def is_valid(self) -> bool:
        """Every form is asked, so that every sentence is shown at once."""
        answers = [form.is_valid() for form in (self.text, self.new, *self.pictures)]
        return all([*answers, *[part.is_valid() for part in self.parts]])

    def fields(self) -> dict[str, Any]:
        """What the acts take; a picture that could not be read is left out and said on the form."""
        kept = []
        for picture, form in self.rows():
            said = dict(form.cleaned_data)
            if not said.pop("is_removed"):
                kept.append({**picture, **said})
        new = self.new.take(self.release.organization)
        # The same photograph sent twice stands once, with what was said last.
        pictures = {picture["url"]: picture for picture in [*kept, *([new] if new else [])]}
        more = {name: value for part in self.parts for name, value in part.fields().items()}
        return {**self.text.typed(), "pictures": list(pictures.values()), **more}

    def rows(self) -> list[tuple[dict[str, Any], PictureForm]]:
        """Each picture beside its form."""
        return list(zip(self.release.pictures, self.pictures, strict=True))

    def hold(self) -> None:
        """Keeps a picture sent with a page that comes back: a browser does not send a file twice by itself."""
        if self.new.is_bound and self.new.is_valid():
            self.new.take(self.release.organization)

    def say_stale(self, saved: Release) -> None:
        """What was typed stays, and may be saved over what is saved now."""
        self.text.add_error(
            None, _("Có người vừa lưu bản khác. Hãy so hai bản rồi lưu lại; bản của bạn vẫn ở trong ô.")
        )
        typed = self.text.data.copy()  # type: ignore[attr-defined]  # a bound form holds the request's QueryDict
        typed["revision"] = str(saved.revision)
        self.text.data = typed


def _rows(data: Any, release: Release) -> Iterator[Rows]:
    """The lists an author adds to, in the order of the page."""
    yield Rows(
        "documents", DocumentForm, data, release.documents, label=_("Văn bản được dẫn"), add=_("Thêm văn bản"),
        hint=_("Số, ký hiệu được hiện dưới bài và tìm được: ví dụ 57-KL/TW."),
    )  # fmt: skip


def _about(picture: dict[str, Any], data: Any) -> PictureForm:
    """The form of one picture, by its name and not its place: somebody may add or remove another meanwhile."""
    prefix = f"picture-{PurePosixPath(str(picture['url'])).stem}"
    if data is not None and f"{prefix}-alt" not in data:  # added by somebody else since: what they said stands
        data = {f"{prefix}-{name}": picture.get(name, "") for name in SAID}
    return PictureForm(data, initial=picture, prefix=prefix)
