"""The mails of accounts that are ours: a new browser, a second step taken away."""

from django.core import signing
from django.utils.translation import gettext as _

from loa.accounts.models import AddressChange, Person, SignIn
from loa.accounts.rules import device_in_words
from loa.lib.dates import moment_in_words
from loa.mail.actions.queue import queue
from loa.portals.models import Portal
from loa.ui.language import speaking

# What the links in these mails are signed for: none of them opens what another is for.
DISOWN = "loa.accounts.disown"
CONFIRM, UNDO = "loa.accounts.confirm_address", "loa.accounts.undo_address"


def new_device(row: SignIn, *, portal: Portal, language: str) -> None:
    """In the language the person signed in in, with the way to say that it was somebody else."""
    with speaking(language) as spoken:
        link = portal.link(f"/accounts/not-me/{signing.dumps(row.public_id, salt=DISOWN)}", spoken)
        said = {"device": device_in_words(row.agent), "when": moment_in_words(row.at, portal.time_zone, spoken)}
        says = [
            _("Tài khoản của bạn vừa đăng nhập từ %(device)s, lúc %(when)s. Đây là trình duyệt chưa từng dùng.") % said,
            _("Nếu là bạn thì không cần làm gì."),
            _("Không phải tôi:") + f" {link}",
            _("Trang ấy có một nút đăng xuất mọi nơi và đặt mật khẩu mới."),
        ]
        subject = _("Đăng nhập từ thiết bị mới: %(device)s") % said
    _send(f"device:{row.public_id}", to=row.person.email, subject=subject, says=says)


def factors_removed(person: Person, *, key: str, portal: Portal) -> None:
    """In the portal's language: nobody knows which the person reads."""
    with speaking(portal.language) as spoken:
        says = [
            _("Người điều hành vừa bỏ bước thứ hai khi đăng nhập của tài khoản bạn. Mọi nơi đã bị đăng xuất."),
            _("Trong 24 giờ tài khoản chưa đăng tin được. Nếu không phải bạn xin, hãy viết cho chúng tôi ngay:")
            + f" {portal.link('/contact', spoken)}",
        ]
        subject = _("Đã bỏ bước thứ hai khi đăng nhập")
    _send(key, to=person.email, subject=subject, says=says)


def confirm_address(row: AddressChange, *, portal: Portal, language: str) -> None:
    """To the new address; only the button on the page it leads to moves the account."""
    with speaking(language) as spoken:
        link = portal.link(f"/accounts/email/confirm/{signing.dumps(row.public_id, salt=CONFIRM)}", spoken)
        says = [
            _("Có người muốn dùng địa chỉ này cho tài khoản của họ. Nếu là bạn, hãy mở trang này và bấm nút:")
            + f" {link}",
            _("Nếu không phải bạn, hãy bỏ qua thư này; không có gì xảy ra cả."),
        ]
        subject = _("Xác nhận địa chỉ mới")
    _send(f"address:{row.public_id}", to=row.new, subject=subject, says=says)


def address_taken(row: AddressChange, *, portal: Portal, language: str) -> None:
    """To the new address, which has an account of its own; whoever asked learns nothing."""
    with speaking(language) as spoken:
        says = [
            _("Có người muốn dùng địa chỉ này cho tài khoản của họ, nhưng địa chỉ đã có tài khoản riêng."),
            _("Nếu là bạn, hãy đăng nhập bằng địa chỉ này:") + f" {portal.link('/accounts/login/', spoken)}",
        ]
        subject = _("Xác nhận địa chỉ mới")
    _send(f"address:{row.public_id}", to=row.new, subject=subject, says=says)


def address_changed(row: AddressChange, *, portal: Portal, language: str) -> None:
    """To the old address, with the way back."""
    with speaking(language) as spoken:
        link = portal.link(f"/accounts/email/undo/{signing.dumps(row.public_id, salt=UNDO)}", spoken)
        says = [
            _("Tài khoản của bạn vừa chuyển sang địa chỉ %(new)s; từ nay thư tới đó.") % {"new": row.new},
            _("Không phải bạn làm? Mở trang này trong 14 ngày để lấy lại tài khoản:") + f" {link}",
        ]
        subject = _("Địa chỉ thư của tài khoản đã đổi")
    _send(f"address_changed:{row.public_id}", to=row.old, subject=subject, says=says)


def forgotten(person: Person, *, portal: Portal, language: str) -> None:
    """The last mail of an account."""
    with speaking(language) as spoken:
        says = [
            _("Tài khoản của bạn đã được xóa và không khôi phục được. Những gì đã đăng vẫn ở chỗ cũ."),
            _("Không phải bạn làm? Hãy viết cho chúng tôi:") + f" {portal.link('/contact', spoken)}",
        ]
        subject = _("Tài khoản đã xóa")
    _send(f"forgotten:{person.pk}", to=person.email, subject=subject, says=says)


def _send(key: str, *, to: str, subject: str, says: list[str]) -> None:
    queue(key=key, to=to, subject=subject, text="\n\n".join(says) + "\n", urgent=True)
