"""Why a file is not kept, in sentences a page can show."""

from django.utils.translation import gettext as _

from loa.lib.sizes import in_words
from loa.media.errors import StorageFull


def why_full(fact: StorageFull) -> str:
    """How much its owner's files take, how much they may take, and what to do."""
    said = _("Thư viện đã đầy: dùng %(used)s, được phép %(most)s.")
    if fact.used < fact.most:
        said = _("Không đủ chỗ cho tệp này (%(size)s): thư viện đã dùng %(used)s, được phép %(most)s.")
    numbers = {"used": in_words(fact.used), "most": in_words(fact.most), "size": in_words(fact.size)}
    return f"{said % numbers} {what_to_do()}"


def what_to_do() -> str:
    """How there is room again."""
    return _("Hãy xóa bớt tệp không dùng trong thư viện, hoặc nhờ ban biên tập cho thêm chỗ.")
