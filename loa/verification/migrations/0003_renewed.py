"""A mailbox keeps when it was answered again; evidence of doubles that were merged before ends."""

from django.db import migrations, models
from django.utils import timezone


def end_those_of_doubles(apps, schema_editor):
    rows = apps.get_model("verification", "Proof").objects.filter(ended_at=None)
    rows.filter(organization__merged_into__isnull=False).update(ended_at=timezone.now())


class Migration(migrations.Migration):

    dependencies = [
        ("organizations", "0006_approvals"),
        ("verification", "0002_claims"),
    ]

    operations = [
        migrations.AddField(
            model_name="proof",
            name="renewed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(end_those_of_doubles, migrations.RunPython.noop),
    ]
