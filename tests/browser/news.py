"""Entries for a newsletter by their headlines, or its minute of waiting cut short: run beside a served portal.

`news.py publish HEADLINE …` and `news.py hurry`, on the portal's LOA_HOME.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loa.project.settings")
django.setup()

from loa.accounts.models import Person  # noqa: E402
from loa.lib import clock  # noqa: E402
from loa.newsletters.models import Issue, State  # noqa: E402
from loa.organizations.actions.found import found  # noqa: E402
from loa.portals.models import Portal  # noqa: E402
from tests.browser.fill import picture, put_out  # noqa: E402


def publish(*headlines: str) -> None:
    """What there is to pick."""
    author = Person.objects.create_user("tho.giay@example.vn", "bai-ca-dao-cua-me", name="Thợ")
    sender = found(author, portal=Portal.objects.get(), name="Nhà giấy Sông Đáy", kind="company")
    sender.approved_at = clock.now()
    sender.save()
    for number, headline in enumerate(headlines):
        put_out(author, sender, headline=headline, pictures=[picture(sender, number)])


def hurry() -> None:
    """Nobody takes it back any more."""
    Issue.objects.filter(state=State.SCHEDULED).update(scheduled_at=clock.now())


if __name__ == "__main__":
    {"publish": publish, "hurry": hurry}[sys.argv[1]](*sys.argv[2:])
