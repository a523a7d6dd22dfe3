import common.tenancy
import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('matching', '0001_initial'),
        ('organisations', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('status', models.CharField(choices=[('asked', 'Being made'), ('ready', 'Ready'), ('failed', 'Could not be made')], default='asked', max_length=10)),
                ('path', models.CharField(blank=True, max_length=300)),
                ('size', models.PositiveIntegerField(default=0)),
                ('pages', models.PositiveSmallIntegerField(default=0)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('content_key', models.CharField(blank=True, max_length=64)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('ready_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.membership')),
                ('mentorship', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='matching.mentorship')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'verbose_name': 'action plan',
                'ordering': ['-version'],
                'abstract': False,
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['organisation', 'mentorship'], name='documents_d_organis_cbf6a2_idx'), models.Index(fields=['organisation', 'asked_by'], name='documents_d_organis_7cd893_idx')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'mentorship', 'version'), name='document_version'), common.tenancy.OrganisationIsolation(name='documents_document_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='documents_document_pair'), common.tenancy.SameOrganisation(field='mentorship', name='documents_document_mentorship_same'), common.tenancy.SameOrganisation(field='asked_by', name='documents_document_asked_by_same')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='DocumentBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(blank=True, max_length=300)),
                ('size', models.PositiveIntegerField(default=0)),
                ('count', models.PositiveIntegerField(default=0)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('ready_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.membership')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('programme', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='document_batches', to='programmes.programme')),
            ],
            options={
                'ordering': ['-id'],
                'abstract': False,
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['organisation', 'programme'], name='documents_d_organis_cfdb1e_idx'), models.Index(fields=['organisation', 'asked_by'], name='documents_d_organis_b6bfce_idx')],
                'constraints': [common.tenancy.OrganisationIsolation(name='documents_documentbatch_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='documents_documentbatch_pair'), common.tenancy.SameOrganisation(field='programme', name='documents_documentbatch_programme_same'), common.tenancy.SameOrganisation(field='asked_by', name='documents_documentbatch_asked_by_same')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
    ]
