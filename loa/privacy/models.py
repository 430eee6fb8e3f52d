"""What somebody asked about their own data, when it must be answered and done, and what was noted meanwhile."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from loa.lib.tokens import random_id


class Wish(models.TextChoices):
    """What is asked for."""

    ACCESS = "access", _("Xem hoặc nhận bản sao dữ liệu của tôi")
    CORRECT = "correct", _("Sửa dữ liệu sai")
    DELETE = "delete", _("Xóa dữ liệu của tôi")
    OBJECT = "object", _("Thôi dùng dữ liệu của tôi, hoặc rút lời đồng ý")


class Outcome(models.TextChoices):
    """How it ended."""

    DONE = "done", _("Đã làm như yêu cầu")
    PARTLY = "partly", _("Làm được một phần")
    REFUSED = "refused", _("Không làm được")


class DataRequest(models.Model):
    """One person's request; the clocks run from the moment they confirmed their address."""

    public_id = models.CharField(max_length=32, unique=True, default=random_id)
    token = models.CharField(max_length=32, unique=True, default=random_id)  # of the link that confirms it
    portal = models.ForeignKey("portals.Portal", models.CASCADE, related_name="+")
    wish = models.CharField(max_length=10, choices=Wish.choices)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(max_length=254, blank=True)  # empty once it is forgotten
    said = models.TextField(blank=True)
    language = models.CharField(max_length=12)
    asked_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)  # when the address was confirmed
    answer_by = models.DateTimeField(null=True)
    act_by = models.DateTimeField(null=True)
    extended_at = models.DateTimeField(null=True)  # when the second date was moved; once at most
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    forgotten_at = models.DateTimeField(null=True)  # name, address and words are gone

    class Meta:
        indexes = [
            models.Index(fields=["portal", "closed_at", "act_by"], name="data_request_open"),
            models.Index(fields=["asked_at"], name="data_request_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.wish} {self.public_id}"


class Step(models.Model):
    """What was done about a request: an answer, a note for ourselves, a later date, the end; in the words used."""

    class Kind(models.TextChoices):
        """Who reads it."""

        ANSWER = "answer", _("Trả lời người hỏi")
        NOTE = "note", _("Ghi chú")
        EXTEND = "extend", _("Lùi hạn")
        CLOSE = "close", _("Kết thúc")

    request = models.ForeignKey(DataRequest, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = models.TextField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.request_id} {self.kind}"
