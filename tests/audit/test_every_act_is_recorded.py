"""Every act that changes something writes a record, or stands below with the reason why not."""

from tests.audit.acts import Acts, Name

# A module, or a room's whole folder of acts; each with why what it changes is on no record of audit.
REASONS = {
    "a step within an act that records": """
        accounts.actions.change_address archive.actions audit.actions.record billing.actions.issue
        compose.actions.replace custody.actions.note
        moderation.actions.note_decision moderation.actions.send_back newsletters.actions.settle
        organizations.actions.compare organizations.actions.merge organizations.actions.remove_member
        plans.actions.spend releases.actions.hand_over releases.actions.keep_links releases.actions.write_down
        subscribers.actions.follow_on subscribers.actions.count_advertising
        verification.actions.hand_over verification.actions.show
    """,
    "text in hand, which nobody sees yet: its revisions keep who wrote what and when": """
        compose.actions.bring compose.actions.dismiss compose.actions.keep compose.actions.take_up
        releases.actions.appear releases.actions.merge releases.actions.save releases.actions.translate
    """,
    "the library: files carry their owner and moment, and what lets them out to readers is recorded": "media.actions",
    "a reader without an account: their own row says what they wished, in which words, and when": """
        moderation.actions.report plans.actions.ask_for_offer privacy.actions.ask subscribers.actions.apply_for_press
        subscribers.actions.change subscribers.actions.clear subscribers.actions.confirm subscribers.actions.rest
        subscribers.actions.sign_up
    """,
    "a machine's own bookkeeping: its rows are queue, log and proof at once": """
        accounts.actions.see coverage.actions.look custody.actions.keep custody.actions.pack edge.actions limits.actions
        mail.actions
        newsletters.actions.address newsletters.actions.build_again newsletters.actions.forget
        organizations.actions.tell_of_recoveries releases.actions.look_at_links releases.actions.look_at_published
        privacy.actions.forget stats.actions.forget stats.actions.report wire.actions
    """,
    "a person's own inbox: what it says was done is recorded by the act that did it": "inbox.actions",
    "data that comes with the code": "places.actions.load topics.actions.load",
}


def reason_for(name: Name) -> str:
    """The part of the list above that this act stands in."""
    module = name[0].removeprefix("loa.")
    listed = {one for words in REASONS.values() for one in words.split()}
    return next((one for one in sorted(listed) if module == one or module.startswith(f"{one}.")), "")


def unrecorded() -> list[Name]:
    acts = Acts()
    return [name for name in acts.public() if acts.changes(name) and not acts.is_recorded(name)]


def test_an_act_that_changes_something_writes_a_record() -> None:
    assert [".".join(name) for name in unrecorded() if not reason_for(name)] == []


def test_no_reason_is_left_over() -> None:
    used = {reason_for(name) for name in unrecorded()}
    assert {one for words in REASONS.values() for one in words.split()} - used == set()


def test_the_reading_sees_what_it_should() -> None:
    acts = Acts()
    publish, found, begin = (
        ("loa.releases.actions.publish", "publish"), ("loa.organizations.actions.found", "found"),
        ("loa.releases.actions.save", "begin"),
    )  # fmt: skip
    assert acts.changes(found)
    assert acts.is_recorded(found)
    assert acts.is_recorded(publish)
    assert acts.changes(begin)
    assert not acts.is_recorded(begin)
    acts.records.discard(found)  # as if somebody had taken the record out
    assert not acts.is_recorded(found)
