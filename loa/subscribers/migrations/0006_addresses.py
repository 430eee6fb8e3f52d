"""Addresses that were erased, and mail domains that are thrown away after use, with the best known of those."""

import django.db.models.deletion
from django.db import migrations, models

BEST_KNOWN = (
    '10minutemail.com 20minutemail.com 33mail.com burnermail.io discard.email dispostable.com dropmail.me '
    'emailondeck.com fakeinbox.com fakemailgenerator.com getairmail.com getnada.com guerrillamail.biz '
    'guerrillamail.com guerrillamail.net guerrillamail.org guerrillamailblock.com harakirimail.com inboxkitten.com '
    'mail-temp.com mail.tm mailcatch.com maildrop.cc mailinator.com mailnesia.com mailsac.com mintemail.com moakt.com '
    'mohmal.com mytemp.email nada.email sharklasers.com spam4.me spamgourmet.com temp-mail.io temp-mail.org '
    'tempail.com tempinbox.com tempmail.plus tempmailo.com throwawaymail.com trashmail.com trbvm.com yopmail.com '
    'yopmail.fr yopmail.net'
)


def bar_the_best_known(apps, schema_editor):
    BarredDomain = apps.get_model('subscribers', 'BarredDomain')
    BarredDomain.objects.bulk_create([BarredDomain(domain=name) for name in BEST_KNOWN.split()], ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [
        ('portals', '0002_origin'),
        ('subscribers', '0005_wishes_alone'),
    ]

    operations = [
        migrations.CreateModel(
            name='BarredDomain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('domain', models.CharField(max_length=253, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Forgotten',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('portal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='portals.portal')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('portal', 'digest'), name='forgotten_once')],
            },
        ),
        migrations.RunPython(bar_the_best_known, migrations.RunPython.noop),
    ]
