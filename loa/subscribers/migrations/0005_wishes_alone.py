from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [('subscribers', '0004_a_row_a_wish')]

    operations = [
        migrations.RemoveIndex(model_name='subscriber', name='subscriber_due'),
        migrations.RemoveField(model_name='subscriber', name='frequency'),
        migrations.RemoveField(model_name='subscriber', name='is_general'),
        migrations.RemoveField(model_name='subscriber', name='sections'),
        migrations.DeleteModel(name='Following'),
    ]
