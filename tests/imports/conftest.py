"""A run of an import as the command makes it, on a portal with two sections; pictures come from a table."""

import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from loa.audit.actions.record import SYSTEM
from loa.imports import forms, rules
from loa.imports.actions.bring_in import Outcome, Plan, bring_in
from loa.imports.providers import jsonl
from loa.imports.providers.pictures import Bytes, NotThere
from loa.portals.models import Portal
from loa.topics.models import Section

Run = Callable[..., Outcome]


@pytest.fixture
def culture(portal: Portal, section: Section) -> Section:
    return Section.objects.create(portal=portal, slug="van-hoa", name_vi="Văn hoá", name_en="Culture", position=1)


def drawn(colour: str = "red", width: int = 400) -> bytes:
    """A picture."""
    out = io.BytesIO()
    Image.new("RGB", (width, 300), colour).save(out, "PNG")
    return out.getvalue()


def table_of(pictures: Mapping[str, bytes]) -> Bytes:
    """Pictures by where they lie; whatever else is asked for is not there."""

    def bring(place: str) -> bytes:
        if place not in pictures:
            raise NotThere("the server answered 404")
        return pictures[place]

    return bring


@pytest.fixture
def plan(portal: Portal, section: Section, culture: Section) -> Callable[..., Plan]:
    """Return a maker of plans."""

    def make(pictures: Mapping[str, bytes] | None = None, **changes: Any) -> Plan:
        names = {section: ("kinh-te", "Kinh tế"), culture: ("van-hoa", "Văn hoá")}
        values: dict[str, Any] = {
            "portal": portal, "section": section, "senders": {}, "organization": "Sao Mai", "source": "bài cũ.jsonl",
            "headings": {rules.plain(name): one for one, all_ in names.items() for name in all_},
            "pictures": table_of(pictures or {}),
        }  # fmt: skip
        return Plan(**{**values, **changes})

    return make


@pytest.fixture
def run(plan: Callable[..., Plan], tmp_path: Path) -> Run:
    """Return a call that writes rows to a file and brings them in."""

    def make(*rows: Any, pictures: Mapping[str, bytes] | None = None, **changes: Any) -> Outcome:
        file = tmp_path / "file.jsonl"
        lines = [row if isinstance(row, bytes) else json.dumps(row, ensure_ascii=False).encode() for row in rows]
        file.write_bytes(b"\n".join(lines))
        read = forms.lines(jsonl.read(file), otherwise="vi", zone="Asia/Ho_Chi_Minh")
        return bring_in(SYSTEM, read, plan=plan(pictures, **changes))

    return make


def row(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A text of the import format."""
    return {
        "id": f"cu-{number}", "title": f"Vụ lúa thứ {number}", "body": "Năm tấn mỗi héc-ta.\n\nSao Mai vui mừng.",
        "published_at": "2019-05-31T08:30:00+07:00", **changes,
    }  # fmt: skip
