import common.tenancy
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation_id', models.BigIntegerField(null=True)),
                ('dedupe_key', models.CharField(max_length=200, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('to_email', models.EmailField(max_length=254)),
                ('to_name', models.CharField(blank=True, max_length=300)),
                ('subject', models.CharField(max_length=300)),
                ('text', models.TextField()),
                ('html', models.TextField()),
                ('about', models.CharField(blank=True, max_length=80)),
                ('unsubscribe_url', models.CharField(blank=True, db_default='', default='', max_length=500)),
                ('status', models.CharField(choices=[('waiting', 'Waiting'), ('sent', 'Sent'), ('failed', 'Could not be delivered'), ('dropped', 'No longer needed')], default='waiting', max_length=10)),
                ('due_at', models.DateTimeField()),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('leased_until', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('last_error', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('status', 'waiting')), fields=['due_at', 'id'], name='post_letter_open'), models.Index(fields=['organisation_id', '-created_at'], name='post_letter_org_created'), models.Index(fields=['organisation_id', 'about'], name='post_letter_org_about')],
                'constraints': [common.tenancy.OrganisationIsolation(kind='platform', name='post_letter_own'), models.UniqueConstraint(fields=('organisation_id', 'id'), name='post_letter_pair')],
            },
        ),
        migrations.CreateModel(
            name='Undeliverable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation_id', models.BigIntegerField(null=True)),
                ('email', models.EmailField(max_length=254)),
                ('kind', models.CharField(choices=[('returned', 'Letters come back'), ('unwanted', 'Marked as unwanted')], max_length=10)),
                ('stops', models.BooleanField(default=False)),
                ('status', models.CharField(blank=True, max_length=20)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('times', models.PositiveIntegerField(default=1)),
                ('first_at', models.DateTimeField()),
                ('last_at', models.DateTimeField()),
                ('called_at', models.DateTimeField(null=True)),
                ('called_by', models.CharField(blank=True, max_length=300)),
                ('call_note', models.CharField(blank=True, max_length=300)),
                ('cleared_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-last_at', '-id'],
                'constraints': [common.tenancy.OrganisationIsolation(kind='platform', name='post_undeliverable_own'), models.UniqueConstraint(fields=('organisation_id', 'id'), name='post_undeliverable_pair'), models.UniqueConstraint(condition=models.Q(('cleared_at', None)), fields=('organisation_id', 'email'), name='post_undeliverable_once')],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation_id', models.BigIntegerField(null=True)),
                ('name', models.CharField(max_length=120)),
                ('content_type', models.CharField(max_length=120)),
                ('content', models.BinaryField()),
                ('letter', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='post.letter')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(fields=['organisation_id', 'letter'], name='post_attachment_org_letter')],
                'constraints': [common.tenancy.OrganisationIsolation(kind='platform', name='post_attachment_own'), common.tenancy.SameOrganisation(field='letter', name='post_attachment_letter_same'), models.UniqueConstraint(fields=('letter', 'name'), name='post_attachment_once')],
            },
        ),
    ]
