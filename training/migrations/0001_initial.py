import common.tenancy
import django.db.models.deletion
import django.db.models.manager
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChecklistResponse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moment', models.CharField(choices=[('start', 'At the start'), ('end', 'At the end')], default='start', max_length=5)),
                ('version', models.CharField(max_length=20)),
                ('started_at', models.DateTimeField(auto_now_add=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('mentor', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='checklist_responses', to='programmes.participant')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['organisation', 'mentor'], name='training_ch_organis_664981_idx')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'mentor', 'moment'), name='response_once'), common.tenancy.OrganisationIsolation(name='training_checklistresponse_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='training_checklistresponse_pair'), common.tenancy.SameOrganisation(field='mentor', name='training_checklistresponse_mentor_same')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ChecklistAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('aspect', models.CharField(max_length=40)),
                ('value', models.CharField(choices=[('covered', 'Covered'), ('need', 'Need more training or support')], max_length=10)),
                ('note', models.TextField(blank=True, verbose_name='what would help')),
                ('answered_at', models.DateTimeField(auto_now=True)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('response', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='training.checklistresponse')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['organisation', 'response'], name='training_ch_organis_cc776b_idx')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'response', 'aspect'), name='answer_once'), common.tenancy.OrganisationIsolation(name='training_checklistanswer_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='training_checklistanswer_pair'), common.tenancy.SameOrganisation(field='response', name='training_checklistanswer_response_same')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ChecklistResponseEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('moment', models.CharField(choices=[('start', 'At the start'), ('end', 'At the end')], default='start', max_length=5)),
                ('version', models.CharField(max_length=20)),
                ('started_at', models.DateTimeField(auto_now_add=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('mentor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.participant')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='training.checklistresponse')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['organisation', 'pgh_obj'], name='training_ch_organis_b366b6_idx')],
                'constraints': [common.tenancy.OrganisationIsolation(name='training_checklistresponseevent_own')],
            },
        ),
        migrations.CreateModel(
            name='CodeSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=20)),
                ('signed_name', models.CharField(max_length=300, verbose_name='your name')),
                ('signed_at', models.DateTimeField(auto_now_add=True)),
                ('mentor', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='code_signatures', to='programmes.participant')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['organisation', 'mentor'], name='training_co_organis_048e24_idx')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'mentor', 'version'), name='code_signed_once'), common.tenancy.OrganisationIsolation(name='training_codesignature_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='training_codesignature_pair'), common.tenancy.SameOrganisation(field='mentor', name='training_codesignature_mentor_same')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='CodeSignatureEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.CharField(max_length=20)),
                ('signed_name', models.CharField(max_length=300, verbose_name='your name')),
                ('signed_at', models.DateTimeField(auto_now_add=True)),
                ('mentor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.participant')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='training.codesignature')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['organisation', 'pgh_obj'], name='training_co_organis_0ff362_idx')],
                'constraints': [common.tenancy.OrganisationIsolation(name='training_codesignatureevent_own')],
            },
        ),
        migrations.CreateModel(
            name='ResourceRead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('resource', models.CharField(max_length=60)),
                ('read_at', models.DateTimeField(auto_now_add=True)),
                ('membership', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.membership')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['organisation', 'membership'], name='training_re_organis_9b18a3_idx')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'membership', 'resource'), name='read_once'), common.tenancy.OrganisationIsolation(name='training_resourceread_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='training_resourceread_pair'), common.tenancy.SameOrganisation(field='membership', name='training_resourceread_membership_same')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='TrainingOverride',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='reason')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.membership')),
                ('mentor', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='training_overrides', to='programmes.participant')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['organisation', 'mentor'], name='training_tr_organis_500da6_idx'), models.Index(fields=['organisation', 'by'], name='training_tr_organis_8ded92_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('organisation', 'mentor'), name='override_once'), common.tenancy.OrganisationIsolation(name='training_trainingoverride_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='training_trainingoverride_pair'), common.tenancy.SameOrganisation(field='mentor', name='training_trainingoverride_mentor_same'), common.tenancy.SameOrganisation(field='by', name='training_trainingoverride_by_same')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='TrainingOverrideEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reason', models.TextField(verbose_name='reason')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.membership')),
                ('mentor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.participant')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='training.trainingoverride')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['organisation', 'pgh_obj'], name='training_tr_organis_9b6ced_idx')],
                'constraints': [common.tenancy.OrganisationIsolation(name='training_trainingoverrideevent_own')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checklistresponse',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "training_checklistresponseevent" ("finished_at", "id", "mentor_id", "moment", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_at", "version") VALUES (NEW."finished_at", NEW."id", NEW."mentor_id", NEW."moment", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."started_at", NEW."version"); RETURN NULL;', hash='ed5d3f79e9742f5520d963ba544aef9b084a3bb2', operation='INSERT', pgid='pgtrigger_insert_insert_3214b', table='training_checklistresponse', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checklistresponse',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "training_checklistresponseevent" ("finished_at", "id", "mentor_id", "moment", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_at", "version") VALUES (NEW."finished_at", NEW."id", NEW."mentor_id", NEW."moment", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."started_at", NEW."version"); RETURN NULL;', hash='734517335f53fc7207fa6fda0d1550b80a8b7dc8', operation='UPDATE', pgid='pgtrigger_update_update_5a6cd', table='training_checklistresponse', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checklistresponse',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "training_checklistresponseevent" ("finished_at", "id", "mentor_id", "moment", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_at", "version") VALUES (OLD."finished_at", OLD."id", OLD."mentor_id", OLD."moment", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."started_at", OLD."version"); RETURN NULL;', hash='54e1c429c5670b7ee91fdc842a0df7929992abde', operation='DELETE', pgid='pgtrigger_delete_delete_18b4c', table='training_checklistresponse', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='codesignature',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "training_codesignatureevent" ("id", "mentor_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_at", "signed_name", "version") VALUES (NEW."id", NEW."mentor_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."signed_at", NEW."signed_name", NEW."version"); RETURN NULL;', hash='f91587e5b77b90a7bc13a640b9263a620d8b8156', operation='INSERT', pgid='pgtrigger_insert_insert_40f4a', table='training_codesignature', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='codesignature',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "training_codesignatureevent" ("id", "mentor_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_at", "signed_name", "version") VALUES (NEW."id", NEW."mentor_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."signed_at", NEW."signed_name", NEW."version"); RETURN NULL;', hash='3bbba4ba8a2b7b3a7bd6f2ff28e4773377a193dd', operation='UPDATE', pgid='pgtrigger_update_update_9b684', table='training_codesignature', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='codesignature',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "training_codesignatureevent" ("id", "mentor_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_at", "signed_name", "version") VALUES (OLD."id", OLD."mentor_id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."signed_at", OLD."signed_name", OLD."version"); RETURN NULL;', hash='dee76b63a42f1b842e1dafb640df7e016236b2d5', operation='DELETE', pgid='pgtrigger_delete_delete_737a9', table='training_codesignature', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trainingoverride',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "training_trainingoverrideevent" ("at", "by_id", "id", "mentor_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "withdrawn_at") VALUES (NEW."at", NEW."by_id", NEW."id", NEW."mentor_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."withdrawn_at"); RETURN NULL;', hash='4cdbc96840359c39f7a221cf0371f3676c1bc7a7', operation='INSERT', pgid='pgtrigger_insert_insert_030e2', table='training_trainingoverride', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trainingoverride',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "training_trainingoverrideevent" ("at", "by_id", "id", "mentor_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "withdrawn_at") VALUES (NEW."at", NEW."by_id", NEW."id", NEW."mentor_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."withdrawn_at"); RETURN NULL;', hash='1dfa08a3a17a816fa2e05d64c106dbfc071233ac', operation='UPDATE', pgid='pgtrigger_update_update_8ca46', table='training_trainingoverride', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trainingoverride',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "training_trainingoverrideevent" ("at", "by_id", "id", "mentor_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "withdrawn_at") VALUES (OLD."at", OLD."by_id", OLD."id", OLD."mentor_id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."withdrawn_at"); RETURN NULL;', hash='e4018bba87aee16ca21dd39cc1f95c24368afd34', operation='DELETE', pgid='pgtrigger_delete_delete_8915c', table='training_trainingoverride', when='AFTER')),
        ),
    ]
