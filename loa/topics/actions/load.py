"""Writes IPTC's Media Topics down; run again, it only brings their names and places up to date."""

import json
from pathlib import Path

from django.db import transaction

from loa.topics.models import Topic

DATA = Path(__file__).resolve().parents[1] / "data/mediatopics.json"


@transaction.atomic
def load(topics: type[Topic] = Topic) -> None:
    """Makes what is missing, then amends what is different; `topics` is the model as a migration knows it."""
    rows = json.loads(DATA.read_text("utf-8"))["topics"]
    topics.objects.bulk_create([topics(qcode=qcode) for qcode in rows], ignore_conflicts=True)
    changed = []
    for topic in topics.objects.filter(pk__in=list(rows)):
        row = rows[topic.pk]
        if (topic.labels, topic.parent_id) != (row["labels"], row["parent"]):
            topic.labels, topic.parent_id = row["labels"], row["parent"]
            changed.append(topic)
    topics.objects.bulk_update(changed, ["labels", "parent"], batch_size=200)
