"""A text may be in any language; the interface speaks those it has a catalogue for, found on the disk."""

from pathlib import Path

import polib
import pytest
from django.test import Client
from django.utils.translation import gettext, ngettext
from pytest_django import Settings

from loa.lib import dates, languages, reading
from loa.lib.clock import now
from loa.portals.models import Portal
from loa.ui import language
from loa.ui.templatetags.loa_ui import figure, lang

WORDS = {"Mới nhất": "Последнее", "Trang chủ": "Главная", "Tìm": "Найти"}


@pytest.fixture
def russian(settings: Settings, tmp_path: Path) -> None:
    """One file of translated words, and nothing else."""
    folder = tmp_path / "locale" / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {
        "Language": "ru", "Content-Type": "text/plain; charset=UTF-8",
        "Plural-Forms": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4"
        " && (n%100<10 || n%100>=20) ? 1 : 2);",
    }  # fmt: skip
    for said, russian in WORDS.items():
        catalogue.append(polib.POEntry(msgid=said, msgstr=russian))
    forms = {0: "%(n)s новость", 1: "%(n)s новости", 2: "%(n)s новостей"}
    catalogue.append(polib.POEntry(msgid="%(n)s tin", msgid_plural="%(n)s tin.", msgstr_plural=forms))
    catalogue.save_as_mofile(str(folder / "django.mo"))
    settings.LOCALE_PATHS = [tmp_path / "locale"]


def test_a_catalogue_alone_adds_a_language(client: Client, portal: Portal, russian: None) -> None:
    page = client.get("/ru/")
    assert page.status_code == 200
    assert page["Content-Language"] == "ru"
    text = page.content.decode()
    assert '<html lang="ru">' in text
    assert "Последнее" in text
    assert 'href="/ru/latest"' in text


def test_words_it_lacks_are_said_in_english(client: Client, portal: Portal, russian: None) -> None:
    text = client.get("/ru/").content.decode()
    assert "Privacy" in text
    assert "Quyền riêng tư" not in text


def test_every_page_leads_to_it(client: Client, portal: Portal, russian: None) -> None:
    text = client.get("/latest").content.decode()
    assert '<a href="/ru/latest" hreflang="ru" lang="ru">Русский</a>' in text
    assert '<a href="/en/latest" hreflang="en" lang="en">English</a>' in text


def test_it_counts_as_it_does(russian: None) -> None:
    with language.speaking("ru"):
        said = [ngettext("%(n)s tin", "%(n)s tin.", n) % {"n": n} for n in (1, 3, 5, 21)]
        assert figure(1234567) == "1\xa0234\xa0567"
        assert dates.day_in_words(now().date(), "ru").endswith("г.")
    assert said == ["1 новость", "3 новости", "5 новостей", "21 новость"]


def test_without_its_catalogue_it_is_no_language_of_the_pages(client: Client, portal: Portal) -> None:
    assert client.get("/ru/").status_code == 404
    assert client.get("/ru/latest").status_code == 404
    assert "Русский" not in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("path", "split"),
    [
        ("/latest", ("vi", "/latest")),
        ("/", ("vi", "/")),
        ("/en", ("en", "/")),
        ("/en/latest", ("en", "/latest")),
        ("/vi/latest", ("vi", "/vi/latest")),
        ("/ja/r/abc/x", ("ja", "/r/abc/x")),
        ("/zh-Hans/r/abc", ("zh-Hans", "/r/abc")),
        ("/zh-hans/r/abc", ("zh-Hans", "/r/abc")),
        ("/ja/latest", ("vi", "/ja/latest")),
        ("/EN/latest", ("vi", "/EN/latest")),
        ("/xx/r/abc", ("vi", "/xx/r/abc")),
        ("*", ("vi", "*")),
    ],
)
def test_the_prefix_is_the_language(path: str, split: tuple[str, str]) -> None:
    assert language.split(path, "vi") == split


def test_the_interface_speaks_english_round_other_languages() -> None:
    with language.speaking("ja") as spoken:
        assert spoken == "en"
        assert gettext("Đã rút") == "Withdrawn"


def test_each_language_says_how_it_runs() -> None:
    assert languages.get("ar").direction == languages.get("he").direction == languages.get("fa").direction == "rtl"
    assert languages.get("ja").direction == "ltr"
    assert lang("ar") == 'lang="ar" dir="rtl"'
    assert lang("ja") == 'lang="ja"'
    assert languages.get("tlh").own == "tlh"


def test_no_language_stands_twice() -> None:
    codes = [one.code for one in languages.ALL]
    assert len(codes) == len(set(codes))


def test_a_text_without_spaces_is_measured_by_letters() -> None:
    assert reading.minutes("稲" * 1200, "ja") == 3
    assert reading.minutes("稻" * 1200, "zh-Hans") == 4
    assert reading.minutes("lúa " * 500, "vi") == 2
    assert reading.minutes("", "ja") == 1
