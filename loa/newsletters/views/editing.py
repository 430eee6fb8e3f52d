"""The page an issue is written on: its words, and its entries in their order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from loa.accounts.views import actor_of, for_staff
from loa.archive import queries as archive
from loa.archive.models import Entry, Version
from loa.archive.models import State as Shown
from loa.newsletters import emails, queries, rules, sheet
from loa.newsletters.actions.edit import Line, edit
from loa.newsletters.errors import StaleRevision, WrongState
from loa.newsletters.forms import IssueForm
from loa.newsletters.models import Issue, IssueItem, State
from loa.newsletters.views.doors import issue_of
from loa.newsletters.views.sending import watch

# Where each button of the page leads after saving.
WAYS = {"pick": "newsletters:pick", "preview": "newsletters:preview", "send": "newsletters:send"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An entry on the page, with what was typed or is kept of it."""

    line: Line
    entry: Entry
    text: Version | None
    saved: IssueItem
    is_changed: bool = False  # somebody else saved other words meanwhile

    @property
    def is_withdrawn(self) -> bool:
        """Readers can no longer read it; it will not be in the mail."""
        return self.entry.state != Shown.PUBLISHED


@for_staff
def issue(request: HttpRequest, public_id: str) -> HttpResponse:
    """A draft is written; whatever is on its way is watched."""
    found = issue_of(request, public_id)
    if found.state != State.DRAFT:
        return watch(request, found)
    if request.method != "POST":
        form = IssueForm(initial={name: getattr(found, name) for name in IssueForm.base_fields})
        return _page(request, found, form, _rows(found))
    return _save(request, found)


def _save(request: HttpRequest, issue: Issue) -> HttpResponse:
    form, lines = IssueForm(request.POST), _lines(request.POST)
    verb, _sep, key = request.POST.get("do", "").partition("-")
    if not form.is_valid():
        return _page(request, issue, form, _rows(issue, lines), status=422)
    words, revision = form.words, form.cleaned_data["revision"]
    item = int(key) if key.isdecimal() and len(key) < 19 else 0
    removed = [item] if verb == "remove" else []
    ordered = moved(lines, item, verb)
    try:
        edit(actor_of(request), issue, words=words, lines=ordered, removed=removed, expected_revision=revision)
    except StaleRevision:
        return _stale(request, issue_of(request, issue.public_id), form, lines)
    except WrongState:
        messages.error(request, _("Số này đang được gửi nên không sửa được nữa; điều bạn vừa viết chưa được lưu."))
        return _page(request, issue, form, _rows(issue, lines), status=409)
    if verb in WAYS:
        return redirect(WAYS[verb], issue.public_id)
    messages.success(request, _("Đã bỏ một tin.") if removed else _("Đã lưu."))
    answer = redirect("newsletters:issue", issue.public_id)
    if verb in ("up", "down"):
        answer["Location"] += f"#item-{item}"
    return answer


def moved(lines: Sequence[Line], item: int, verb: str) -> list[Line]:
    """The lines with one of them a place up or down."""
    ordered = list(lines)
    at = next((place for place, one in enumerate(ordered) if one.item == item), None)
    to = None if at is None else at + {"up": -1, "down": 1}.get(verb, 0)
    if at is not None and to is not None and 0 <= to < len(ordered):
        ordered.insert(to, ordered.pop(at))
    return ordered


def _lines(data: QueryDict) -> list[Line]:
    """What was typed of each entry, in the order the page sent them."""
    keys = [int(one) for one in data.getlist("item") if one.isdecimal() and len(one) < 19]
    return [
        Line(
            item=key,
            heading=data.get(f"heading-{key}", "")[:80],
            line=data.get(f"line-{key}", "")[:2000],
            has_picture=f"picture-{key}" in data,
        )
        for key in dict.fromkeys(keys)
    ]


def _rows(issue: Issue, typed: Sequence[Line] | None = None) -> list[Row]:
    """The entries as they are kept, or as they were typed with those added meanwhile behind them."""
    kept = [
        Row(
            line=Line(item=item.pk, heading=item.heading, line=item.line, has_picture=item.has_picture),
            entry=entry,
            text=archive.text_of(entry),
            saved=item,
        )
        for item, entry in queries.placed(issue)
    ]
    if typed is None:
        return kept
    by_key = {row.line.item: row for row in kept}
    mine = [
        replace(by_key[line.item], line=line, is_changed=by_key[line.item].line != line)
        for line in typed
        if line.item in by_key
    ]
    named = {row.line.item for row in mine}
    return [*mine, *(row for row in kept if row.line.item not in named)]


def _stale(request: HttpRequest, issue: Issue, form: IssueForm, lines: list[Line]) -> HttpResponse:
    """What was typed stays in its fields; what somebody else saved stands beside it."""
    typed = request.POST.copy()
    typed["revision"] = str(issue.revision)
    again = IssueForm(typed)
    names = ("subject", "preheader", "introduction")
    theirs = [
        (str(form.fields[name].label), getattr(issue, name))
        for name in names
        if form.cleaned_data[name] != getattr(issue, name)
    ]
    rows = _rows(issue, lines)
    gone = len(lines) - sum(row.line in lines for row in rows)
    context = {"is_stale": True, "theirs": theirs, "gone": gone}
    return _page(request, issue, again, rows, status=409, **context)


def _page(
    request: HttpRequest, issue: Issue, form: IssueForm, rows: list[Row], status: int = 200, **more: Any
) -> HttpResponse:
    shown = queries.sheet_of(issue)
    weight = emails.drawn_for(shown).weight
    context = {
        "issue": issue,
        "form": form,
        "rows": rows,
        "zone": issue.portal.time_zone,
        "number": shown.number,
        "kilobytes": -(-weight // 1000),
        "most_kilobytes": rules.MOST_BYTES // 1000,
        "is_heavy": weight > rules.MOST_BYTES,
        "stories": len(sheet.for_mail(shown).stories),
        **more,
    }
    return render(request, "newsletters/issue.html", context, status=status)
