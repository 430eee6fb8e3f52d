"""The search page, and what is offered while somebody types."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.archive import queries as archive
from loa.archive.models import Entry, State
from loa.lib.slugs import slugify
from loa.lib.vietnamese import kept
from loa.pages import rules
from loa.pages.views.answers import page
from loa.pages.views.facets import FACETS, facets, rounded, with_changes
from loa.portals.middleware import portal_of
from loa.portals.models import Portal
from loa.search import queries as finding
from loa.search.errors import IndexUnavailable
from loa.search.results import highlight, snippet
from loa.search.tree import Question, Remark
from loa.topics import queries as topics
from loa.ui.language import language_of

LONGEST = 400
EXACT = 1_000  # up to here the number of results is given as it is
LOOKED_THROUGH = 1_000  # newest headlines, where there is no index
PLAIN = 20


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search over everything published, with filters."""
    asked = _asked(request)
    context: dict[str, Any] = {"asked": asked, "is_rebuilding": False, "hidden": _hidden(asked)}
    portal, language = portal_of(request), language_of(request)
    try:
        found = finding.search(portal.pk, asked["q"], finding.Narrowing.said_by(asked), _part(request, asked))
    except IndexUnavailable:
        plain = _without_index(portal, asked["q"], language)
        context |= {"is_rebuilding": True, "results": [_result(entry, asked["q"]) for entry in plain]}
        answer = page(request, "pages/search.html", context, ["search"])
        answer["Cache-Control"] = "no-cache, public"  # nobody shows it again without asking: the index may be back
        return answer
    shown = _shown(portal, found, language)
    context |= {
        "found": found,
        "results": [_result(entry, found.question) for entry in shown],
        "facets": facets(portal, found.facets, asked, language, is_about=found.is_about),
        "said": [_sentence(remark) for remark in (*_too_long(request), *found.question.remarks)],
        "meant": {"text": found.meant, "path": with_changes(asked, q=found.meant)} if found.meant else None,
        "count": _count(found.entries, is_about=found.is_about),
        "sorts": _sorts(asked, found),
        "feed": "/search/feed",
        "feed_query": with_changes(asked, sort=""),
        **_ways(asked, found),
    }
    return page(request, "pages/search.html", context, ["search"])


def _asked(request: HttpRequest) -> dict[str, str]:
    asked = {key: kept(request.GET.get(key, "")).strip()[:LONGEST] for key in ("q", *FACETS)}
    return {**asked, "sort": "date" if request.GET.get("sort") == "date" else ""}


def _too_long(request: HttpRequest) -> list[Remark]:
    """Says that the end of what was asked is neither looked for nor shown again."""
    return [Remark("long", str(LONGEST))] if len(kept(request.GET.get("q", "")).strip()) > LONGEST else []


def _hidden(asked: dict[str, str]) -> list[tuple[str, str]]:
    """What a new search keeps of the one before."""
    return [(name, value) for name, value in asked.items() if value and name != "q"]


def _part(request: HttpRequest, asked: dict[str, str]) -> finding.Page:
    number = int(text) if (text := request.GET.get("page", "")).isdecimal() and len(text) < 5 else 1
    return finding.Page(
        sort=asked["sort"],
        number=number,
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
    )


def _shown(portal: Portal, found: finding.SearchResult, language: str) -> list[Entry]:
    """Each entry once, in the page's language where it has it, else in the language that was found."""
    rows = archive.with_texts(archive.found_at(portal.pk, found.ids), language)
    entries = {entry.public_id: entry for entry in rows}
    archive.told_apart(entries.values(), portal)
    hits = {hit.public_id: hit.language for hit in reversed(found.hits)}  # the best of an entry's texts stays
    for entry in entries.values():
        entry.current = archive.text_of(entry)
    own = {pk: entry.current.language for pk, entry in entries.items() if entry.current is not None}
    strange = {pk for pk, code in own.items() if language != code != hits[pk]}
    others = archive.texts_in([entries[pk] for pk in strange], {hits[pk] for pk in strange})
    for pk in strange:
        matched = [text for text in others[entries[pk].pk] if text.language == hits[pk]]
        entries[pk].current = matched[0] if matched else entries[pk].current
    return [entries[public_id] for public_id in found.ids if public_id in entries]


def _result(entry: Entry, words: str | Question) -> dict[str, Any]:
    version = entry.current
    assert version is not None  # noqa: S101 (public entries have a text; said for the type checker)
    return {
        "entry": entry,
        "headline": highlight(version.headline, words),
        "snippet": snippet(version.lead + " " + version.body_text, words),
    }


def _without_index(portal: Portal, words: str, language: str) -> list[Entry]:
    """What the database can give meanwhile: of the newest, those with all the words in their headline."""
    newest = archive.public(portal.pk).values_list("public_id", "current__headline")[:LOOKED_THROUGH]
    ids = [public_id for public_id, headline in newest if finding.has_words(headline, words)][:PLAIN]
    rows = archive.with_texts(archive.among(portal.pk, ids).filter(state=State.PUBLISHED), language)
    entries = {entry.public_id: entry for entry in rows}
    for entry in entries.values():
        entry.current = archive.text_of(entry)
    return [entries[one] for one in ids if one in entries]


def _count(total: int, *, is_about: bool = False) -> dict[str, Any]:
    """The number of results; a large one is rounded to its first two figures."""
    if total <= EXACT and not is_about:
        return {"number": total, "is_about": False}
    return {"number": rounded(total), "is_about": True}


def _sorts(asked: dict[str, str], found: finding.SearchResult) -> list[dict[str, Any]]:
    """Best or newest first; without words there is no best."""
    if not found.question.wanted():
        return []
    names = {"": _("Phù hợp nhất"), "date": _("Mới nhất")}
    return [
        {"name": name, "path": with_changes(asked, sort=sort), "is_on": asked["sort"] == sort}
        for sort, name in names.items()
    ]


def _ways(asked: dict[str, str], found: finding.SearchResult) -> dict[str, str]:
    """The pages around this one: by number, or by date below and above a cursor."""
    if found.is_by_date:
        older = with_changes(asked, before=found.older) if found.older else ""
        return {"next": older, "previous": with_changes(asked, after=found.newer) if found.newer else ""}
    following = with_changes(asked, page=str(found.page + 1)) if found.has_next else ""
    before = "" if found.page == 2 else str(found.page - 1)
    return {"next": following, "previous": with_changes(asked, page=before) if found.page > 1 else ""}


def _sentence(remark: Remark) -> str:
    """What was not understood, and what was done instead."""
    about = {
        "date": _(
            "“%(text)s” không phải là ngày, nên được tìm như chữ thường. Hãy viết như từ:2023 hay từ:11/10/2023."
        ),
        "kind": _("Không có thể loại nào tên như trong “%(text)s”, nên được tìm như chữ thường."),
        "language": _("Không rõ ngôn ngữ nào trong “%(text)s”, nên được tìm như chữ thường."),
        "name": _("Không có bộ lọc nào tên là “%(text)s”, nên được tìm như chữ thường."),
        "quote": _("Thiếu dấu ngoặc kép đóng sau “%(text)s”, nên các từ này được tìm riêng."),
        "or": _("“%(text)s” cần có từ ở cả hai bên, nên được bỏ qua."),
        "empty": _("Sau “%(text)s” chưa có gì, nên được tìm như chữ thường."),
        "long": _("Câu tìm quá dài: chỉ %(text)s ký tự đầu được dùng."),
        "many": _("Câu tìm có quá nhiều từ: chỉ %(text)s từ đầu được dùng."),
        "parts": _("Câu tìm có quá nhiều phần: chỉ %(text)s phần đầu của mỗi loại được dùng."),
    }
    return about[remark.about] % {"text": remark.text}


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Organizations, topics and headlines that go on like what was typed so far."""
    portal, language, prefix = portal_of(request), language_of(request), str(getattr(request, "prefix", ""))
    text = kept(request.GET.get("q", "")).strip()[:LONGEST]
    try:
        found = finding.suggest(portal, text, language)
    except IndexUnavailable:
        found = finding.Suggestions()
    said = {
        "organizations": [{"name": name, "path": f"{prefix}/o/{slug}"} for name, slug in found.senders],
        "topics": [{"name": name, "path": f"{prefix}{path}"} for name, path in _topics(portal, found, language)],
        "headlines": _headlines(portal, found.headlines, language),
    }
    return rules.public(request, JsonResponse(said, json_dumps_params={"ensure_ascii": False}), ["search"])


def _topics(portal: Portal, found: finding.Suggestions, language: str) -> Iterable[tuple[str, str]]:
    for one in topics.by_qcode(found.topics):
        yield topics.heading(one, language), f"/t/{one.qcode}/{slugify(one.label(portal.language))}"


def _headlines(portal: Portal, ids: Iterable[str], language: str) -> list[dict[str, str]]:
    rows = archive.with_texts(archive.found_at(portal.pk, list(ids)), language)
    archive.told_apart(rows, portal)
    texts = [(entry, version) for entry in rows if (version := archive.text_of(entry)) is not None]
    return [{"name": version.headline, "path": archive.link(entry, version)} for entry, version in texts]
