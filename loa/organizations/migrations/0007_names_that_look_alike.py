"""A row for each pair of names that look alike, and no longer one for each pair of organizations."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("organizations", "0006_approvals"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="likeness", name="likeness_once"),
        migrations.AddConstraint(
            model_name="likeness",
            constraint=models.UniqueConstraint(
                fields=("organization", "other_key", "is_domain", "own_words", "other_words"), name="likeness_once"
            ),
        ),
    ]
