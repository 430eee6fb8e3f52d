"""Where an order stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """From the order to its money, and back."""

    OPEN = "open", _("Chờ thanh toán")
    PARTIALLY_PAID = "partially_paid", _("Đã nhận một phần")
    PAID = "paid", _("Đã thanh toán")
    CANCELLED = "cancelled", _("Đã hủy")
    REFUNDED = "refunded", _("Đã hoàn tiền")


LIVE = (State.OPEN, State.PARTIALLY_PAID)  # still waits for money
