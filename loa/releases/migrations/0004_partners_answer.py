"""A partner answers on a page of its own; nobody was asked before this, so no rows need an id."""

from django.db import migrations, models

import loa.lib.tokens


class Migration(migrations.Migration):
    dependencies = [("releases", "0003_what_was_sent_back")]

    operations = [
        migrations.RemoveField("partnership", "token_digest"),
        migrations.AddField(
            "partnership",
            "public_id",
            models.CharField(default=loa.lib.tokens.random_id, max_length=40, unique=True),
        ),
    ]
