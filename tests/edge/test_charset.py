"""A request is read as UTF-8, whatever it says."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from loa.edge.charset import Utf8Only, without_charset


def words(environ: dict[str, Any], start_response: object) -> Iterable[bytes]:
    """Answer what Django reads in the address."""
    yield WSGIRequest(environ).GET["q"].encode()


@pytest.mark.parametrize("charset", ["hex", "undefined", "idna", "unicode_escape", "utf-16", '"nonsense"'])
def test_a_charset_declared_changes_nothing(charset: str) -> None:
    environ = RequestFactory().get("/search?q=%5Cud800l%C3%BAa").environ
    environ["CONTENT_TYPE"] = f"text/plain; charset={charset}"
    assert b"".join(Utf8Only(words)(environ, print)).decode() == "\\ud800lúa"


@pytest.mark.parametrize(
    ("declared", "bare"),
    [
        ("multipart/form-data; charset=hex; boundary=a", "multipart/form-data; boundary=a"),
        ("multipart/form-data; boundary=a; Charset*=UTF-8''hex", "multipart/form-data; boundary=a"),
        ('text/plain;charset="a;b"', "text/plain"),
        ("text/plain; charset*0=hex", ""),
        ("multipart/form-data; boundary=a", "multipart/form-data; boundary=a"),
    ],
)
def test_only_the_charset_goes(declared: str, bare: str) -> None:
    assert without_charset(declared) == bare
