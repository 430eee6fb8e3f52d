"""Why something that is out could not be changed, in words that say what to do."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from loa.accounts.errors import CoolingDown
from loa.accounts.views.step_up import said_of_waiting
from loa.compose.views.organizations import said_of_suspended
from loa.moderation.errors import NeedsApprover, NeedsPerson

FACTS = (CoolingDown, NeedsApprover, NeedsPerson)


def said_of_again(request: HttpRequest, fact: Exception) -> str:
    """The sentence for one of `FACTS`, or for an organization that is suspended."""
    match fact:
        case CoolingDown():
            return said_of_waiting(request, fact)
        case NeedsApprover():
            return _("Tổ chức yêu cầu hai người đồng ý. Hãy nhờ người duyệt hoặc chủ tài khoản của tổ chức gửi.")
        case NeedsPerson(words=()):
            return _("Mọi thông cáo của tổ chức này chờ biên tập viên xem, nên chưa tự sửa được; hãy viết cho họ.")
        case NeedsPerson():
            said = _(
                "Bản này thêm từ cần người xem (%(words)s). Hãy gửi thông cáo mới, hoặc chứng minh tên miền trước."
            )
            return said % {"words": ", ".join(fact.words)}
    return said_of_suspended()
