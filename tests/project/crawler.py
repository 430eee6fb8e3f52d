"""Walks a portal as one person does: every link followed, every form sent empty and sent with nonsense."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

from bs4 import BeautifulSoup, Comment, NavigableString, Tag
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

SPOKEN = ("alt", "title", "aria-label", "placeholder", "data-label", "data-confirm")  # attributes that people meet
UNSPOKEN = ("script", "style", "code", "template", "time")
A_KIND = 3  # pages of one address pattern: one is not enough, all are too many


@dataclass(frozen=True)
class Words:
    """A piece of text, the language its page says it is in, and where it stood."""

    text: str
    language: str
    where: str


@dataclass
class Crawl:
    """One person's walk under a prefix (`""` or `/en`)."""

    client: Client
    prefix: str
    seen: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    forms: set[str] = field(default_factory=set)

    def words(self, *starts: str) -> Iterator[Words]:
        """Everything said on the way, the answers to forms last."""
        met = []
        for path, _, page in self._walk(*starts):
            met.append((path, page))
            yield from spoken(page, path)
        for path, page in met:
            yield from self._answers(page, path)

    def pages(self, *starts: str) -> Iterator[tuple[str, str]]:
        """Every page on the way: its path and its markup."""
        for path, text, _ in self._walk(*starts):
            yield path, text

    def _walk(self, *starts: str) -> Iterator[tuple[str, str, BeautifulSoup]]:
        """Every page on the way: its path, its markup, and the same read."""
        waiting = [f"{self.prefix}{start}" for start in starts]
        while waiting:
            path = waiting.pop(0)
            text = read(self.client.get(path))
            if text:
                page = BeautifulSoup(text, "lxml")
                yield path, text, page
                waiting += [link for link in self._links(page, path) if self._is_new(link)]

    def _links(self, page: BeautifulSoup, path: str) -> Iterator[str]:
        for link in page.select("a[href]"):
            parts = urlsplit(urljoin(path, str(link["href"])))
            if parts.netloc in ("", "testserver") and parts.scheme in ("", "http"):
                yield parts.path + (f"?{parts.query}" if parts.query else "")

    def _is_new(self, link: str) -> bool:
        """Say whether to go there: ours, in this language, and not yet seen often enough."""
        if link in self.seen:
            return False
        self.seen.add(link)
        kind = self._kind(link)
        if kind is None or self.kinds[kind] >= A_KIND:
            return False
        self.kinds[kind] += 1
        return True

    def _kind(self, link: str) -> str | None:
        path, _, query = link.partition("?")
        inside = path.removeprefix(self.prefix)
        if (self.prefix and inside == path) or (not self.prefix and path.split("/")[1] in ("en", "ja")):
            return None
        try:
            route = resolve(inside or "/").route
        except Resolver404:
            return None
        return f"{route}?{'&'.join(sorted(name for name, _ in parse_qsl(query)))}"

    def _answers(self, page: BeautifulSoup, path: str) -> Iterator[Words]:
        """What is said to whoever sends a form with nothing in it, or with nonsense."""
        for form in page.select('form[method="post"]'):
            action = urljoin(path, str(form.get("action") or path))
            fields = form.select("input[type=text],input[type=email],input[type=url],input:not([type]),textarea")
            key = f"{self._kind(action)} {sorted(str(one.get('name')) for one in fields)}"
            if not fields or key in self.forms:
                continue
            self.forms.add(key)
            kept = {str(one["name"]): str(one.get("value", "")) for one in form.select("input[type=hidden][name]")}
            names = [str(one["name"]) for one in fields if one.get("name")]
            for nonsense in ("", "@"):
                sent = kept | dict.fromkeys(names, nonsense)
                answer = read(self.client.post(action, sent, follow=True))
                if answer:
                    yield from spoken(BeautifulSoup(answer, "lxml"), f"POST {action}")


def read(response: HttpResponse) -> str:
    """The page, if it is one."""
    is_page = "text/html" in response.headers.get("Content-Type", "")
    return response.content.decode() if is_page else ""


def spoken(page: BeautifulSoup, where: str) -> Iterator[Words]:
    """Each piece of text and of spoken attributes, with the language of the nearest element that names one."""
    for text in page.find_all(string=True):
        words = " ".join(text.split())
        if words and type(text) is NavigableString and not isinstance(text, Comment) and _is_read(text):
            yield Words(words, _language(text.parent), where)
    for element in page.find_all(True):
        for name in SPOKEN:
            if element.get(name):
                yield Words(str(element[name]), _language(element), where)
    for element in page.select("input[type=submit][value], meta[name=description][content]"):
        yield Words(str(element.get("content") or element.get("value")), _language(element), where)


def _is_read(text: NavigableString) -> bool:
    return not any(parent.name in UNSPOKEN for parent in text.parents)


def _language(element: Tag | None) -> str:
    while element is not None:
        if element.get("lang"):
            return str(element["lang"])
        element = element.parent
    return ""
