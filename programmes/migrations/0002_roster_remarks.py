from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="rosterimport",
            name="remarks",
            field=models.JSONField(db_default={}, default=dict),
        ),
    ]
