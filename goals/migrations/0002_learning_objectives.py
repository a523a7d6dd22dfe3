import common.tenancy
import django.db.models.deletion
import django.db.models.manager
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('goals', '0001_initial'),
        ('organisations', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Objective',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=300, verbose_name='learning objective')),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('written_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(blank=True, null=True)),
                ('set_aside_at', models.DateTimeField(blank=True, null=True)),
                ('changed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.membership')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('placement', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='learning_objectives', to='programmes.placement')),
                ('written_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.membership')),
            ],
            options={
                'verbose_name': 'learning objective',
                'ordering': ['id'],
                'abstract': False,
                'base_manager_name': 'unscoped',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ObjectiveAgreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField()),
                ('voice', models.CharField(choices=[('student', 'student'), ('mentor', 'mentor'), ('tutor', 'tutor')], max_length=10)),
                ('name', models.CharField(max_length=600)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('membership', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.membership')),
                ('objective', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='agreements', to='goals.objective')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'ordering': ['at', 'id'],
                'abstract': False,
                'base_manager_name': 'unscoped',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ObjectiveEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('text', models.CharField(max_length=300, verbose_name='learning objective')),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('written_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(blank=True, null=True)),
                ('set_aside_at', models.DateTimeField(blank=True, null=True)),
                ('changed_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.membership')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='goals.objective')),
                ('placement', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.placement')),
                ('written_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.membership')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='objective',
            index=models.Index(fields=['organisation', 'placement'], name='goals_objec_organis_ebe9ac_idx'),
        ),
        migrations.AddIndex(
            model_name='objective',
            index=models.Index(fields=['organisation', 'written_by'], name='goals_objec_organis_478dcf_idx'),
        ),
        migrations.AddIndex(
            model_name='objective',
            index=models.Index(fields=['organisation', 'changed_by'], name='goals_objec_organis_85ea40_idx'),
        ),
        migrations.AddConstraint(
            model_name='objective',
            constraint=models.UniqueConstraint(condition=models.Q(('set_aside_at', None)), fields=('organisation', 'placement', 'text'), name='objective_once'),
        ),
        migrations.AddConstraint(
            model_name='objective',
            constraint=common.tenancy.OrganisationIsolation(name='goals_objective_own'),
        ),
        migrations.AddConstraint(
            model_name='objective',
            constraint=models.UniqueConstraint(fields=('organisation', 'id'), name='goals_objective_pair'),
        ),
        migrations.AddConstraint(
            model_name='objective',
            constraint=common.tenancy.SameOrganisation(field='placement', name='goals_objective_placement_same'),
        ),
        migrations.AddConstraint(
            model_name='objective',
            constraint=common.tenancy.SameOrganisation(field='written_by', name='goals_objective_written_by_same'),
        ),
        migrations.AddConstraint(
            model_name='objective',
            constraint=common.tenancy.SameOrganisation(field='changed_by', name='goals_objective_changed_by_same'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='objective',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "goals_objectiveevent" ("changed_at", "changed_by_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "set_aside_at", "text", "version", "written_at", "written_by_id") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."set_aside_at", NEW."text", NEW."version", NEW."written_at", NEW."written_by_id"); RETURN NULL;', hash='12321832947145e28d6f971b1df037646378fbef', operation='INSERT', pgid='pgtrigger_insert_insert_ad743', table='goals_objective', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='objective',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "goals_objectiveevent" ("changed_at", "changed_by_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "set_aside_at", "text", "version", "written_at", "written_by_id") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."placement_id", NEW."set_aside_at", NEW."text", NEW."version", NEW."written_at", NEW."written_by_id"); RETURN NULL;', hash='249a89b53c7a723e4abcb25ee85515cb99ae1d3d', operation='UPDATE', pgid='pgtrigger_update_update_bd689', table='goals_objective', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='objective',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "goals_objectiveevent" ("changed_at", "changed_by_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "set_aside_at", "text", "version", "written_at", "written_by_id") VALUES (OLD."changed_at", OLD."changed_by_id", OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."set_aside_at", OLD."text", OLD."version", OLD."written_at", OLD."written_by_id"); RETURN NULL;', hash='9a2ec42340e3a186928f02790f64a3f541daed16', operation='DELETE', pgid='pgtrigger_delete_delete_65722', table='goals_objective', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='objectiveagreement',
            index=models.Index(fields=['organisation', 'objective'], name='goals_objec_organis_4eb5d0_idx'),
        ),
        migrations.AddIndex(
            model_name='objectiveagreement',
            index=models.Index(fields=['organisation', 'membership'], name='goals_objec_organis_db8d50_idx'),
        ),
        migrations.AddConstraint(
            model_name='objectiveagreement',
            constraint=models.UniqueConstraint(fields=('organisation', 'objective', 'version', 'voice'), name='objective_agreed_once'),
        ),
        migrations.AddConstraint(
            model_name='objectiveagreement',
            constraint=common.tenancy.OrganisationIsolation(name='goals_objectiveagreement_own'),
        ),
        migrations.AddConstraint(
            model_name='objectiveagreement',
            constraint=models.UniqueConstraint(fields=('organisation', 'id'), name='goals_objectiveagreement_pair'),
        ),
        migrations.AddConstraint(
            model_name='objectiveagreement',
            constraint=common.tenancy.SameOrganisation(field='objective', name='goals_objectiveagreement_objective_same'),
        ),
        migrations.AddConstraint(
            model_name='objectiveagreement',
            constraint=common.tenancy.SameOrganisation(field='membership', name='goals_objectiveagreement_membership_same'),
        ),
        migrations.AddIndex(
            model_name='objectiveevent',
            index=models.Index(fields=['organisation', 'pgh_obj'], name='goals_objec_organis_69b70e_idx'),
        ),
        migrations.AddConstraint(
            model_name='objectiveevent',
            constraint=common.tenancy.OrganisationIsolation(name='goals_objectiveevent_own'),
        ),
    ]
