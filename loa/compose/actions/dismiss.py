"""Dismiss: what was said about a brought file was read, or it is not wanted."""

from loa.compose.models import Bringing


def dismiss(bringing: Bringing) -> None:
    """Its row goes; pictures it brought stay in the library."""
    Bringing.objects.filter(pk=bringing.pk).delete()
