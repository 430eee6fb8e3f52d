"""Writes the provinces of before and after 1 July 2025 down; run again, it only brings them up to date."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from loa.places.models import Place

DATA = Path(__file__).resolve().parents[1] / "data/provinces.json"


@transaction.atomic
def load(places: type[Place] = Place) -> None:
    """Makes or amends every unit by its slug; `places` is the model as a migration knows it."""
    data = json.loads(DATA.read_text("utf-8"))
    merger = date.fromisoformat(data["merger"])
    for row in data["provinces"]:
        began = {"valid_from": merger} if row["valid_from"] else {}
        unit, _ = places.objects.update_or_create(slug=row["slug"], defaults={**_plain(row), **began})
        if not began:  # the merger passed it by
            continue
        for old in row["merged_from"]:
            ended = {"valid_to": merger, "successor": unit}
            places.objects.update_or_create(slug=old["slug"], defaults={**_plain(old), **ended})


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("name", "name_en", "kind", "code")}
