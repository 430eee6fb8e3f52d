"""Words every portal begins with: IPTC's topics and today's provinces, from the data of their rooms."""

import json
from pathlib import Path

from loa.places.models import Place
from loa.topics.models import Topic

ROOMS = Path(__file__).resolve().parents[1]


def load_topics() -> None:
    """IPTC Media Topics (CC BY 4.0)."""
    rows = json.loads((ROOMS / "topics/data/mediatopics.json").read_text("utf-8"))["topics"]
    if Topic.objects.count() >= len(rows):
        return
    Topic.objects.bulk_create([Topic(qcode=q, labels=row["labels"]) for q, row in rows.items()], ignore_conflicts=True)
    nested = [Topic(qcode=q, parent_id=row["parent"]) for q, row in rows.items() if row["parent"] in rows]
    Topic.objects.bulk_update(nested, ["parent"], batch_size=200)


def load_places() -> None:
    """Today's provinces and cities."""
    data = json.loads((ROOMS / "places/data/provinces.json").read_text("utf-8"))
    rows = next(value for value in data.values() if isinstance(value, list))
    for row in rows:
        values = {"name": row["name"], "name_en": row.get("name_en", ""), "kind": row.get("kind", "")}
        Place.objects.get_or_create(slug=row["slug"], defaults=values)
