"""What anyone may do with a text and its pictures: in a sentence, and as an address machines know."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from loa.archive.models import Licence
from loa.archive.rules import licence_address


@dataclass(frozen=True)
class Terms:
    """The sentence readers see, and the address of the terms."""

    sentence: str
    address: str
    is_outside: bool  # the terms stand on a page of the world's


def terms(licence: str, address: str) -> Terms:
    """The terms of a text at its address; terms of our own are stated on its page."""
    known = Licence(licence) if licence in Licence.values else Licence.CREDIT
    sentences = {
        Licence.CREDIT: _("Được đăng lại miễn phí, xin ghi nguồn."),
        Licence.CC_BY: _("Được đăng lại và sửa đổi miễn phí, xin ghi nguồn (CC BY 4.0)."),
        Licence.CC_BY_SA: _("Được đăng lại và sửa đổi miễn phí, xin ghi nguồn và giữ cùng giấy phép (CC BY-SA 4.0)."),
        Licence.RESERVED: _("Giữ mọi quyền: muốn đăng lại, xin hỏi nơi gửi."),
    }
    own = f"{address}#licence"
    stated = licence_address(known, own)
    return Terms(sentences[known], stated, stated != own)
