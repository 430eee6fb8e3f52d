"""What is mailed: light, in one language, dark where asked, with its ways out, and nothing of anybody's in a slot."""

import re
from email import message_from_file, policy
from pathlib import Path

import pytest

from loa.archive import queries as archive
from loa.archive.models import Entry, Version
from loa.archive.models import State as Shown
from loa.audit.actions.record import Actor
from loa.lib import clock
from loa.mail.actions.deliver import deliver_due
from loa.newsletters import emails, queries
from loa.newsletters.actions.edit import Line, Words, edit
from loa.newsletters.actions.edit_imprint import edit_imprint
from loa.newsletters.actions.try_out import try_out
from loa.newsletters.emails.digest import drawn_for
from loa.newsletters.models import Issue, IssueItem
from loa.newsletters.rules import MOST_BYTES, reasons_not_to_send
from loa.organizations.models import Organization
from loa.portals.models import Portal
from tests.entries import make_entry

LONG = "Đường Nguyễn Đình Chiểu được mở rộng thành bốn làn "


def drawn(issue: Issue) -> emails.Drawn:
    issue.refresh_from_db()
    return emails.drawn_for(queries.sheet_of(issue))


def test_it_has_a_text_of_its_own_a_picture_and_marked_links(issue: Issue, entries: list[Entry]) -> None:
    made = drawn(issue)
    link = f"http://testserver/r/{entries[0].public_id}/{entries[0].current.slug}#n1"
    assert link in made.text
    assert f'href="{link}"' in made.html
    assert "Lúa chín sớm." in made.text
    assert "<" not in made.text
    assert '/media/abcdefghijklmnopqrstuvwxyz-960.jpg" width="568" height="320" alt="Cánh đồng"' in made.html
    assert re.findall(r"<img", made.html) == ["<img"]  # no pixel that counts
    assert "{{leave}}" in made.html
    assert "{{preferences}}" in made.text


def test_it_is_ready_for_the_dark_and_for_readers_of_screens(issue: Issue) -> None:
    made = drawn(issue).html
    assert '<html lang="vi"' in made
    assert 'name="color-scheme" content="light dark"' in made
    assert "prefers-color-scheme: dark" in made
    assert re.findall(r"<table(?![^>]*role=\"presentation\")", made) == []
    assert "@import" not in made
    assert "fonts.googleapis" not in made


def test_words_that_look_like_slots_or_markup_are_words(issue: Issue, editor: Actor) -> None:
    words = Words(subject="{{leave}} <b>", introduction='{{preferences}} <mj-include path="/etc/passwd"/> "x" & y')
    edit(editor, issue, words=words, lines=[], expected_revision=0)
    made = drawn(issue).spliced(leave="LEAVE", preferences="PREFERENCES")
    assert made.html.count("PREFERENCES") == 1
    assert made.text.count("PREFERENCES") == 1
    assert "{{" not in made.subject
    assert "<mj-include" not in made.html
    assert "root:" not in made.html


def test_what_was_withdrawn_is_not_in_it_and_its_heading_passes_on(
    issue: Issue, editor: Actor, entries: list[Entry]
) -> None:
    one, *_ = issue.items.order_by("position").values_list("pk", flat=True)
    edit(editor, issue, words=Words(), lines=[Line(item=one, heading="Ruộng")], expected_revision=0)
    Entry.objects.filter(pk=entries[0].pk).update(state=Shown.WITHDRAWN)
    made = drawn(issue)
    assert "Tin một" not in made.html + made.text
    assert "Ruộng" in made.html


def test_twenty_stories_with_pictures_and_lines_stay_light(issue: Issue, portal: Portal) -> None:
    for number in range(17):
        entry = make_entry(portal, str(number))
        Version.objects.filter(pk=entry.current_id).update(headline=LONG * 2, lead=LONG * 5)
        IssueItem.objects.create(issue=issue, entry=entry, position=10 + number)
    Version.objects.update(pictures=Version.objects.exclude(pictures=[]).first().pictures)
    made = drawn(issue)
    assert made.html.count("<img") == 18
    assert made.weight <= MOST_BYTES


def test_what_is_too_heavy_is_told_in_words(issue: Issue, editor: Actor) -> None:
    edit(editor, issue, words=Words(introduction=LONG * 1500), lines=[], expected_revision=0)
    weight = drawn(issue).weight
    reasons = reasons_not_to_send(issue, stories=3, weight=weight, readers=1, imprint=None)
    assert [reason for reason in reasons if "90 kB" in reason]


def test_a_digest_of_hundreds_stays_light_and_says_where_the_rest_is(portal: Portal) -> None:
    entries = [make_entry(portal, str(number)) for number in range(60)]
    Version.objects.update(headline=LONG * 5, lead=LONG * 40)
    made = drawn_for(portal, "vi", entries, names=["GlobalVN"])
    assert made.weight <= MOST_BYTES
    assert re.search(r"Còn \d+ tin nữa ở http://testserver/latest", made.text)
    assert "#n0" in made.text


def test_the_test_mail_reaches_its_editor_alone(home: Path, issue: Issue, editor: Actor, portal: Portal) -> None:
    edit(editor, issue, words=Words(subject="Tuần này"), lines=[], expected_revision=0)
    imprint = {"name": "Công ty Tin Mới", "address": "1 Tràng Tiền", "telephone": "024 1234", "email": "hoi@tin.vn"}
    edit_imprint(editor, portal=portal, fields=imprint)
    issue.refresh_from_db()
    try_out(editor, issue, to="lan@example.vn")
    assert deliver_due() == 1
    (file,) = (home / "outbox").glob("*.eml")
    with file.open() as opened:
        mail = message_from_file(opened, policy=policy.default)
    assert mail["To"] == "lan@example.vn"
    assert mail["Subject"] == "[Thử] Tuần này"
    assert mail["Reply-To"] == "hoi@tin.vn"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Content-Language"] == "vi"
    assert "GlobalVN" in mail["From"]
    assert "Công ty Tin Mới · 1 Tràng Tiền · 024 1234 · hoi@tin.vn" in mail.get_body(("plain",)).get_content()
    assert "{{" not in file.read_text()


def test_an_english_mail_has_no_vietnamese_word_of_ours(issue: Issue, portal: Portal, editor: Actor) -> None:
    Organization.objects.update(name="Lotus", name_en="Lotus")
    Version.objects.update(language="en", headline="Rice", lead="Five tonnes.", slug="rice", pictures=[])
    Issue.objects.update(language="en", subject="This week", number=4)
    for made in (drawn(issue), drawn_for(portal, "en", list(archive.news(portal.pk)), names=["news"])):
        seen = re.sub(r"https?://\S+", "", made.subject + made.text + made.html)
        assert re.findall(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹĩũ]\w*", seen) == []


@pytest.mark.parametrize(("language", "says"), [("vi", "Đọc trên trang"), ("en", "Read on the web")])
def test_each_language_has_its_words(issue: Issue, language: str, says: str) -> None:
    Issue.objects.update(language=language, sent_at=clock.now())
    made = drawn(issue)
    assert says in made.html
    assert says in made.text
