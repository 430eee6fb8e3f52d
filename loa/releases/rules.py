"""Questions about releases; each reason is a sentence a page can show."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from loa.archive.models import Availability
from loa.archive.rules import zone_name
from loa.lib import clock, dates, html, languages, tokens, vietnamese
from loa.organizations import queries as organizations
from loa.organizations.models import Kind as OrganizationKind
from loa.organizations.models import Organization
from loa.plans import queries as plans
from loa.releases import queries
from loa.releases.models import Approval, Confirmation, Kind, Partnership, Release, Translation
from loa.releases.states import State

Answered = Approval | Confirmation | Partnership

# What several senders say together.
AGREED = (
    "kind", "language", "headline", "subtitle", "lead", "body_html", "dateline", "source_url", "source_name", "contact",
    "pictures", "videos", "attachments", "quotes", "documents", "facts", "licence",
)  # fmt: skip


class Lack(str):
    """What is missing, as a sentence, and the field of the release that would mend it."""

    field: str

    def __new__(cls, field: str, sentence: str) -> "Lack":
        """Keep both."""
        lack = super().__new__(cls, sentence)
        lack.field = field
        return lack


def reasons_not_to_submit(release: Release) -> list[str]:
    """What is still missing, in the order of the form; empty when it may go."""
    unconfirmed = [] if is_confirmed(release) else [_("Tổ chức chưa xác nhận đúng bản này.")]
    return [*reasons_not_to_ask(release), *unconfirmed, *_unapproved(release)]


def reasons_not_to_ask(release: Release) -> list[str]:
    """The same, but for the word of an owner for whom it was written."""
    missing = [
        (
            is_sourced_by_a_stranger(release),
            _("Chỉ ban biên tập của cổng mới đăng tin dẫn nguồn; hãy chọn thể loại khác."),
        ),
        (
            release.kind == Kind.SOURCED and not release.source_url,
            Lack("source_url", _("Tin dẫn nguồn cần địa chỉ bài gốc.")),
        ),
        (not release.headline.strip(), Lack("headline", _("Hãy viết tiêu đề."))),
        (
            len(html.to_text(release.body_html).strip()) < 20,
            Lack("body_html", _("Hãy viết nội dung (ít nhất vài câu).")),
        ),
        (release.section_id is None, Lack("section", _("Hãy chọn chuyên mục."))),
        (not release.contact.strip(), Lack("contact", _("Hãy ghi người liên hệ báo chí."))),
        (lacks(release, "alt"), Lack("pictures", _("Mỗi ảnh cần một câu mô tả cho người không nhìn thấy ảnh."))),
        (lacks(release, "credit"), Lack("pictures", _("Mỗi ảnh cần ghi nguồn ảnh."))),
    ]
    missing += about_facts(release.kind, release.facts)
    return [*(sentence for is_missing, sentence in missing if is_missing), *_unanswered(release)]


def _unanswered(release: Release) -> Iterator[str]:
    """What the other senders of a joint release have not said yes to."""
    for partnership in queries.partnerships(release) if release.pk else []:
        name = {"name": partnership.organization.name}
        if partnership.organization.suspended_at is not None:
            yield _("%(name)s đang tạm ngưng nên không cùng đứng tên được; hãy bỏ tên này.") % name
        elif partnership.answered_at is not None and not partnership.is_agreed:
            yield _("%(name)s không đồng ý cùng đứng tên; hãy bỏ tên này hoặc hỏi lại.") % name
        elif not has_agreed(partnership, release):
            yield _("%(name)s chưa xác nhận cùng đứng tên bản này.") % name


def _unapproved(release: Release) -> Iterator[str]:
    """Who was asked and has not approved the text as it stands; and that nobody has where somebody must."""
    if not release.pk or release.entry_id is not None:
        return
    rows = list(queries.approvals(release))
    for approval in rows:
        name = {"name": approval.name}
        if has_approved(approval, release):
            continue
        if approval.answered_at is None:
            yield _("%(name)s chưa trả lời về bản này; hãy chờ, hoặc bỏ tên nếu không cần nữa.") % name
        elif approval.is_approved:
            yield _("%(name)s đã duyệt bản trước khi sửa; hãy hỏi lại.") % name
        else:
            yield _("%(name)s muốn sửa; hãy sửa rồi hỏi lại, hoặc bỏ tên.") % name
    is_asked_for = release.organization.needs_approval and not release.is_by_desk  # then its owner confirms it
    if is_asked_for and not any(counts(approval, release) for approval in rows):
        yield _("Tổ chức yêu cầu một người khác người viết duyệt đúng bản này trước khi gửi.")


def approvals_of(release: Release) -> list[tuple[Approval, str]]:
    """Whoever was asked to approve it, each with where that stands."""
    return [(row, standing(row, release)) for row in queries.approvals(release)]


def standing(approval: Approval, release: Release) -> str:
    """Where an approval stands: "waiting", "wish", "approved", or "changed" since they approved."""
    if approval.answered_at is None:
        return "waiting"
    if not approval.is_approved:
        return "wish"
    return "approved" if release.entry_id is not None or has_approved(approval, release) else "changed"


def has_approved(approval: Approval, release: Release) -> bool:
    """Whether they approved the text as it stands."""
    return said_yes(approval, release, is_yes=approval.is_approved)


def counts(approval: Approval, release: Release) -> bool:
    """Whether it is the second pair of eyes: a member who may approve and did not write the text.

    Who has no account counts where an owner asked them; a writer could ask an address of their own.
    """
    if not has_approved(approval, release):
        return False
    if approval.person is not None:
        is_other = approval.person_id not in queries.writers(release)
        return is_other and organizations.may_approve(approval.person, release.organization)
    asked_by = approval.asked_by
    return asked_by is not None and organizations.is_owner(asked_by, release.organization)


def said_yes(answer: Answered, release: Release, *, is_yes: bool) -> bool:
    """Whether somebody who was asked said yes to the text as it stands; any change of it asks again."""
    return answer.answered_at is not None and is_yes and answer.text_digest == text_digest(release)


def is_confirmed(release: Release) -> bool:
    """Whether an owner confirmed the text as it stands, where the portal's editors write it and it is not out yet."""
    if not release.is_by_desk or release.entry_id is not None:
        return True
    answer = Confirmation.objects.filter(release=release).first()
    return answer is not None and said_yes(answer, release, is_yes=answer.is_confirmed)


def is_spoken_for(release: Release) -> bool:
    """Whether whoever sent it may still speak for its organization."""
    return release.sent_by is not None and release.sent_by.is_active and queries.may_write(release.sent_by, release)


def is_time(release: Release) -> bool:
    """Whether it may go out by both clocks, ours and the database's, which may be another machine's."""
    if release.publish_at is None:
        return True
    is_past = clock.now() >= release.publish_at
    return is_past and Release.objects.filter(pk=release.pk, publish_at__lte=Now()).exists()


def is_last_look(release: Release) -> bool:
    """Whether it waits only so that its sender can still stop it: nobody chose the time."""
    return release.state == State.SCHEDULED and not release.publish_zone


def in_words(release: Release, language: str) -> str:
    """When it goes out, on the clocks it was said in and in UTC; empty where no time was chosen."""
    if release.publish_at is None or not release.publish_zone:
        return ""
    local, utc = (release.publish_at.astimezone(zone) for zone in (ZoneInfo(release.publish_zone), UTC))
    names = {
        "local": f"{_time(local)}, {dates.weekday_and_day(local.date(), language)}",
        "zone": zone_name(release.publish_zone, local),
        "utc": f"{_time(utc)}, {dates.day_in_figures(utc.date(), language)}",
    }
    if release.publish_zone == "UTC":
        return _("%(local)s, %(zone)s") % names
    return _("%(local)s, %(zone)s, tức %(utc)s UTC") % names


def _time(at: datetime) -> str:
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"


def payer_of(release: Release) -> Organization:
    """Whose allowance a release is spent from: the agency's that writes it, else its own."""
    return release.agency or release.organization


def has_agreed(partnership: Partnership, release: Release) -> bool:
    """Whether this organization said yes to the text as it stands."""
    return said_yes(partnership, release, is_yes=partnership.is_agreed)


def text_digest(release: Release) -> str:
    """SHA-256 (hex) over what the senders of a joint release agree to: its text, and who stands with them."""
    said = {name: getattr(release, name) for name in AGREED}
    said["partners"] = sorted(release.partnerships.values_list("organization_id", flat=True))
    return tokens.digest(json.dumps(said, ensure_ascii=False, sort_keys=True).encode())


def warnings(release: Release) -> list[str]:
    """What may be right, and is said all the same."""
    end = _moment(release.facts.get("ends_at") or release.facts.get("starts_at"))
    is_over = release.kind == Kind.EVENT and end is not None and end < clock.now()
    return [_("Ngày giờ của sự kiện đã qua. Nếu đúng như vậy thì cứ đăng.")] if is_over else []


# What belongs to each kind; other kinds have nothing.
FACTS: dict[str, tuple[str, ...]] = {
    Kind.EVENT: (
        *("starts_at", "ends_at", "time_zone", "venues", "audience", "capacity"),
        *("registration_url", "press_contact", "stream_url"),
    ),
    Kind.PRODUCT: ("name", "availability", "available_from", "price"),
    Kind.APPOINTMENT: ("person", "role", "from_day"),
    Kind.RESULTS: ("period",),
    Kind.REPORT: ("period",),
}


def facts_of(kind: str, facts: dict[str, Any]) -> dict[str, Any]:
    """The facts a kind has, NFC, without what is empty, and without links that lead nowhere on the web."""
    kept = {name: _plain(facts.get(name)) for name in FACTS.get(kind, ())}
    if "venues" in kept:
        kept["venues"] = [one if isinstance(one, dict) else {"name": str(one)} for one in kept["venues"] or []]
    if "capacity" in kept:
        number = str(kept["capacity"] or "")
        kept["capacity"] = int(number) if number.isdecimal() and len(number) < 9 else None
    return {
        name: value
        for name, value in kept.items()
        if value not in (None, "", [], {}) and (not name.endswith("_url") or html.is_web_address(str(value)))
    }


# What a copy of a release must say anew: when it is, who it is about, and addresses made for that one time.
OF_ONE_TIME = ("starts_at", "ends_at", "registration_url", "stream_url", "available_from", "person", "role", "from_day",
               "period")  # fmt: skip


def facts_for_a_copy(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts that hold for the next one too."""
    is_dated = facts.get("availability") == Availability.FROM_DAY
    kept = {name: value for name, value in facts.items() if name not in OF_ONE_TIME}
    return {name: value for name, value in kept.items() if not (is_dated and name == "availability")}


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return vietnamese.kept(value.strip())
    if isinstance(value, list):
        return [row for one in value if (row := _plain(one))]
    if isinstance(value, dict):
        return {name: said for name, one in value.items() if (said := _plain(one)) not in (None, "")}
    return value


def about_facts(kind: str, facts: dict[str, Any]) -> list[tuple[bool, str]]:
    """What a kind asks of its facts: whether it is missing, and the sentence that says so."""
    if kind == Kind.EVENT:
        start, end = _moment(facts.get("starts_at")), _moment(facts.get("ends_at"))
        return [
            (start is None, _("Sự kiện cần ngày giờ bắt đầu.")),
            (bool(facts.get("ends_at")) and end is None, _("Không đọc được giờ kết thúc của sự kiện.")),
            (start is not None and end is not None and end < start, _("Sự kiện không thể kết thúc trước khi bắt đầu.")),
            (
                not (facts.get("venues") or facts.get("stream_url")),
                _("Sự kiện cần một địa điểm, hoặc địa chỉ phát trực tiếp."),
            ),
        ]
    if kind == Kind.PRODUCT:
        return [(not facts.get("name"), _("Sản phẩm cần tên."))]
    if kind == Kind.APPOINTMENT:
        return [
            (not facts.get("person"), _("Tin bổ nhiệm cần tên người được bổ nhiệm.")),
            (not facts.get("role"), _("Tin bổ nhiệm cần chức vụ mới.")),
        ]
    return []


def _moment(written: Any) -> datetime | None:
    """A moment with its offset; None where there is none to read."""
    try:
        return clock.parse_rfc3339(str(written or ""))
    except ValueError:
        return None


def has_allowance(release: Release) -> bool:
    """Whether whoever pays has something left to publish this with; the portal's own desk needs none."""
    is_free = release.organization.kind == OrganizationKind.PORTAL_DESK
    return is_free or plans.may_publish(payer_of(release))


def lacks(release: Release, key: str) -> bool:
    """Whether some picture has nothing written under a key."""
    return any(not str(picture.get(key) or "").strip() for picture in release.pictures)


def is_suspended(release: Release) -> bool:
    """Whether the organization may not act now: it is suspended, or closed."""
    return release.organization.suspended_at is not None or release.organization.closed_at is not None


def is_sourced_by_a_stranger(release: Release) -> bool:
    """Whether an organization other than the portal's own desk says it carries news from a source."""
    return release.kind == Kind.SOURCED and release.organization.kind != OrganizationKind.PORTAL_DESK


# Facts that are words, and the rows among them that hold words; dates, figures and addresses read alike everywhere.
WORDS = ("audience", "press_contact", "name", "price", "role", "period")
ROWS_OF_WORDS = {"venues": ("name", "address")}


def words_of_facts(facts: dict[str, Any]) -> dict[str, str]:
    """The words of a kind's facts by a name that lasts: a row is named by what it says, not by where it stands."""
    words = {name: str(facts[name]) for name in WORDS if facts.get(name)}
    for rows, parts in ROWS_OF_WORDS.items():
        for row in facts.get(rows) or []:
            words |= {f"{rows}.{key_of_row(row)}.{part}": str(row[part]) for part in parts if row.get(part)}
    return words


def key_of_row(row: dict[str, Any]) -> str:
    """What a row of facts is known by while its words stay as they are."""
    return tokens.digest(json.dumps(row, ensure_ascii=False, sort_keys=True).encode())[:12]


def is_translatable_into(release: Release, language: str) -> bool:
    """Whether a text in this language can stand beside the release."""
    found = languages.find(language)
    return found is not None and found.code == language != release.language


def reasons_not_to_publish_translation(release: Release, translation: Translation) -> list[str]:
    """What is still missing, in the order of the form; empty when it may go."""
    quotes = [translation.quotes.get(str(quote.get("id")), {}) for quote in release.quotes]
    roles = [not quote.get("role") or said.get("role") for quote, said in zip(release.quotes, quotes, strict=True)]
    pictures = [translation.pictures.get(picture["url"], {}) for picture in release.pictures]
    facts = words_of_facts(release.facts)
    missing = [
        (release.entry_id is None, _("Bản gốc chưa đăng; bản dịch đăng được ngay sau bản gốc.")),
        (release.organization.approved_at is None, _("Tổ chức chưa được ban biên tập chấp nhận.")),
        (not translation.headline.strip(), _("Hãy dịch tiêu đề.")),
        (bool(release.lead) and not translation.lead.strip(), _("Hãy dịch sapo.")),
        (len(html.to_text(translation.body_html).strip()) < 10, _("Hãy dịch nội dung.")),
        (not all(said.get("alt") for said in pictures), _("Mỗi ảnh cần câu mô tả bằng ngôn ngữ này.")),
        (not all(said.get("text") for said in quotes), _("Mỗi lời trích cần lời dịch.")),
        (not all(roles), _("Hãy dịch chức vụ của người được trích.")),
        (not all(translation.facts.get(name) for name in facts), _("Hãy dịch các chữ của phần thông tin riêng.")),
        (bool(release.contact) and not translation.contact.strip(), _("Hãy ghi liên hệ báo chí bằng ngôn ngữ này.")),
    ]
    return [sentence for is_missing, sentence in missing if is_missing]


def is_behind(release: Release, translation: Translation) -> bool:
    """Whether the original was changed after this was made from it."""
    return translation.made_from != release.revision


def may_be_listed(release: Release) -> bool:
    """Whether sisters may be asked to list a release: it is out, and a release rather than a story of the house."""
    return release.state == State.PUBLISHED and release.kind != Kind.LIFE
