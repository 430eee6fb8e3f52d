"""Two people on one draft: what one of them wrote comes in, what both wrote is lost by neither."""

from typing import Any

import pytest

from loa.accounts.models import Person
from loa.lib import clock
from loa.releases import queries
from loa.releases.actions import merge as merging
from loa.releases.actions import write_down
from loa.releases.actions.appear import appear
from loa.releases.actions.merge import Seen, merge, settle
from loa.releases.actions.save import save
from loa.releases.actions.submit import submit
from loa.releases.errors import KeptAside, StaleRevision, WrongState
from loa.releases.models import Presence, Release, Way
from tests.conftest import Write

BODY = "<p>Đoạn một của bài.</p>\n<p>Đoạn hai của bài.</p>\n<p>Đoạn ba của bài.</p>"


@pytest.fixture
def draft(write: Write) -> Release:
    return write(body_html=BODY, lead="Sapo cũ")


def test_what_others_did_not_touch_is_saved(draft: Release, an: Person, stranger: Person) -> None:
    save(draft, fields={"lead": "Sapo của Bình"}, expected_revision=1, person=stranger)
    made = merge(an, draft, fields={"headline": "Của An", "lead": "Sapo cũ"}, seen=Seen(1, "a"))
    saved = Release.objects.get()
    assert (saved.headline, saved.lead) == ("Của An", "Sapo của Bình")
    assert made.from_theirs == ("lead",)
    assert [row.way for row in queries.line(draft)] == [Way.MERGED, Way.SAVED, Way.BEGUN]


def test_paragraphs_apart_from_each_other_come_together(draft: Release, an: Person, stranger: Person) -> None:
    save(draft, fields={"body_html": BODY.replace("một", "MỘT")}, expected_revision=1, person=stranger)
    merge(an, draft, fields={"body_html": BODY.replace("ba", "BA")}, seen=Seen(1, "a"))
    assert "Đoạn MỘT" in Release.objects.get().body_html
    assert "Đoạn BA" in Release.objects.get().body_html


def test_an_open_page_goes_on_from_what_it_shows(draft: Release, an: Person, stranger: Person) -> None:
    """It does not show what the other wrote, and must not take it for something its writer took out."""
    save(draft, fields={"lead": "Của Bình"}, expected_revision=1, person=stranger)
    seen = Seen(1, "a")  # whether the page heard the answers or not
    merge(an, draft, fields={"headline": "A1", "lead": "Sapo cũ"}, seen=seen, way=Way.AUTOSAVED)
    made = merge(an, draft, fields={"headline": "A2", "lead": "Sapo cũ"}, seen=seen, way=Way.AUTOSAVED)
    saved = Release.objects.get()
    assert (saved.headline, saved.lead, made.from_theirs) == ("A2", "Của Bình", ("lead",))
    with pytest.raises(KeptAside) as kept:
        merge(an, draft, fields={"headline": "A2", "lead": "Của An"}, seen=seen, way=Way.AUTOSAVED)
    assert kept.value.names == ("lead",)


def test_a_page_is_never_in_its_own_way(draft: Release, an: Person) -> None:
    """Its second text comes before it has heard of the first: the connection was slow, or the page was left."""
    for lead in ("A", "Ab", "Abc"):
        merge(an, draft, fields={"lead": lead}, seen=Seen(1, "a"), way=Way.AUTOSAVED)
    assert Release.objects.get().lead == "Abc"
    merge(an, draft, fields={"lead": "Abc", "headline": "Thẻ khác"}, seen=Seen(4, "b"), way=Way.AUTOSAVED)
    merge(an, draft, fields={"lead": "Abcd", "headline": draft.headline}, seen=Seen(1, "a"), way=Way.AUTOSAVED)
    saved = Release.objects.get()
    assert (saved.lead, saved.headline) == ("Abcd", "Thẻ khác")


def clash(draft: Release, an: Person, stranger: Person, **more: Any) -> KeptAside:
    """Both write the lead."""
    draft.refresh_from_db()
    begun = draft.revision
    save(draft, fields={"lead": "Của Bình"}, expected_revision=begun, person=stranger)
    with pytest.raises(KeptAside) as kept:
        merge(an, draft, fields={"lead": "Của An", **more}, seen=Seen(begun, "a"))
    return kept.value


def test_what_both_changed_is_kept_aside_and_nothing_is_saved_over(
    draft: Release, an: Person, stranger: Person
) -> None:
    kept = clash(draft, an, stranger)
    assert Release.objects.get().lead == "Của Bình"
    aside = queries.set_aside(draft).get()
    assert (aside, aside.fields["lead"], aside.person) == (kept.aside, "Của An", an)
    assert aside not in queries.line(draft)


def test_what_is_typed_on_goes_on_being_kept(draft: Release, an: Person, stranger: Person) -> None:
    clash(draft, an, stranger)
    with pytest.raises(KeptAside):
        merge(an, draft, fields={"lead": "Của An, viết tiếp"}, seen=Seen(1, "a"), way=Way.AUTOSAVED)
    assert queries.set_aside(draft).get().fields["lead"] == "Của An, viết tiếp"
    with pytest.raises(KeptAside):
        merge(an, draft, fields={"lead": "Từ thẻ khác"}, seen=Seen(1, "b"), way=Way.AUTOSAVED)
    assert queries.set_aside(draft).count() == 2


def test_giving_way_on_the_page_itself_settles_it(draft: Release, an: Person, stranger: Person) -> None:
    clash(draft, an, stranger)
    merge(an, draft, fields={"lead": "Sapo cũ"}, seen=Seen(1, "a"), way=Way.AUTOSAVED)
    assert not queries.set_aside(draft).exists()


def test_a_person_chooses_and_both_texts_stay(draft: Release, an: Person, stranger: Person) -> None:
    aside = clash(draft, an, stranger, headline="Tiêu đề của An").aside
    said = {"choices": {"lead": "text", "contact": "text"}, "expected_revision": 2}
    settled = settle(an, aside, texts={"lead": "Của An và Bình", "contact": "không hỏi"}, **said)
    assert (settled.lead, settled.headline) == ("Của An và Bình", "Tiêu đề của An")
    assert settled.contact == draft.contact
    assert settle(an, aside, texts={"lead": "Lần nữa"}, **said).lead == "Của An và Bình"
    texts = [row.fields["lead"] for row in draft.revisions.all()]
    assert {"Của Bình", "Của An", "Của An và Bình"} <= set(texts)


def test_choosing_waits_where_somebody_saved_since(draft: Release, an: Person, stranger: Person) -> None:
    aside = clash(draft, an, stranger).aside
    save(draft, fields={"lead": "Của Bình, lần hai"}, expected_revision=2, person=stranger)
    with pytest.raises(StaleRevision):
        settle(an, aside, choices={"lead": "mine"}, texts={}, expected_revision=2)
    submit(an, draft)
    with pytest.raises(WrongState):
        settle(an, aside, choices={"lead": "mine"}, texts={}, expected_revision=3)


def test_rows_of_both_stay_where_both_are_chosen(draft: Release, an: Person, stranger: Person) -> None:
    said = (("1", "Một"), ("2", "Hai"), ("1", "Một, sửa"), ("1", "Một, của Bình"))
    one, two, changed, theirs = ({"id": key, "text": text, "name": "An"} for key, text in said)
    save(draft, fields={"quotes": [one]}, expected_revision=1, person=an)
    save(draft, fields={"quotes": [theirs, two]}, expected_revision=2, person=stranger)
    with pytest.raises(KeptAside) as kept:
        merge(an, draft, fields={"quotes": [changed]}, seen=Seen(2, "a"))
    made = settle(an, kept.value.aside, choices={"quotes": "both"}, texts={}, expected_revision=3)
    assert [row["text"] for row in made.quotes] == ["Một, của Bình", "Hai", "Một, sửa"]
    assert len({row["id"] for row in made.quotes}) == 3


def test_a_quote_is_not_put_where_another_stood(draft: Release, an: Person, stranger: Person) -> None:
    """The body points to quotes by number: one takes the first out, the other places the second."""
    quotes = [{"id": "1", "text": "Một", "name": "An"}, {"id": "2", "text": "Hai", "name": "Bình"}]
    save(draft, fields={"quotes": quotes}, expected_revision=1, person=an)
    save(draft, fields={"quotes": quotes[1:]}, expected_revision=2, person=stranger)
    with pytest.raises(KeptAside) as kept:
        merge(an, draft, fields={"body_html": f"{BODY}<p>[trích 2]</p>", "quotes": quotes}, seen=Seen(2, "a"))
    assert set(kept.value.names) == {"body_html", "quotes"}


def test_a_base_that_is_gone_makes_a_person_look(draft: Release, an: Person, stranger: Person) -> None:
    save(draft, fields={"lead": "Của Bình"}, expected_revision=1, person=stranger)
    draft.revisions.filter(number=1).delete()
    with pytest.raises(KeptAside):
        merge(an, draft, fields={"lead": "Sapo cũ"}, seen=Seen(1, "a"))


def test_others_are_seen_while_their_pages_are_open(draft: Release, an: Person, stranger: Person) -> None:
    appear(stranger, draft, page="x", revision=1)
    appear(stranger, draft, page="y", revision=1)
    appear(an, draft, page="x", revision=1)
    assert [row.person for row in queries.others_here(draft, an, clock.now())] == [stranger]
    later = clock.now() + queries.HERE * 2
    assert queries.others_here(draft, an, later) == []
    assert Presence.objects.count() == 3


def test_what_pages_sent_is_bounded_and_what_waits_for_a_choice_stays(
    draft: Release, an: Person, stranger: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "MOST_BESIDE", 3)
    aside = clash(draft, an, stranger).aside
    for number in range(2, 8):  # every page shows the text of before, and writes in another field
        fields = {"headline": f"Từ trang {number}", "lead": "Sapo cũ"}
        try:
            merge(an, draft, fields=fields, seen=Seen(1, f"trang{number}"))
        except KeptAside as kept:
            settle(an, kept.aside, choices={}, texts={}, expected_revision=Release.objects.get().revision)
    beside = draft.revisions.filter(way__in=queries.BESIDE)
    assert beside.filter(is_settled=False, way=Way.ASIDE).get() == aside
    assert beside.exclude(pk=aside.pk).count() <= 4


def test_what_a_text_kept_aside_began_from_stays(
    draft: Release, an: Person, stranger: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_down, "MOST", 2)
    aside = clash(draft, an, stranger).aside
    for number in range(2, 8):
        save(draft, fields={"headline": f"{number}"}, expected_revision=number, person=stranger)
    aside.refresh_from_db()
    assert aside.base is not None
    assert aside.base.number == 1
    assert queries.line(draft).count() == 3


def test_a_text_is_cleaned_before_anything_is_locked(
    draft: Release, an: Person, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    def cleaned(fields: dict[str, Any]) -> dict[str, Any]:
        raise CleanedFirst

    monkeypatch.setattr(merging, "cleaned", cleaned)
    with django_assert_num_queries(0), pytest.raises(CleanedFirst):
        merge(an, draft, fields={"body_html": BODY}, seen=Seen(1, "a"))


class CleanedFirst(Exception):
    """Nothing was asked of the database yet."""
