"""Facts about uploads."""


class NotAPicture(Exception):
    """The file is no JPEG, PNG, WebP, AVIF or GIF that can be opened ("unreadable"), or it is "too_large"."""

    @property
    def is_too_large(self) -> bool:
        """Whether it was its size."""
        return self.args[:1] == ("too_large",)


class InUse(Exception):
    """The file stands in a release, on a page or in a profile; it cannot be thrown away."""


class NotAFilm(Exception):
    """The file is no MP4 or WebM video a browser plays, or no WebVTT file; or it is one that breaks off."""

    def __init__(self, *, is_broken: bool = False) -> None:
        super().__init__()
        self.is_broken = is_broken


class NotADocument(Exception):
    """The file is no PDF document, or it is too large."""


class UnknownPlayer(Exception):
    """The address is no video of YouTube or Vimeo."""


class StorageFull(Exception):
    """The owner's files take `used` bytes of the `most` they may; `size` more do not fit."""

    def __init__(self, *, used: int, most: int, size: int) -> None:
        super().__init__(f"{used} of {most}, {size} more")
        self.used, self.most, self.size = used, most, size
