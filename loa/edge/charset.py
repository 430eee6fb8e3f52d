"""Every page is UTF-8: a charset that a request declares is taken off before Django decodes by it.

Django decodes addresses too by what `Content-Type` says, before any guard of its own stands, and
`charset=hex` or `charset=idna` ends there in an error; `charset=unicode_escape` makes text no database takes.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

_CHARSET = re.compile(r';\s*charset\*?\s*=\s*("[^"]*"|[^;]*)', re.IGNORECASE)

Environ = dict[str, Any]


class Utf8Only:
    """WSGI middleware: whatever is declared, bytes are read as UTF-8."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self.app = app

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Pass the request on without its charset."""
        declared = str(environ.get("CONTENT_TYPE", ""))
        if "charset" in declared.lower():
            environ["CONTENT_TYPE"] = without_charset(declared)
        return self.app(environ, start_response)


def without_charset(declared: str) -> str:
    """The content type without its charset; nothing where one is hidden in a way no browser writes."""
    bare = _CHARSET.sub("", declared)
    return "" if "charset" in bare.lower() else bare
