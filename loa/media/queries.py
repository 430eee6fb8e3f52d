"""Reads of pictures."""

from loa.media.models import Picture


def get_for_owner(owner_key: str, public_id: str) -> Picture | None:
    """A picture of this owner's, or None for “is not” and “not yours” alike."""
    return Picture.objects.filter(owner_key=owner_key, public_id=public_id).first()
