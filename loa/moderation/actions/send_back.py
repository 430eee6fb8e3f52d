"""Send back: the author gets the release again, with a reason."""

from django.conf import settings
from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.mail.actions.queue import queue
from loa.releases.actions.move import move
from loa.releases.models import Release


def send_back(moderator: Person, release: Release, *, reason: str) -> None:
    """The reason stands on the author's page; the mail names no text of the draft. Raises WrongState."""
    with transaction.atomic():
        locked = move(release, "send_back")
        locked.sent_back_reason = reason
        locked.save()
        record(actor(moderator), act="send_back", subject=f"release:{locked.public_id}")
        if locked.author is not None:
            link = f"{settings.LOA_ORIGIN}/desk/releases/{locked.public_id}"
            queue(
                key=f"send_back:{locked.public_id}:{locked.submitted_at}", to=locked.author.email,
                subject="Thông cáo của bạn cần sửa", text=f"Biên tập viên viết:\n\n{reason}\n\nMở bản nháp: {link}\n",
            )  # fmt: skip
