"""The forms of one release page, bound together: the text, what is said about each picture, one more picture."""

from collections.abc import Iterator
from functools import partial
from typing import Any, cast

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from loa.compose.forms.documents import DocumentForm
from loa.compose.forms.facts import Facts
from loa.compose.forms.media import Chosen
from loa.compose.forms.people import QuoteForm
from loa.compose.forms.pictures import OFFERED, NewPictureForm, Pictures
from loa.compose.forms.release import ReleaseForm, initial_of
from loa.compose.forms.rows import Rows
from loa.media import queries as media
from loa.organizations import queries as organizations
from loa.organizations.models import Kind as OrganizationKind
from loa.portals.middleware import portal_of
from loa.releases.actions.merge import Seen
from loa.releases.models import Release


class Sheet:
    """What was typed, in the order of the page; it comes back whole whatever happens."""

    def __init__(self, request: HttpRequest, release: Release) -> None:
        data = request.POST if request.method == "POST" else None
        self.release = release
        self.text = ReleaseForm(
            data,
            initial=initial_of(release) if data is None else {"licence": release.licence},
            portal=portal_of(request),
            may_source=release.organization.kind == OrganizationKind.PORTAL_DESK,
        )
        self.parts = [Facts(data, release), *_rows(data, release)]
        self.pictures = Pictures(data, request.FILES if data is not None else None, release)

    def is_valid(self) -> bool:
        """Every form is asked, so that every sentence is shown at once."""
        answers = [part.is_valid() for part in (self.text, self.pictures, *self.parts)]
        return all(answers)

    def fields(self) -> dict[str, Any]:
        """What the acts take; a picture that could not be read is left out and said on the form."""
        more = {name: value for part in self.parts for name, value in part.fields().items()}
        return {**self.text.typed(), **self.pictures.fields(), **more}

    def typed(self) -> tuple[dict[str, Any], list[str]]:
        """What can be kept of a page that is being written, and the names of what cannot yet; files are left alone."""
        self.text.is_valid()
        unread = [str(self.text.fields[name].label) for name in self.text.errors if name in self.text.fields]
        fields = {**self.text.typed(), "pictures": self.pictures.typed()}
        for part in self.parts:
            if part.is_valid():
                fields |= part.fields()
            else:
                unread.append(str(part.label))
        return fields, unread

    @property
    def seen(self) -> Seen:
        """What its writer had before them."""
        return self.text.seen

    @property
    def new(self) -> NewPictureForm:
        """The form of pictures sent with the page."""
        return self.pictures.new

    def sent(self) -> QueryDict:
        """Everything that was sent; files are kept by then, and named in it."""
        return cast("QueryDict", self.new.data)

    def hold(self) -> None:
        """Keeps what was sent with a page that comes back."""
        self.pictures.hold()

    def say_stale(self, saved: Release) -> None:
        """What was typed stays, and may be saved over what is saved now."""
        self.text.add_error(
            None, _("Có người vừa lưu bản khác. Hãy so hai bản rồi lưu lại; bản của bạn vẫn ở trong ô.")
        )
        typed = self.text.data.copy()  # type: ignore[attr-defined]  # a bound form holds the request's QueryDict
        typed["revision"] = str(saved.revision)
        self.text.data = typed


def _rows(data: Any, release: Release) -> Iterator[Rows | Chosen]:
    """The lists an author adds to, in the order of the page."""
    owner = f"organization:{release.organization_id}"
    yield Chosen(
        "videos", data, release.videos, list(media.videos_of(owner)[:OFFERED]),
        named=partial(media.videos_named, owner), label=_("Video"),
        hint=_("Video hiện dưới bài; chưa có thì gửi tệp hoặc thêm địa chỉ trong thư viện."),
    )  # fmt: skip
    yield Chosen(
        "attachments", data, release.attachments, list(media.attachments_of(owner)[:OFFERED]),
        named=partial(media.attachments_named, owner), label=_("Tài liệu kèm"),
        hint=_("Tệp PDF để người đọc tải về."),
    )  # fmt: skip
    people = list(organizations.speakers(release.organization))
    yield Rows(
        "quotes", QuoteForm, data, release.quotes, label=_("Lời trích"), add=_("Thêm lời trích"), people=people,
        language=release.language,
        hint=_("Viết [trích 1] thành một dòng riêng trong bài để đặt lời thứ nhất ở đó; lời không đặt đứng cuối bài."),
    )  # fmt: skip
    yield Rows(
        "documents", DocumentForm, data, release.documents, label=_("Văn bản được dẫn"), add=_("Thêm văn bản"),
        hint=_("Số, ký hiệu được hiện dưới bài và tìm được: ví dụ 57-KL/TW."),
    )  # fmt: skip
