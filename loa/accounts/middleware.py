"""Notes now and then that a session is in use, so that its owner sees when it was last."""

import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from loa.accounts.actions.see import see

KEY = "sign_in"  # in a session: the row's id, the key Django keeps the session under, and when it was noted last
EVERY = 300  # seconds


def sign_in_of(request: HttpRequest) -> str:
    """The id of the row this session is; empty where nobody signed in through a door."""
    noted: dict[str, Any] = request.session.get(KEY) or {}
    return str(noted.get("id", ""))


class SignInsSeen:
    """Looks only at sessions that the page looked at itself: public pages have none to do with."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        if session.accessed and (noted := session.get(KEY)):
            is_moved = noted["key"] != session.session_key
            if is_moved or time.time() - noted["seen"] > EVERY:
                see(noted["id"], session_key=session.session_key or "")
                session[KEY] = {"id": noted["id"], "key": session.session_key, "seen": int(time.time())}
        return response
