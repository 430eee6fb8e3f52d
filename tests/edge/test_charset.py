"""A request is read as UTF-8, whatever it says."""

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory

from loa.edge.charset import Utf8Only, without_charset
from loa.portals.models import Portal


@pytest.mark.parametrize("charset", ["hex", "undefined", "idna", "unicode_escape", "utf-16", '"nonsense"'])
def test_a_charset_declared_changes_nothing(portal: Portal, charset: str) -> None:
    environ = RequestFactory().get("/latest?before=%5Cud800").environ
    environ["CONTENT_TYPE"] = f"text/plain; charset={charset}"
    seen: list[str] = []
    body = Utf8Only(get_wsgi_application())(environ, lambda status, headers, *rest: seen.append(status))
    assert b"".join(body)
    assert seen == ["200 OK"]


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
