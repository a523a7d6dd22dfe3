import common.tenancy
import datetime
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.manager
import organisations.models.organisation
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=40, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9-]+$', 'Use small letters, digits and hyphens.')], verbose_name='address')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('time_zone', models.CharField(default='Europe/London', max_length=60, validators=[organisations.models.organisation.validate_time_zone], verbose_name='time zone')),
                ('letters_from', models.TimeField(db_default=datetime.time(8, 0), default=datetime.time(8, 0), verbose_name='reminders go from')),
                ('letters_until', models.TimeField(db_default=datetime.time(20, 0), default=datetime.time(20, 0), verbose_name='reminders go until')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='contact address')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'organisation',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_name', models.CharField(max_length=300, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=300, verbose_name='last name')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='phone')),
                ('time_zone', models.CharField(blank=True, db_default='', default='', max_length=60, validators=[organisations.models.organisation.validate_time_zone], verbose_name='time zone')),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('owner', 'Owner'), ('coordinator', 'Coordinator'), ('tutor', 'Tutor'), ('mentor', 'Mentor'), ('student', 'Student')], max_length=20), default=list, size=None, verbose_name='roles')),
                ('is_safeguarding_lead', models.BooleanField(default=False, verbose_name='named lead for concerns')),
                ('is_safeguarding_deputy', models.BooleanField(db_default=False, default=False, verbose_name='deputy of the lead')),
                ('joined_at', models.DateTimeField(blank=True, null=True)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'verbose_name': 'person',
                'ordering': ['first_name', 'last_name', 'id'],
                'abstract': False,
                'base_manager_name': 'unscoped',
                'constraints': [models.UniqueConstraint(models.F('organisation'), django.db.models.functions.text.Lower('email'), name='membership_email_once'), models.UniqueConstraint(fields=('organisation', 'user'), name='membership_user_once'), common.tenancy.OrganisationIsolation(kind='own', name='organisations_membership_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='organisations_membership_pair')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('target_id', models.BigIntegerField(null=True)),
                ('status', models.CharField(choices=[('waiting', 'Waiting to start'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Did not work'), ('cancelled', 'Cancelled')], default='waiting', max_length=10)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('message', models.CharField(blank=True, max_length=500)),
                ('params', models.JSONField(default=dict)),
                ('result', models.JSONField(default=dict)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('cancel_asked_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('beat_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('started_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.membership')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'ordering': ['-id'],
                'abstract': False,
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['organisation', 'kind', 'target_id'], name='job_target'), models.Index(condition=models.Q(('status__in', ['waiting', 'running'])), fields=['id'], name='job_open'), models.Index(fields=['organisation', 'started_by'], name='organisatio_organis_cfd191_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', ['waiting', 'running'])), fields=('organisation', 'kind', 'target_id'), name='job_one_at_a_time'), common.tenancy.OrganisationIsolation(name='organisations_job_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='organisations_job_pair'), common.tenancy.SameOrganisation(field='started_by', name='organisations_job_started_by_same')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('author_key', models.CharField(max_length=60)),
                ('form_key', models.CharField(max_length=80)),
                ('data', models.JSONField(default=dict)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'unscoped',
                'constraints': [models.UniqueConstraint(fields=('organisation', 'author_key', 'form_key'), name='draft_once'), common.tenancy.OrganisationIsolation(name='organisations_draft_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='organisations_draft_pair')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='SignedLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=40)),
                ('target_id', models.BigIntegerField()),
                ('holder_name', models.CharField(blank=True, max_length=300)),
                ('secret_hash', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('membership', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.membership')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['organisation', 'purpose', 'target_id'], name='signedlink_target'), models.Index(fields=['organisation', 'membership'], name='organisatio_organis_3cb817_idx')],
                'constraints': [common.tenancy.OrganisationIsolation(name='organisations_signedlink_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='organisations_signedlink_pair'), common.tenancy.SameOrganisation(field='membership', name='organisations_signedlink_membership_same')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='MembershipEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('first_name', models.CharField(max_length=300, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=300, verbose_name='last name')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='phone')),
                ('time_zone', models.CharField(blank=True, db_default='', default='', max_length=60, validators=[organisations.models.organisation.validate_time_zone], verbose_name='time zone')),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('owner', 'Owner'), ('coordinator', 'Coordinator'), ('tutor', 'Tutor'), ('mentor', 'Mentor'), ('student', 'Student')], max_length=20), default=list, size=None, verbose_name='roles')),
                ('is_safeguarding_lead', models.BooleanField(default=False, verbose_name='named lead for concerns')),
                ('is_safeguarding_deputy', models.BooleanField(db_default=False, default=False, verbose_name='deputy of the lead')),
                ('joined_at', models.DateTimeField(blank=True, null=True)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='organisations.membership')),
                ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['organisation', 'pgh_obj'], name='organisatio_organis_44e5f1_idx')],
                'constraints': [common.tenancy.OrganisationIsolation(name='organisations_membershipevent_own')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "organisations_membershipevent" ("created_at", "email", "first_name", "id", "is_safeguarding_deputy", "is_safeguarding_lead", "joined_at", "last_name", "left_at", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "roles", "time_zone", "user_id") VALUES (NEW."created_at", NEW."email", NEW."first_name", NEW."id", NEW."is_safeguarding_deputy", NEW."is_safeguarding_lead", NEW."joined_at", NEW."last_name", NEW."left_at", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."roles", NEW."time_zone", NEW."user_id"); RETURN NULL;', hash='5902bd5f6a8acfa69e3c7729b80b3fc4126614b2', operation='INSERT', pgid='pgtrigger_insert_insert_ea1f9', table='organisations_membership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "organisations_membershipevent" ("created_at", "email", "first_name", "id", "is_safeguarding_deputy", "is_safeguarding_lead", "joined_at", "last_name", "left_at", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "roles", "time_zone", "user_id") VALUES (NEW."created_at", NEW."email", NEW."first_name", NEW."id", NEW."is_safeguarding_deputy", NEW."is_safeguarding_lead", NEW."joined_at", NEW."last_name", NEW."left_at", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."roles", NEW."time_zone", NEW."user_id"); RETURN NULL;', hash='5d1fc34998a06d9b7558557f177642324ac386fb', operation='UPDATE', pgid='pgtrigger_update_update_8973b', table='organisations_membership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "organisations_membershipevent" ("created_at", "email", "first_name", "id", "is_safeguarding_deputy", "is_safeguarding_lead", "joined_at", "last_name", "left_at", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "roles", "time_zone", "user_id") VALUES (OLD."created_at", OLD."email", OLD."first_name", OLD."id", OLD."is_safeguarding_deputy", OLD."is_safeguarding_lead", OLD."joined_at", OLD."last_name", OLD."left_at", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."roles", OLD."time_zone", OLD."user_id"); RETURN NULL;', hash='b6766abd117ebe3aaee1f5447baf9990fd012880', operation='DELETE', pgid='pgtrigger_delete_delete_b591d', table='organisations_membership', when='AFTER')),
        ),
    ]
