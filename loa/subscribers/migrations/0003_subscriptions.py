import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('subscribers', '0002_following'),
        ('topics', '0002_vietnamese_names'),
    ]

    operations = [
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=48)),
                ('frequency', models.CharField(choices=[('daily', 'Daily'), ('weekly', 'Weekly'), ('at_once', 'At Once')], default='daily', max_length=8)),
                ('language', models.CharField(default='vi', max_length=8)),
                ('since', models.DateTimeField()),
                ('subscriber', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='subscriptions', to='subscribers.subscriber')),
            ],
        ),
        migrations.CreateModel(
            name='Advertised',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('mailing', models.CharField(max_length=100)),
                ('at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.AddField(model_name='consent', name='key', field=models.CharField(blank=True, default='', max_length=48), preserve_default=False),
        migrations.AddField(model_name='consent', name='frequency', field=models.CharField(blank=True, default='', max_length=8), preserve_default=False),
        migrations.AddField(model_name='subscriber', name='paused_until', field=models.DateTimeField(null=True)),
        migrations.AddConstraint(model_name='subscription', constraint=models.UniqueConstraint(fields=('subscriber', 'key'), name='subscription_once')),
        migrations.AddIndex(model_name='subscription', index=models.Index(fields=['key', 'subscriber'], name='subscription_of_list')),
        migrations.AddIndex(model_name='subscription', index=models.Index(fields=['frequency', 'subscriber'], name='subscription_due')),
        migrations.AddConstraint(model_name='advertised', constraint=models.UniqueConstraint(fields=('digest', 'mailing'), name='advertised_once')),
        migrations.AddIndex(model_name='subscriber', index=models.Index(fields=['portal', 'state', 'asked_at'], name='subscriber_state')),
    ]
