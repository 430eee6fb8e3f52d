"""The mails of accounts that are ours: a new browser, a second step taken away."""

from django.core import signing
from django.utils.translation import gettext as _

from loa.accounts.models import Person, SignIn
from loa.accounts.rules import device_in_words, moment_in_words
from loa.mail.actions.queue import queue
from loa.portals.models import Portal
from loa.ui.language import speaking

SALT = "loa.accounts.disown"


def new_device(row: SignIn, *, portal: Portal, language: str) -> None:
    """In the language the person signed in in, with the way to say that it was somebody else."""
    with speaking(language) as spoken:
        link = portal.link(f"/accounts/not-me/{signing.dumps(row.public_id, salt=SALT)}", spoken)
        said = {"device": device_in_words(row.agent), "when": moment_in_words(row.at, portal.time_zone, spoken)}
        says = [
            _("Tài khoản của bạn vừa đăng nhập từ %(device)s, lúc %(when)s. Đây là trình duyệt chưa từng dùng.") % said,
            _("Nếu là bạn thì không cần làm gì."),
            _("Không phải tôi:") + f" {link}",
            _("Trang ấy có một nút đăng xuất mọi nơi và đặt mật khẩu mới."),
        ]
        subject = _("Đăng nhập từ thiết bị mới: %(device)s") % said
    queue(
        key=f"device:{row.public_id}", to=row.person.email, subject=subject, text="\n\n".join(says) + "\n", urgent=True
    )


def factors_removed(person: Person, *, key: str, portal: Portal) -> None:
    """In the portal's language: nobody knows which the person reads."""
    with speaking(portal.language) as spoken:
        says = [
            _("Người điều hành vừa bỏ bước thứ hai khi đăng nhập của tài khoản bạn. Mọi nơi đã bị đăng xuất."),
            _("Trong 24 giờ tài khoản chưa đăng tin được. Nếu không phải bạn xin, hãy viết cho chúng tôi ngay:")
            + f" {portal.link('/contact', spoken)}",
        ]
        subject = _("Đã bỏ bước thứ hai khi đăng nhập")
    queue(key=key, to=person.email, subject=subject, text="\n\n".join(says) + "\n", urgent=True)
