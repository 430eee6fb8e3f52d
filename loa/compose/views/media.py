"""Doors of an organization's library: see what is there, send more, say what it shows, throw it away."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from loa.compose import queries as compose
from loa.compose.forms.media import AttachmentForm, PictureWordsForm, UploadForm, VideoForm, VideoLinkForm
from loa.compose.forms.pictures import PictureForm, may_send, prefix_of
from loa.compose.views.kept import for_writers
from loa.compose.views.organizations import library_or_404, organization_or_404, said_of_suspended
from loa.compose.views.received import Received, receive, refused
from loa.media import queries
from loa.media.actions.attach import retitle
from loa.media.actions.describe import describe
from loa.media.actions.describe_video import describe_video
from loa.media.actions.take_in import take_in
from loa.media.actions.take_in_video import link_video
from loa.media.actions.throw_away import throw_away
from loa.media.errors import InUse, NotAFilm, NotAPicture, StorageFull, UnknownPlayer
from loa.media.models import Attachment, Picture, Video
from loa.media.rules import why_full
from loa.organizations.models import Organization
from loa.organizations.queries import is_suspended

PAGE = 48


def key_of(organization: Organization) -> str:
    """The owner's key of its files."""
    return f"organization:{organization.pk}"


@for_writers
def library(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything the organization has sent, the newest first, found by words."""
    return _library(request, library_or_404(request, slug))


def _library(
    request: HttpRequest, organization: Organization, link: VideoLinkForm | None = None, status: int = 200
) -> HttpResponse:
    words, is_unused = request.GET.get("q", "").strip()[:100], request.GET.get("unused") == "1"
    key = key_of(organization)
    pictures, videos, attachments = (
        queries.pictures_of(key, words), queries.videos_of(key, words), queries.attachments_of(key, words),
    )  # fmt: skip
    if is_unused:
        pictures, videos, attachments = queries.unused(pictures), queries.unused(videos), queries.unused(attachments)
    page = Paginator(pictures, PAGE).get_page(request.GET.get("page"))
    context = {
        "organization": organization, "words": words, "page": page, "pictures": page.object_list,
        "videos": videos[:PAGE], "attachments": attachments[:PAGE], "is_unused": is_unused,
        "storage": queries.storage_of(key), "upload": UploadForm(), "link": link or VideoLinkForm(),
        "is_suspended": organization.suspended_at is not None,
    }  # fmt: skip
    return render(request, "compose/media.html", context, status=status)


@csrf_exempt
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Takes files in. Who asks is looked at before the first byte of a large body is read."""
    if request.method != "POST":
        raise Http404
    if not request.user.is_authenticated:
        return JsonResponse({"sentence": _("Phiên làm việc đã hết. Hãy đăng nhập lại rồi gửi tiếp.")}, status=403)
    organization = library_or_404(request, slug)
    request.upload_handlers = [TemporaryFileUploadHandler(request)]  # to disk, not into memory
    return _uploaded(request, organization)


@csrf_protect
def _uploaded(request: HttpRequest, organization: Organization) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    files = form.cleaned_data["uploads"] if form.is_valid() else []
    if is_suspended(organization):
        received = [refused(file.name, said_of_suspended()) for file in files]
    else:
        received = [_received(request, organization, file) for file in files]
    if "application/json" in request.headers.get("Accept", ""):
        for_release = request.POST.get("for") == "release"
        return JsonResponse(
            {"files": [_plain(request, organization, one, for_release=for_release) for one in received]}
        )
    for one in received or [refused("", _("Hãy chọn ít nhất một tệp."))]:
        (messages.success if one.file else messages.error)(request, one.sentence)
    return redirect("compose:media", organization.slug)


def _received(request: HttpRequest, organization: Organization, file: Any) -> Received:
    if not may_send(key_of(organization)):
        return refused(file.name, _("Tổ chức đã gửi quá nhiều tệp trong một giờ. Hãy gửi tiếp sau."))
    return receive(file, owner_key=key_of(organization))


def _plain(request: HttpRequest, organization: Organization, one: Received, *, for_release: bool) -> dict[str, Any]:
    """One file as the page's script takes it: what happened in a sentence, and the piece of page that shows it."""
    html = ""
    if one.file is not None:
        context: dict[str, Any] = {"organization": organization, "file": one.file, "kind": one.kind, "is_chosen": True}
        if for_release and isinstance(one.file, Picture):
            shown = one.file.shown()
            form = PictureForm(initial=shown, prefix=prefix_of(shown))
            context |= {"picture": shown, "form": form, "added": one.file.public_id}
            html = render_to_string("compose/_picture.html", context, request)
        else:
            template = "compose/_media_choice.html" if for_release else "compose/_media_card.html"
            html = render_to_string(template, context, request)
    url = one.file.get_absolute_url() if one.file else ""
    return {
        "name": one.name, "is_kept": one.file is not None, "sentence": one.sentence, "kind": one.kind, "url": url,
        "html": html,
    }  # fmt: skip


@for_writers
@require_POST
def link(request: HttpRequest, slug: str) -> HttpResponse:
    """A video at YouTube's or Vimeo's."""
    organization = library_or_404(request, slug)
    form = VideoLinkForm(request.POST)
    if form.is_valid():
        if is_suspended(organization):
            form.add_error(None, said_of_suspended())
        else:
            try:
                made = link_video(
                    form.cleaned_data["address"], owner_key=key_of(organization), title=form.cleaned_data["title"]
                )
            except UnknownPlayer:
                form.add_error("address", _("Đây không phải địa chỉ một video trên YouTube hay Vimeo."))
            else:
                messages.success(request, _("Đã thêm video."))
                return redirect("compose:media_file", slug, made.public_id)
    return _library(request, organization, form, status=400)


@for_writers
def one(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One file: what it shows, where it is used, and the words about it."""
    organization = library_or_404(request, slug)
    file = _file(organization, public_id)
    if isinstance(file, Picture):
        return _picture(request, organization, file)
    return _video(request, organization, file) if isinstance(file, Video) else _attachment(request, organization, file)


def _file(organization: Organization, public_id: str) -> Picture | Video | Attachment:
    key = key_of(organization)
    found = (
        queries.get_for_owner(key, public_id)
        or queries.video_for_owner(key, public_id)
        or queries.attachment_for_owner(key, public_id)
    )
    if found is None:
        raise Http404
    return found


def _picture(request: HttpRequest, organization: Organization, picture: Picture) -> HttpResponse:
    form = PictureWordsForm(request.POST or None, picture=picture)
    if form.is_valid() and _may_change(organization, form):
        describe(picture, **form.said())
        return _saved(request, organization, picture)
    return _shown(request, organization, picture, form, "compose/media_picture.html")


def _video(request: HttpRequest, organization: Organization, video: Video) -> HttpResponse:
    form = VideoForm(request.POST or None, request.FILES or None, video=video)
    if form.is_valid() and _may_change(organization, form):
        said = dict(form.cleaned_data)
        poster, captions = said.pop("poster"), said.pop("captions", None)
        try:
            picture = take_in(poster.read(), owner_key=key_of(organization), name=poster.name) if poster else None
            describe_video(video, **said, poster=picture, captions=captions.read() if captions else None)
            return _saved(request, organization, video)
        except NotAPicture:
            form.add_error("poster", _("Tệp này không phải ảnh đọc được hoặc quá lớn. Hãy gửi JPEG, PNG hay WebP."))
        except StorageFull as fact:
            form.add_error("poster" if poster else "captions", why_full(fact))
        except NotAFilm:
            form.add_error("captions", _("Tệp này không phải phụ đề WebVTT: dòng đầu là WEBVTT, rồi thời gian và lời."))
    return _shown(request, organization, video, form, "compose/media_video.html")


def _attachment(request: HttpRequest, organization: Organization, attachment: Attachment) -> HttpResponse:
    form = AttachmentForm(request.POST or None, initial={"title": attachment.title})
    if form.is_valid() and _may_change(organization, form):
        retitle(attachment, title=form.cleaned_data["title"])
        return _saved(request, organization, attachment)
    return _shown(request, organization, attachment, form, "compose/media_attachment.html")


def _may_change(organization: Organization, form: Any) -> bool:
    if is_suspended(organization):
        form.add_error(None, said_of_suspended())
    return bool(form.is_valid())


def _saved(request: HttpRequest, organization: Organization, file: Picture | Video | Attachment) -> HttpResponse:
    messages.success(request, _("Đã lưu."))
    return redirect("compose:media_file", organization.slug, file.public_id)


def _shown(
    request: HttpRequest, organization: Organization, file: Picture | Video | Attachment, form: Any, template: str
) -> HttpResponse:
    uses, is_unused = compose.uses_of(file.public_id), request.GET.get("unused") == "1"
    context = {"organization": organization, "file": file, "form": form, "uses": uses, "is_unused": is_unused}
    return render(request, template, context, status=400 if form.is_bound else 200)


@for_writers
@require_POST
def throw_one_away(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """For good, and only what nobody uses."""
    organization = organization_or_404(request, slug)
    file = _file(organization, public_id)
    try:
        throw_away(file)
    except InUse:
        messages.error(request, _("Tệp này đang được dùng nên không xóa được."))
        return redirect("compose:media_file", slug, public_id)
    messages.success(request, _("Đã xóa."))
    library = reverse("compose:media", args=[slug])
    return redirect(f"{library}?unused=1" if "unused" in request.POST else library)
