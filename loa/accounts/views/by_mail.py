"""A page with a button, to which a mail leads: a program that opens the links of mails does nothing by it."""

from collections.abc import Callable

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from loa.accounts.errors import LinkGone
from loa.accounts.models import Person


def answer(
    request: HttpRequest, token: str, *, template: str, salt: str, seconds: int, act: Callable[[str], Person]
) -> HttpResponse:
    """The page, and once its button is pressed what `act` does with the id in the token; a link lives some seconds."""
    try:
        public_id = str(signing.loads(token, salt=salt, max_age=seconds))
        if request.method != "POST":
            return render(request, template)
        person = act(public_id)
    except (signing.BadSignature, LinkGone):
        return render(request, template, {"is_gone": True}, status=410)
    return render(request, template, {"is_done": True, "email": person.email})
