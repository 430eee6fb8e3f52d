"""The other side of `bench/search.py`: what one would do with SQLite alone."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from search_questions import Asked

from loa.search.fields import Document
from loa.search.words import folded_terms


class Fts5:
    """What one would do with SQLite alone."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = sqlite3.connect(path)
        self.rows.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-200000;")

    def holds(self, entries: int) -> bool:
        """Whether so many have been built before."""
        try:
            return bool(self.rows.execute("SELECT count(*) FROM about").fetchone()[0] == entries)
        except sqlite3.OperationalError:
            return False

    def build(self, documents: Iterable[Document]) -> None:
        """One transaction."""
        self.rows.executescript(
            """CREATE VIRTUAL TABLE texts USING fts5(title, body, content='', tokenize="unicode61 remove_diacritics 0");
            CREATE TABLE about(id INTEGER PRIMARY KEY, section TEXT, sender TEXT, kind TEXT, year INTEGER,
            turn INTEGER);"""
        )
        for number, one in enumerate(documents):
            title, body = " ".join(folded_terms(one.headline)), " ".join(folded_terms(f"{one.lead} {one.body}"))
            self.rows.execute("INSERT INTO texts(rowid, title, body) VALUES (?,?,?)", (number, title, body))
            about = (number, one.sections[0], one.organization_slugs[0], one.kind, one.published_at.year)
            self.rows.execute("INSERT INTO about VALUES (?,?,?,?,?,?)", (*about, int(one.published_at.timestamp())))
        self.rows.commit()

    def search(self, asked: Asked) -> list[int]:
        """The first ten, and facets where they are asked for."""
        match = " AND ".join(f'"{" ".join(folded_terms(part))}"' for part in asked.parts())
        where, values = "texts MATCH ?", [match]
        joined = "texts JOIN about ON about.id = texts.rowid"
        if asked.section:
            where, values = f"{where} AND section = ? AND year = ?", [*values, asked.section, asked.year]
        order = "turn DESC" if asked.by_date else "bm25(texts, 4.0, 1.0)"
        source = joined if asked.section or asked.by_date else "texts"
        found = self.rows.execute(f"SELECT texts.rowid FROM {source} WHERE {where} ORDER BY {order} LIMIT 10", values)
        hits = [row[0] for row in found]
        if asked.facets:
            for column in ("section", "sender", "kind", "year"):
                self.rows.execute(
                    f"SELECT {column}, count(*) n FROM {joined} WHERE {where} GROUP BY 1 ORDER BY 2 DESC LIMIT 50",
                    values,
                ).fetchall()
        return hits
