"""People get an id, an address of their own and the record of their consent."""

from django.db import migrations, models

import loa.lib.tokens
from loa.lib.slugs import slugify


def name_those_there(apps, schema_editor):
    people = apps.get_model("organizations", "Spokesperson")
    taken = set()
    for person in people.objects.order_by("pk"):
        slug = base = slugify(person.name)
        number = 1
        while (person.organization_id, slug) in taken:
            number += 1
            slug = f"{base}-{number}"
        taken.add((person.organization_id, slug))
        person.slug = slug
        person.public_id = loa.lib.tokens.random_id()
        person.position = person.pk % 30000
        person.save()


class Migration(migrations.Migration):
    dependencies = [("organizations", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(name="spokesperson", options={"ordering": ["position", "pk"]}),
        migrations.AddField("spokesperson", "public_id", models.CharField(max_length=40, default="")),
        migrations.AddField("spokesperson", "slug", models.SlugField(max_length=100, default="", db_index=False)),
        migrations.AddField("spokesperson", "role_en", models.CharField(blank=True, max_length=160)),
        migrations.AddField("spokesperson", "bio_en", models.TextField(blank=True)),
        migrations.AddField("spokesperson", "consent_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("spokesperson", "consent_note", models.CharField(blank=True, max_length=300)),
        migrations.AddField("spokesperson", "left_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("spokesperson", "position", models.PositiveSmallIntegerField(default=0)),
        migrations.RunPython(name_those_there, migrations.RunPython.noop),
        migrations.AlterField(
            "spokesperson",
            "public_id",
            models.CharField(default=loa.lib.tokens.random_id, max_length=40, unique=True),
        ),
        migrations.AlterField("spokesperson", "slug", models.SlugField(max_length=100)),
        migrations.AddConstraint(
            "spokesperson",
            models.UniqueConstraint(fields=("organization", "slug"), name="spokesperson_once"),
        ),
    ]
