"""Brings the provinces of before 1 July 2025, and codes and dates, to a portal that is there already."""

from django.db import migrations

from loa.places.actions.load import load


def amend(apps, schema_editor):
    """A home without places gets them with its portal."""
    places = apps.get_model("places", "Place")
    if places.objects.exists():
        load(places)


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [migrations.RunPython(amend, migrations.RunPython.noop)]
