"""Every address of the resolver with an example of what stands in it, and who knocks."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver

# A part of an address in the resolver's own writing: `<slug:slug>`, or a group of a regular expression.
SLOT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")


def routes() -> Iterator[str]:
    """Each route as `/desk/o/<slug>/members`, allauth's own regular expressions made alike."""
    for written in _walk(get_resolver().url_patterns, ""):
        yield "/" + SLOT.sub(lambda slot: f"<{slot[1] or slot[2]}>", written).replace("^", "").replace("$", "")


def _walk(patterns: list[Any], before: str) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLPattern):
            yield before + str(one.pattern)
        else:
            yield from _walk(one.url_patterns, before + str(one.pattern))


def address(route: str, examples: dict[str, dict[str, Any]]) -> str:
    """The route with examples in its slots; the longest beginning that knows a name says what it stands for there."""

    def example(slot: re.Match[str]) -> str:
        known = [start for start, names in examples.items() if route.startswith(start) and slot[1] in names]
        assert known, f"{route}: say in the test what may stand for {slot[1]}"
        return str(examples[max(known, key=len)][slot[1]])

    return re.sub(r"<(\w+)>", example, route)
