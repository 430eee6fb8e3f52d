# Urgent mail becomes the lane of accounts; suppressed addresses become keyed hashes; waiting mail gets its domain.

import hashlib
import hmac

from django.conf import settings
from django.db import migrations


def forwards(apps, schema_editor):
    message = apps.get_model("mail", "Message")
    message.objects.filter(is_urgent=True).update(lane="account")
    for row in message.objects.filter(state__in=("pending", "leased")).only("id", "to").iterator():
        domain = row.to.rpartition("@")[2].lower()[:255]
        message.objects.filter(pk=row.pk).update(domain=domain)
    key = hashlib.sha256(b"loa.mail.suppression" + settings.SECRET_KEY.encode()).digest()
    for row in apps.get_model("mail", "Suppression").objects.order_by("id").iterator():
        row.digest = hmac.digest(key, row.address.strip().lower().encode(), "sha256").hex()
        row.save(update_fields=["digest"])


class Migration(migrations.Migration):
    dependencies = [("mail", "0003_mailings")]

    operations = [migrations.RunPython(forwards)]
