"""What can happen to a person: each event with its sentence, and its kind, which comes by mail or not."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loa.accounts.models import Person
from loa.inbox.models import Choice


class Kind(models.TextChoices):
    """What a person chooses about."""

    SENT_BACK = "sent_back", _("Thông cáo gửi lại để sửa")
    OUT = "out", _("Thông cáo lên trang, được đính chính, rút hay dịch")
    HELD = "held", _("Tới giờ mà chưa đăng được")
    ASKED = "asked", _("Có người nhờ bạn duyệt, xác nhận hay cùng phát hành")
    ANSWERED = "answered", _("Có người trả lời điều bạn nhờ")
    PLAN = "plan", _("Gói sắp hết hạn")
    WEEKLY = "weekly", _("Số liệu tuần qua, sáng thứ Hai")
    NEWS = "news", _("Đã duyệt và hẹn giờ; điều bạn báo đã được xem")
    INVITED = "invited", _("Lời mời vào tổ chức")
    EVIDENCE = "evidence", _("Bằng chứng xác minh không còn thấy")
    OWNED = "owned", _("Ai có quyền trong tổ chức thay đổi")
    NAMED = "named", _("Ban biên tập yêu cầu đính chính")


ALWAYS = (Kind.INVITED, Kind.EVIDENCE, Kind.OWNED, Kind.NAMED)  # their link, or the law, needs the mail
NEVER = (Kind.NEWS,)  # no mail is written about these
CHOSEN = tuple(kind for kind in Kind if kind not in (*ALWAYS, *NEVER))

EVENTS: dict[str, tuple[Kind, str | Promise]] = {
    "sent_back": (Kind.SENT_BACK, _("Biên tập viên gửi lại để sửa")),
    "scheduled": (Kind.NEWS, _("Đã duyệt, chờ tới giờ đăng")),
    "published": (Kind.OUT, _("Đã lên trang")),
    "corrected": (Kind.OUT, _("Đã đính chính")),
    "withdrawn": (Kind.OUT, _("Đã rút khỏi trang")),
    "restored": (Kind.OUT, _("Đã đăng lại")),
    "translated": (Kind.OUT, _("Đã đăng bản dịch")),
    "held": (Kind.HELD, _("Thông cáo của %(name)s tới giờ mà chưa đăng được")),
    "partner_asked": (Kind.ASKED, _("%(name)s mời %(partner)s cùng phát hành một thông cáo")),
    "partner_agreed": (Kind.ANSWERED, _("%(name)s đồng ý cùng phát hành")),
    "partner_refused": (Kind.ANSWERED, _("%(name)s từ chối cùng phát hành")),
    "confirm_asked": (Kind.ASKED, _("Ban biên tập viết cho %(name)s một thông cáo, chờ xác nhận")),
    "confirmed": (Kind.ANSWERED, _("%(name)s đã xác nhận thông cáo")),
    "confirm_wish": (Kind.ANSWERED, _("%(name)s muốn sửa thông cáo")),
    "approval_asked": (Kind.ASKED, _("%(who)s nhờ bạn duyệt một thông cáo của %(name)s")),
    "approved": (Kind.ANSWERED, _("%(name)s đã duyệt thông cáo")),
    "approval_wish": (Kind.ANSWERED, _("%(name)s muốn sửa thông cáo")),
    "listing_listed": (Kind.ANSWERED, _("%(name)s đã nhận đăng thêm thông cáo")),
    "listing_refused": (Kind.ANSWERED, _("%(name)s không nhận đăng thêm thông cáo")),
    "listing_removed": (Kind.ANSWERED, _("%(name)s đã gỡ thông cáo khỏi các danh sách ở đó")),
    "mandate_asked": (Kind.ASKED, _("%(agency)s viết thay %(client)s: chờ trả lời")),
    "invited": (Kind.INVITED, _("%(name)s mời bạn vào tổ chức; đường dẫn nhận lời ở trong thư")),
    "proof_missing": (Kind.EVIDENCE, _("%(domain)s: hôm nay không thấy bằng chứng xác minh")),
    "proof_lapsed": (Kind.EVIDENCE, _("%(domain)s: bằng chứng xác minh đã hết hiệu lực")),
    "hand_on": (Kind.OWNED, _("%(whom)s nay là chủ tài khoản của %(name)s")),
    "remove_member": (Kind.OWNED, _("%(whom)s không còn thuộc %(name)s")),
    "appoint": (Kind.OWNED, _("Ban biên tập đã giao %(name)s cho %(whom)s")),
    "close": (Kind.OWNED, _("%(whom)s đã đóng tài khoản của %(name)s")),
    "recovered": (Kind.OWNED, _("Tài khoản của %(who)s, thành viên của %(name)s, vừa được khôi phục")),
    "correction_asked": (Kind.NAMED, _("Cần đính chính theo lời người được nêu tên")),
    "report_settled": (Kind.NEWS, _("Ban biên tập đã xem điều bạn báo")),
    "weekly": (Kind.WEEKLY, _("%(name)s: tuần qua thông cáo có %(views)s lượt xem")),
    "plan_ends": (Kind.PLAN, _("Gói của %(name)s sắp hết hạn")),
}


def is_mailed(person: Person, event: str) -> bool:
    """Whether this person hears of it by mail too."""
    kind = EVENTS[event][0]
    return kind in ALWAYS or not Choice.objects.filter(person=person, kind=kind).exists()


def sentence(event: str, names: dict[str, str]) -> str:
    """What happened, in the reader's language."""
    return str(EVENTS[event][1]) % names
