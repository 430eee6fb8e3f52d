"""What every page of the operator is made with."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _


def form_page(request: HttpRequest, form: Any, heading: str, listed: list[str] | None = None) -> HttpResponse:
    """A page that is one form, and what it is about."""
    status = 400 if form.is_bound else 200
    return render(request, "desk/form.html", {"form": form, "heading": heading, "listed": listed}, status=status)


def saved(request: HttpRequest, door: str, said: str = "") -> HttpResponse:
    """On to a page that says so."""
    messages.success(request, said or _("Đã lưu."))
    return redirect(door)
