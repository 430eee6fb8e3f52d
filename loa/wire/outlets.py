"""Where every notice goes; nothing else happens "after publish".

Each outlet takes one notice, may be handed it twice, and raises when it could not carry it. An outlet added here
starts at the first notice and catches up by itself.
"""

from collections.abc import Callable

from loa.archive.models import Notice
from loa.releases import outlet as author_mail
from loa.search import outlet as search

OUTLETS: dict[str, Callable[[Notice], None]] = {
    "search": search.carry,
    "author-mail": author_mail.carry,
}
