"""Hand over: every file of one owner becomes another's; addresses and uses stay as they are."""

from django.db.models import Value
from django.db.models.functions import Concat

from loa.media.queries import KINDS


def hand_over(owner_key: str, into_key: str) -> None:
    """Inside the caller's transaction, which records it. Twice does nothing more.

    A file both have stays twice, since texts lead to either address; the bytes are known as the new owner's own.
    """
    for kind in KINDS:
        had = kind.objects.filter(owner_key=into_key).values("digest")
        both = kind.objects.filter(owner_key=owner_key, digest__in=had)
        both.update(digest=Concat(Value("double:"), "public_id"))
        kind.objects.filter(owner_key=owner_key).update(owner_key=into_key)
