"""edit: words and order are kept, two editors lose nothing, what is on its way stays as it is."""

import pytest

from loa.archive.models import Entry
from loa.audit.actions.record import Actor
from loa.audit.models import Record
from loa.newsletters.actions.begin import begin
from loa.newsletters.actions.discard import discard
from loa.newsletters.actions.edit import Line, Words, edit
from loa.newsletters.actions.pick import pick
from loa.newsletters.errors import StaleRevision, WrongState
from loa.newsletters.models import Issue, IssueItem, State
from loa.portals.models import Portal
from tests.entries import make_entry


def order(issue: Issue) -> list[str]:
    rows = IssueItem.objects.filter(issue=issue).order_by("position").select_related("entry__current")
    return [row.entry.current.headline for row in rows]


def keys(issue: Issue) -> list[int]:
    return list(issue.items.order_by("position").values_list("pk", flat=True))


def test_it_keeps_words_and_order(issue: Issue, editor: Actor) -> None:
    one, two, three = keys(issue)
    lines = [Line(item=three, line="  Đọc \n trước. "), Line(item=one, heading="Ruộng"), Line(item=two)]
    words = Words(subject=" Tin\ttuần ", introduction="Chào bạn.\r\n\r\nMời đọc.")
    saved = edit(editor, issue, words=words, lines=lines, expected_revision=0)
    assert order(issue) == ["Tin ba", "Tin một", "Tin hai"]
    assert (saved.subject, saved.introduction, saved.revision) == ("Tin tuần", "Chào bạn.\n\nMời đọc.", 1)
    assert IssueItem.objects.get(pk=three).line == "Đọc trước."
    assert Record.objects.latest("pk").act == "edit"


def test_the_second_of_two_editors_is_told(issue: Issue, editor: Actor) -> None:
    edit(editor, issue, words=Words(subject="Một"), lines=[], expected_revision=0)
    with pytest.raises(StaleRevision):
        edit(editor, issue, words=Words(subject="Hai"), lines=[], expected_revision=0)
    issue.refresh_from_db()
    assert issue.subject == "Một"


def test_what_was_picked_meanwhile_stays(issue: Issue, editor: Actor, portal: Portal) -> None:
    before = keys(issue)
    pick(editor, issue, entries=[make_entry(portal, "bốn")])
    edit(editor, issue, words=Words(), lines=[Line(item=one) for one in reversed(before)], expected_revision=0)
    assert order(issue) == ["Tin ba", "Tin hai", "Tin một", "Tin bốn"]


def test_picking_twice_changes_nothing(issue: Issue, editor: Actor, entries: list[Entry]) -> None:
    pick(editor, issue, entries=entries)
    assert order(issue) == ["Tin một", "Tin hai", "Tin ba"]
    assert list(issue.items.order_by("position").values_list("has_picture", flat=True)) == [True, False, False]


def test_what_is_taken_out_can_be_picked_again(issue: Issue, editor: Actor, entries: list[Entry]) -> None:
    one, *_ = keys(issue)
    edit(editor, issue, words=Words(), lines=[], removed=[one], expected_revision=0)
    assert order(issue) == ["Tin hai", "Tin ba"]
    pick(editor, issue, entries=entries[:1])
    assert order(issue) == ["Tin hai", "Tin ba", "Tin một"]


def test_another_issues_rows_are_left_alone(issue: Issue, editor: Actor, portal: Portal, entries: list[Entry]) -> None:
    other = begin(editor, portal=portal, language="vi")
    pick(editor, other, entries=entries)
    edit(
        editor,
        issue,
        words=Words(),
        lines=[Line(item=keys(other)[0], line="x")],
        removed=keys(other),
        expected_revision=0,
    )
    assert len(keys(other)) == 3
    assert not IssueItem.objects.filter(line="x").exists()


@pytest.mark.parametrize("state", [State.SCHEDULED, State.SENDING, State.SENT, State.STOPPED])
def test_what_is_on_its_way_is_not_changed(issue: Issue, editor: Actor, entries: list[Entry], state: State) -> None:
    Issue.objects.update(state=state)
    with pytest.raises(WrongState):
        edit(editor, issue, words=Words(), lines=[], expected_revision=0)
    with pytest.raises(WrongState):
        pick(editor, issue, entries=entries)
    with pytest.raises(WrongState):
        discard(editor, issue)


def test_a_draft_is_thrown_away(issue: Issue, editor: Actor) -> None:
    discard(editor, issue)
    discard(editor, issue)
    assert not Issue.objects.exists()
    assert Record.objects.filter(act="discard").count() == 1
