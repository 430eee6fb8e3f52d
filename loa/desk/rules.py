"""What the operator must know first: figures as sentences, each with how bad it is and where something can be done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loa.custody.rules import OLDEST
from loa.desk.queries import Desk, Machine
from loa.lib import money
from loa.lib.sizes import in_words
from loa.ui.templatetags.loa_ui import figure

GIB = 1024**3
LATE = timedelta(hours=24)  # a release should be looked at within it
SLOW = timedelta(minutes=1)  # half a second is usual on the wire
STALE = timedelta(days=2)  # the index is looked through every night


class Level(StrEnum):
    """How bad it is."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True)
class Sign:
    """One thing to know: its name, what is said of it, and the page (`door`) where it is dealt with."""

    name: str
    level: Level
    said: str
    door: str = ""


_WORST_FIRST = (Level.BAD, Level.NOTE, Level.GOOD)


def worst_first(signs: list[Sign]) -> list[Sign]:
    """What must be acted upon stands first; else they keep their order."""
    return sorted(signs, key=lambda sign: _WORST_FIRST.index(sign.level))


Moment = Callable[[datetime], str]
"""Writes a moment in the portal's zone and the reader's language."""


def for_editors(desk: Desk, now: datetime, moment: Moment) -> list[Sign]:
    """What everybody at the desk should know."""
    return [
        _waiting(desk, now, moment),
        _reports(desk, now, moment),
        Sign(
            _("Bảy ngày qua"), Level.GOOD,
            _("%(published)s thông cáo đăng, %(withdrawn)s rút; %(people)s người và %(organizations)s tổ chức mới.")
            % {"published": figure(desk.published), "withdrawn": figure(desk.withdrawn),
               "people": figure(desk.people), "organizations": figure(desk.organizations)},
        ),
        _links(desk),
    ]  # fmt: skip


def for_operators(desk: Desk, machine: Machine, now: datetime, moment: Moment, language: str) -> list[Sign]:
    """What only the operator can do something about."""
    return [
        _data(desk, moment), _money(desk, language), _wire(machine, now, moment), _mail(machine),
        _search(machine, now, moment), _disk(machine), _backup(machine, now, moment),
    ]  # fmt: skip


def _waiting(desk: Desk, now: datetime, moment: Moment) -> Sign:
    name, door = _("Hàng chờ duyệt"), "moderation:queue"
    if desk.first_waiting is None:
        return Sign(name, Level.GOOD, _("Không thông cáo nào chờ."), door)
    said = ngettext(
        "%(count)s thông cáo chờ, từ %(moment)s.", "%(count)s thông cáo chờ, lâu nhất từ %(moment)s.", desk.waiting
    )
    level = Level.BAD if now - desk.first_waiting > LATE else Level.NOTE
    return Sign(name, level, said % {"count": figure(desk.waiting), "moment": moment(desk.first_waiting)}, door)


def _reports(desk: Desk, now: datetime, moment: Moment) -> Sign:
    name, door = _("Báo cáo của bạn đọc"), "moderation:queue"
    if desk.report_due is None:
        return Sign(name, Level.GOOD, _("Không báo cáo nào chờ."), door)
    words = {"count": figure(desk.reports), "moment": moment(desk.report_due)}
    if now > desk.report_due:
        said = ngettext(
            "%(count)s báo cáo, quá hạn từ %(moment)s.",
            "%(count)s báo cáo; cái đầu quá hạn từ %(moment)s.",
            desk.reports,
        )
        return Sign(name, Level.BAD, said % words, door)
    said = ngettext(
        "%(count)s báo cáo, cần xem trước %(moment)s.",
        "%(count)s báo cáo; cái đầu cần xem trước %(moment)s.",
        desk.reports,
    )
    return Sign(name, Level.NOTE, said % words, door)


def _links(desk: Desk) -> Sign:
    name = _("Đường dẫn trong thông cáo đã đăng")
    words = {"count": figure(desk.links)}
    if not desk.dead_links:
        return Sign(name, Level.GOOD, _("Máy mở lại mỗi đêm: %(count)s đường dẫn, không cái nào hỏng.") % words)
    words |= {"dead": figure(desk.dead_links), "releases": figure(desk.releases_with_dead_links)}
    said = _("%(dead)s trong %(count)s đường dẫn đã hỏng, ở %(releases)s thông cáo; từng tổ chức thấy trên bàn viết.")
    return Sign(name, Level.NOTE, said % words)


def _data(desk: Desk, moment: Moment) -> Sign:
    name, door, found = _("Yêu cầu về dữ liệu cá nhân"), "privacy:register", desk.data
    if found.next_due is None:
        return Sign(name, Level.GOOD, _("Không ai đang chờ."), door)
    words = {"count": figure(found.waiting), "late": figure(found.late), "moment": moment(found.next_due)}
    if found.late:
        said = _("%(count)s người chờ, %(late)s yêu cầu quá hạn luật định từ %(moment)s.")
        return Sign(name, Level.BAD, said % words, door)
    said = ngettext(
        "%(count)s người chờ, hạn luật định %(moment)s.", "%(count)s người chờ, hạn gần nhất %(moment)s.", found.waiting
    )
    return Sign(name, Level.NOTE, said % words, door)


def _money(desk: Desk, language: str) -> Sign:
    sums = [money.shown(total, currency, language) for currency, total in desk.billed.items()]
    said = _("Tháng này xuất hóa đơn %(sum)s; %(terms)s gói trả tiền đang chạy.") % {
        "sum": ", ".join(sums) or "0", "terms": figure(desk.terms)
    }  # fmt: skip
    tasks = []
    if desk.transfers:
        shown = {"count": figure(desk.transfers)}
        tasks.append(
            ngettext("%(count)s khoản chuyển chưa khớp.", "%(count)s khoản chuyển chưa khớp.", desk.transfers) % shown
        )
    if desk.offers:
        shown = {"count": figure(desk.offers)}
        tasks.append(ngettext("%(count)s lời hỏi giá chờ đáp.", "%(count)s lời hỏi giá chờ đáp.", desk.offers) % shown)
    if tasks:
        door = "billing:operator" if desk.transfers else "plans:offers"
        return Sign(_("Tiền và gói"), Level.NOTE, " ".join([said, *tasks]), door)
    return Sign(_("Tiền và gói"), Level.GOOD, said, "billing:operator")


def _wire(machine: Machine, now: datetime, moment: Moment) -> Sign:
    name = _("Đường tin")
    if not machine.is_worker_there:
        return Sign(name, Level.BAD, _("Tiến trình nền không chạy: tin đăng rồi chưa vào tìm kiếm, thư không đi."))
    waiting = sum(lag.waiting for lag in machine.lags)
    if not waiting:
        return Sign(name, Level.GOOD, _("Tin đăng đến mọi nơi ngay."))
    since = min(lag.since for lag in machine.lags)
    words = {"count": figure(waiting), "names": ", ".join(lag.outlet for lag in machine.lags), "moment": moment(since)}
    said = _("%(count)s lượt chuyển chưa xong (%(names)s), lâu nhất từ %(moment)s.") % words
    return Sign(name, Level.BAD if now - since > SLOW else Level.NOTE, said)


def _mail(machine: Machine) -> Sign:
    name, door = _("Thư gửi đi"), "desk:outgoing"
    waiting = sum(lane.waiting + lane.deferred for lane in machine.lanes)
    doubts = sum(lane.in_doubt for lane in machine.lanes)
    said = _("%(count)s thư chờ gửi.") % {"count": figure(waiting)} if waiting else _("Không thư nào chờ.")
    troubles = []
    if any(lane.is_halted for lane in machine.lanes):
        troubles.append(_("Có làn thư đang bị dừng."))
    if doubts:
        troubles.append(_("%(count)s thư chưa rõ đã đến chưa.") % {"count": figure(doubts)})
    if machine.failing_domains:
        troubles.append(_("%(count)s nơi không nhận thư.") % {"count": figure(machine.failing_domains)})
    return Sign(name, Level.NOTE if troubles else Level.GOOD, " ".join([said, *troubles]), door)


def _search(machine: Machine, now: datetime, moment: Moment) -> Sign:
    name = _("Tìm kiếm")
    if not machine.is_search_there or machine.is_search_damaged:
        return Sign(name, Level.BAD, _("Chỉ mục thiếu hoặc hỏng, máy đang dựng lại; bạn đọc tạm tìm trong tít."))
    if machine.search_checked_at is None:
        return Sign(name, Level.NOTE, _("Chưa đối chiếu với kho lưu lần nào."))
    said = _("Khớp với kho lưu, lần cuối đối chiếu %(moment)s.") % {"moment": moment(machine.search_checked_at)}
    return Sign(name, Level.NOTE if now - machine.search_checked_at > STALE else Level.GOOD, said)


def _disk(machine: Machine) -> Sign:
    said = _("Còn trống %(free)s trong %(size)s.") % {
        "free": in_words(machine.free), "size": in_words(machine.size)
    }  # fmt: skip
    level = Level.BAD if machine.free < 2 * GIB else Level.NOTE if machine.free < machine.size / 10 else Level.GOOD
    return Sign(_("Ổ đĩa"), level, said)


def _backup(machine: Machine, now: datetime, moment: Moment) -> Sign:
    name, door = _("Sao lưu"), "custody:backups"
    if machine.backup is None or machine.backup.made_at is None:
        return Sign(name, Level.BAD, _("Chưa có bản sao lưu nào."), door)
    words = {"moment": moment(machine.backup.made_at)}
    if now - machine.backup.made_at > OLDEST:
        return Sign(name, Level.BAD, _("Bản gần nhất đã cũ: %(moment)s.") % words, door)
    if machine.backup.checked_at is None:
        return Sign(name, Level.NOTE, _("Bản gần nhất %(moment)s, chưa khôi phục thử.") % words, door)
    return Sign(name, Level.GOOD, _("Bản gần nhất %(moment)s, đã khôi phục thử được.") % words, door)
