"""Every page, every answer to a form and every mail is in the language it says it is in.

The cast of the English walk has no Vietnamese letter in any of its texts, so every one that is met is a word of ours
that was left untranslated; the cast of the Vietnamese walk writes no English.
"""

import re

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.lib import languages
from loa.portals.models import Portal
from tests.conftest import MakePerson
from tests.project.crawler import Crawl, Words

pytestmark = pytest.mark.pages

VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹĩũ]", re.IGNORECASE)
ENGLISH = re.compile(
    r"\b(the|and|your|this|please|with|for|you|are|must|enter|valid|required|field|value|from)\b", re.IGNORECASE
)
# Every language may be called by its own name.
OWN_NAMES = re.compile("|".join(re.escape(one.own) for one in languages.ALL))


def wrong(words: Words, language: str) -> bool:
    """Say whether a piece of text that claims this language shows words of the other one."""
    if words.language != language:
        return False
    return bool((VIETNAMESE if language == "en" else ENGLISH).search(OWN_NAMES.sub("", words.text)))


def walk(client: Client, language: str, *starts: str) -> list[Words]:
    """What one person meets in the wrong language."""
    crawl = Crawl(client, "/en" if language == "en" else "")
    return [words for words in crawl.words(*starts) if wrong(words, language)]


def told(found: list[Words]) -> str:
    return "\n".join(sorted({f"{words.where}: {words.text[:160]}" for words in found}))


def test_what_readers_meet(filled: Portal, client: Client, language: str) -> None:
    assert told(walk(client, language, "/", "/newsletter", "/accounts/login/", "/khong-co")) == ""


def test_what_authors_meet(filled: Portal, client: Client, an: Person, language: str) -> None:
    client.force_login(an)
    assert told(walk(client, language, "/desk/")) == ""


def test_what_the_operator_meets(filled: Portal, client: Client, make_person: MakePerson, language: str) -> None:
    client.force_login(make_person("Lan", is_staff=True, is_superuser=True))
    assert told(walk(client, language, "/operator/", "/moderation/")) == ""
