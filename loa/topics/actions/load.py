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
    found = {topic.pk: topic for topic in topics.objects.filter(pk__in=list(rows))}
    # A narrower one may stand before its broader one: both databases look at that only when the act is over.
    topics.objects.bulk_create(
        topics(qcode=qcode, labels=row["labels"], parent_id=row["parent"])
        for qcode, row in rows.items()
        if qcode not in found
    )
    for qcode, topic in found.items():
        if (topic.labels, topic.parent_id) != (rows[qcode]["labels"], rows[qcode]["parent"]):
            topic.labels, topic.parent_id = rows[qcode]["labels"], rows[qcode]["parent"]
            topic.save()
