import common.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AccessLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation_id', models.BigIntegerField(null=True)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('actor_id', models.BigIntegerField(null=True)),
                ('actor_name', models.CharField(blank=True, max_length=300)),
                ('object_type', models.CharField(blank=True, max_length=60)),
                ('object_id', models.BigIntegerField(null=True)),
                ('what', models.CharField(max_length=80)),
                ('reason', models.TextField(blank=True)),
            ],
            options={
                'indexes': [models.Index(fields=['organisation_id', '-at'], name='audit_access_org_at'), models.Index(fields=['organisation_id', 'object_type', 'object_id'], name='audit_access_org_object')],
                'constraints': [common.tenancy.OrganisationIsolation(kind='platform', name='audit_accesslog_own')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation_id', models.BigIntegerField(null=True)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('actor_id', models.BigIntegerField(null=True)),
                ('actor_name', models.CharField(blank=True, max_length=300)),
                ('object_type', models.CharField(blank=True, max_length=60)),
                ('object_id', models.BigIntegerField(null=True)),
                ('verb', models.CharField(max_length=80)),
                ('data', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [models.Index(fields=['organisation_id', '-at'], name='audit_event_org_at'), models.Index(fields=['organisation_id', 'object_type', 'object_id'], name='audit_event_org_object')],
                'constraints': [common.tenancy.OrganisationIsolation(kind='platform', name='audit_event_own')],
            },
        ),
    ]
