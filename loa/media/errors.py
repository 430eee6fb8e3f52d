"""Facts about uploads."""


class NotAPicture(Exception):
    """The file is no JPEG, PNG, WebP, AVIF or GIF that can be opened, or it is too large."""
