import common.tenancy
import django.db.models.deletion
import django.db.models.manager
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('matching', '0001_initial'),
        ('organisations', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Survey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('review', 'Mid-point review'), ('exit', 'Exit survey')], max_length=10)),
                ('version', models.CharField(max_length=20)),
                ('opens_on', models.DateField(verbose_name='opens on')),
                ('closes_on', models.DateField(verbose_name='closes on')),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('programme', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='surveys', to='programmes.programme')),
            ],
            options={
                'ordering': ['opens_on', 'id'],
                'abstract': False,
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['organisation', 'programme'], name='evaluation__organis_0c6bd9_idx')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'programme', 'kind'), name='survey_once'), common.tenancy.OrganisationIsolation(name='evaluation_survey_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='evaluation_survey_pair'), common.tenancy.SameOrganisation(field='programme', name='evaluation_survey_programme_same')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='SurveyRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('voice', models.CharField(choices=[('student', 'Student'), ('mentor', 'Mentor'), ('line_manager', 'Line manager')], max_length=15)),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('last_nudged_at', models.DateTimeField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('by_link', models.BooleanField(default=False)),
                ('line_manager', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='survey_requests', to='programmes.linemanager')),
                ('mentorship', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='survey_requests', to='matching.mentorship')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('participant', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='survey_requests', to='programmes.participant')),
                ('survey', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='evaluation.survey')),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['organisation', 'survey'], name='evaluation__organis_ff3132_idx'), models.Index(fields=['organisation', 'mentorship'], name='evaluation__organis_742df6_idx'), models.Index(fields=['organisation', 'participant'], name='evaluation__organis_4c4731_idx'), models.Index(fields=['organisation', 'line_manager'], name='evaluation__organis_785f2c_idx')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'survey', 'mentorship', 'voice', 'participant', 'line_manager'), name='survey_request_once', nulls_distinct=False), common.tenancy.OrganisationIsolation(name='evaluation_surveyrequest_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='evaluation_surveyrequest_pair'), common.tenancy.SameOrganisation(field='survey', name='evaluation_surveyrequest_survey_same'), common.tenancy.SameOrganisation(field='mentorship', name='evaluation_surveyrequest_mentorship_same'), common.tenancy.SameOrganisation(field='participant', name='evaluation_surveyrequest_participant_same'), common.tenancy.SameOrganisation(field='line_manager', name='evaluation_surveyrequest_line_manager_same')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='SurveyAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=40)),
                ('measure', models.CharField(blank=True, max_length=40)),
                ('value', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('text', models.TextField(blank=True)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('request', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='evaluation.surveyrequest')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['organisation', 'measure'], name='survey_answer_measure'), models.Index(fields=['organisation', 'request'], name='evaluation__organis_b837d3_idx')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'request', 'question'), name='survey_answer_once'), models.CheckConstraint(condition=models.Q(('value', None), models.Q(('value__gte', 1), ('value__lte', 5)), _connector='OR'), name='survey_scale'), common.tenancy.OrganisationIsolation(name='evaluation_surveyanswer_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='evaluation_surveyanswer_pair'), common.tenancy.SameOrganisation(field='request', name='evaluation_surveyanswer_request_same')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='SurveyRequestEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('voice', models.CharField(choices=[('student', 'Student'), ('mentor', 'Mentor'), ('line_manager', 'Line manager')], max_length=15)),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('last_nudged_at', models.DateTimeField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('by_link', models.BooleanField(default=False)),
                ('line_manager', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.linemanager')),
                ('mentorship', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='matching.mentorship')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                ('participant', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.participant')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='evaluation.surveyrequest')),
                ('survey', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='evaluation.survey')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['organisation', 'pgh_obj'], name='evaluation__organis_463fb4_idx')],
                'constraints': [common.tenancy.OrganisationIsolation(name='evaluation_surveyrequestevent_own')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='surveyrequest',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "evaluation_surveyrequestevent" ("answered_at", "asked_at", "by_link", "id", "last_nudged_at", "line_manager_id", "mentorship_id", "organisation_id", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "survey_id", "voice") VALUES (NEW."answered_at", NEW."asked_at", NEW."by_link", NEW."id", NEW."last_nudged_at", NEW."line_manager_id", NEW."mentorship_id", NEW."organisation_id", NEW."participant_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."survey_id", NEW."voice"); RETURN NULL;', hash='22fec3da6dc77d9d586591f384a16a20c0992b5a', operation='INSERT', pgid='pgtrigger_insert_insert_4f1c7', table='evaluation_surveyrequest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='surveyrequest',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "evaluation_surveyrequestevent" ("answered_at", "asked_at", "by_link", "id", "last_nudged_at", "line_manager_id", "mentorship_id", "organisation_id", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "survey_id", "voice") VALUES (NEW."answered_at", NEW."asked_at", NEW."by_link", NEW."id", NEW."last_nudged_at", NEW."line_manager_id", NEW."mentorship_id", NEW."organisation_id", NEW."participant_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."survey_id", NEW."voice"); RETURN NULL;', hash='affa39b1f3837e296bc968158f963d1c1f9504e9', operation='UPDATE', pgid='pgtrigger_update_update_5c6ed', table='evaluation_surveyrequest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='surveyrequest',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "evaluation_surveyrequestevent" ("answered_at", "asked_at", "by_link", "id", "last_nudged_at", "line_manager_id", "mentorship_id", "organisation_id", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "survey_id", "voice") VALUES (OLD."answered_at", OLD."asked_at", OLD."by_link", OLD."id", OLD."last_nudged_at", OLD."line_manager_id", OLD."mentorship_id", OLD."organisation_id", OLD."participant_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."survey_id", OLD."voice"); RETURN NULL;', hash='a13c162da230e8d62cea6227fa8a6a500663078f', operation='DELETE', pgid='pgtrigger_delete_delete_e300b', table='evaluation_surveyrequest', when='AFTER')),
        ),
    ]
