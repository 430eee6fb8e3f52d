from typing import Any

from django.db import migrations, models

import loa.organizations.models
from loa.lib import vietnamese


def place_names(apps: Any, schema_editor: Any) -> None:
    """The place of every name; what is written later finds its own (`PlaceFromAToZ`)."""
    del schema_editor
    rows = apps.get_model("organizations", "Organization").objects
    for pk, name in list(rows.values_list("pk", "name")):
        rows.filter(pk=pk).update(sort_key=vietnamese.sort_key(vietnamese.sort_name(name))[:1000])


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0008_by_time'),
    ]

    operations = [
        migrations.RemoveField(model_name='organization', name='sort_name'),
        migrations.AddField(
            model_name='organization',
            name='sort_key',
            field=loa.organizations.models.PlaceFromAToZ(default='', editable=False, max_length=1000),
        ),
        migrations.RunPython(place_names, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='organization',
            index=models.Index(fields=['portal', 'sort_key', 'id'], name='organization_from_a_to_z'),
        ),
    ]
