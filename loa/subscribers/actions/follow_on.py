"""Follow on: who followed one organization follows another, into which it was merged."""

from loa.subscribers.models import Subscription


def follow_on(before: str, now: str) -> int:
    """Inside the caller's transaction, which records it; keys as `rules` writes them. Answers how many wishes moved."""
    both = Subscription.objects.filter(key=now).values("subscriber")
    Subscription.objects.filter(key=before, subscriber__in=both).delete()
    return Subscription.objects.filter(key=before).update(key=now)
