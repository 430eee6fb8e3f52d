"""Take back: something public is gone, and with it the leave to read its files."""

from loa.media.models import Use


def take_back(*, key: str) -> None:
    """The files of `key` are its owner's again, inside the caller's transaction; others' public uses stand."""
    Use.objects.filter(key=key).update(is_public=False)
