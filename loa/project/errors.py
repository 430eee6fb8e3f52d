"""Pages for what went wrong before a view was reached."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# Never shown back, whoever sent the form: secrets, and what nobody typed.
NOT_TYPED = ("csrfmiddlewaretoken", "password", "revision", "token", "login")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was too old or came from elsewhere: said plainly, with the words typed so that none are lost."""
    typed = [
        (name, text)
        for name, texts in request.POST.lists()
        if not name.startswith(NOT_TYPED)
        for text in texts
        if isinstance(text, str) and len(text.strip()) > 2
    ]
    return render(request, "project/csrf.html", {"typed": typed}, status=403)
