"""What confirmed readers wanted, as one row a wish: the portal's news or its sections, and whom they follow."""

from django.db import migrations


def one_row_a_wish(apps, schema_editor):
    Subscriber, Subscription, Following, Section = (
        apps.get_model(*name) for name in (
            ('subscribers', 'Subscriber'), ('subscribers', 'Subscription'), ('subscribers', 'Following'),
            ('topics', 'Section'),
        )
    )
    sections = {(row.portal_id, row.slug): row.pk for row in Section.objects.all()}

    def wish(subscriber, key, since):
        return Subscription(
            subscriber_id=subscriber.pk, key=key, frequency=subscriber.frequency, language=subscriber.language,
            since=since,
        )

    rows = []
    for reader in Subscriber.objects.filter(state='confirmed').iterator():
        since = reader.confirmed_at or reader.asked_at
        if reader.is_general:
            keys = [sections[reader.portal_id, slug] for slug in reader.sections if (reader.portal_id, slug) in sections]
            rows += [wish(reader, f'section:{key}', since) for key in keys] or [wish(reader, 'general', since)]
    for following in Following.objects.filter(subscriber__state='confirmed').select_related('subscriber').iterator():
        rows.append(wish(following.subscriber, f'organization:{following.organization_id}', following.since))
    Subscription.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [('subscribers', '0003_subscriptions')]

    operations = [migrations.RunPython(one_row_a_wish, migrations.RunPython.noop)]
