"""Brings Vietnamese names of the second and third level to a portal that is there already."""

from django.db import migrations

from loa.topics.actions.load import load


def amend(apps, schema_editor):
    """A home without topics gets them with its portal."""
    topics = apps.get_model("topics", "Topic")
    if topics.objects.exists():
        load(topics)


class Migration(migrations.Migration):
    dependencies = [("topics", "0001_initial")]

    operations = [migrations.RunPython(amend, migrations.RunPython.noop)]
