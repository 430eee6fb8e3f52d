"""A translation has a contact in its language, and remembers the original it was made from."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("releases", "0004_partners_answer")]

    operations = [
        migrations.AddField("translation", "contact", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField("translation", "original", models.JSONField(blank=True, default=dict)),
    ]
