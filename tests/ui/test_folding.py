"""Folded templates say what Django's own say."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Engine
from django.utils import translation
from django.utils.safestring import mark_safe

PAGE = """{% extends "base.html" %}{% load i18n %}{% block main %}<p>{% translate "Tìm" %} <b>{{ one.name }}</b>
{% include "line.html" with word=one.word %}{% if missing.name or one.none %}no{% elif one.rows.0 %}{{ one.rows.1 }}
{% else %}none{% endif %}{{ one.call }}{{ missing }}{{ number }}{{ safe }}</p>
{% include "words.html" %}{% endblock %}"""
BASE = """{% load i18n %}<h1>{% translate "Tìm" %}</h1>{# of nobody #}{% block main %}{% endblock %}
{% translate "Tìm" as word %}{{ word }}{% autoescape off %}{{ one.name }}{% translate "Tìm" %}{% endautoescape %}"""
LINE = """{% for key, value in one.pairs.items %}{{ forloop.counter }}{{ key }}{{ value|default:word }}{% empty %}-
{% endfor %}{{ word|upper }}"""
WORDS = """{% load i18n %}{% blocktranslate with minutes=number trimmed %}
{{ minutes }} phút đọc
{% endblocktranslate %}{% blocktranslate with name=one.name asvar kept %}Dân số {{ name }} 100%
{% endblocktranslate %}{{ kept }}
{% blocktranslate %}{{ nothing }} 5% {{ number }}{% endblocktranslate %}{% for word in one.rows %}{% blocktranslate %}
{{ word }} {{ forloop.counter }}{% endblocktranslate %}
{% blocktranslate count rows=one.rows|length %}một{% plural %}{{ rows }}
{% endblocktranslate %}{% endfor %}{{ minutes }}
{% blocktranslate asvar lost %}A {{ nothing }} B{% endblocktranslate %}[{{ lost }}]
{% blocktranslate with self=one.name %}{{ self }} {{ nothing }}{% endblocktranslate %}"""
TEMPLATES = {"page.html": PAGE, "base.html": BASE, "line.html": LINE, "words.html": WORDS}
INNER = ("django.template.loaders.locmem.Loader", TEMPLATES)
LIBRARIES = {"i18n": "django.templatetags.i18n"}


def drawn(loader: str, values: dict[str, Any]) -> list[str]:
    engine = Engine(loaders=[(loader, [INNER])], libraries=LIBRARIES)
    template = engine.get_template("page.html")
    said = []
    for language in ("vi", "en", "vi"):
        with translation.override(language):
            said.append(str(template.render(Context(values))))
    return said


def test_a_page_is_the_same_in_each_language() -> None:
    one = SimpleNamespace(
        name="A & <B>", word="từ", none=None, rows=["x", "<y>"], call=lambda: "called", pairs={"k": "", "l": "v"}
    )
    values = {"one": one, "number": 1234.5, "safe": mark_safe("<u>")}
    ours = drawn("loa.ui.folding.Loader", values)
    assert ours == drawn("django.template.loaders.cached.Loader", values)
    assert ours[0] == ours[2] != ours[1]


def test_a_property_that_fails_is_heard_of() -> None:
    class Failing:
        @property
        def name(self) -> str:
            raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        drawn("loa.ui.folding.Loader", {"one": Failing()})
