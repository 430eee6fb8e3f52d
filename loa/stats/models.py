"""What releases did: views a row a day, and a row a day for each thing that was counted beside.

No row says anything of a reader: no address, no cookie, no moment finer than a day.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DailyViews(models.Model):
    """How often an entry was read on one day in its portal's zone."""

    entry = models.ForeignKey("archive.Entry", models.CASCADE, related_name="+")
    day = models.DateField()
    views = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "day"], name="views_once_a_day")]
        indexes = [models.Index(fields=["day", "entry", "views"], name="views_of_days")]  # most read, from this alone

    def __str__(self) -> str:
        return f"{self.entry_id} {self.day} {self.views}"


class What(models.TextChoices):
    """What is counted beside views."""

    READ = "read", _("Đọc đến cuối")
    CLICK = "click", _("Bấm liên kết ra ngoài")
    COPY = "copy", pgettext_lazy("số liệu", "Chép văn bản")
    DOWNLOAD = "download", pgettext_lazy("số liệu", "Tải về")
    SHARE = "share", pgettext_lazy("số liệu", "Chia sẻ")
    ARRIVE = "arrive", _("Đến từ bản tin")
    FROM = "from", _("Đến từ trang khác")
    WORD = "word", _("Từ đã tìm trên cổng")
    LANGUAGE = "language", _("Ngôn ngữ đọc")


class Tally(models.Model):
    """How often something happened to an entry on one day in its portal's zone; the name is a host, an issue, words."""

    entry = models.ForeignKey("archive.Entry", models.CASCADE, related_name="+")
    day = models.DateField()
    what = models.CharField(max_length=10, choices=What.choices)
    name = models.CharField(max_length=100, blank=True)  # empty: has none, or one of too many
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "day", "what", "name"], name="tally_once_a_day")]
        indexes = [models.Index(fields=["what", "day"], name="tally_of_day")]  # what is old enough to be forgotten

    def __str__(self) -> str:
        return f"{self.entry_id} {self.day} {self.what} {self.name} {self.count}"


class WeeklyReport(models.Model):
    """That an organization's week was seen to: the mails about it were queued, or there was nothing to tell."""

    organization = models.ForeignKey("organizations.Organization", models.CASCADE, related_name="+")
    monday = models.DateField()  # the first day of the week that is told of
    mailed = models.PositiveIntegerField(default=0)  # people told

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "monday"], name="week_told_once")]
        indexes = [models.Index(fields=["monday"], name="week_told_of")]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.monday}"
