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
            name='Goal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=300, verbose_name='what will you do?')),
                ('measure', models.CharField(blank=True, max_length=300, verbose_name='how will you both know it is done?')),
                ('why', models.CharField(blank=True, max_length=300, verbose_name='why does it matter for the placement?')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='by when?')),
                ('status', models.CharField(choices=[('open', 'Open'), ('done', 'Reached'), ('dropped', 'Set aside')], default='open', max_length=10, verbose_name='status')),
                ('percent', models.PositiveSmallIntegerField(default=0, verbose_name='progress')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('mentorship', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='matching.mentorship')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('written_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.membership')),
            ],
            options={
                'verbose_name': 'goal',
                'ordering': ['id'],
                'abstract': False,
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['organisation', 'mentorship'], name='goals_goal_organis_1835a8_idx'), models.Index(fields=['organisation', 'written_by'], name='goals_goal_organis_bdfec6_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('percent__lte', 100)), name='goal_percent_at_most_100'), common.tenancy.OrganisationIsolation(name='goals_goal_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='goals_goal_pair'), common.tenancy.SameOrganisation(field='mentorship', name='goals_goal_mentorship_same'), common.tenancy.SameOrganisation(field='written_by', name='goals_goal_written_by_same')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='GoalEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=300, verbose_name='what will you do?')),
                ('measure', models.CharField(blank=True, max_length=300, verbose_name='how will you both know it is done?')),
                ('why', models.CharField(blank=True, max_length=300, verbose_name='why does it matter for the placement?')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='by when?')),
                ('status', models.CharField(choices=[('open', 'Open'), ('done', 'Reached'), ('dropped', 'Set aside')], default='open', max_length=10, verbose_name='status')),
                ('percent', models.PositiveSmallIntegerField(default=0, verbose_name='progress')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('mentorship', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='matching.mentorship')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='goals.goal')),
                ('written_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.membership')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['organisation', 'pgh_obj'], name='goals_goale_organis_958796_idx')],
                'constraints': [common.tenancy.OrganisationIsolation(name='goals_goalevent_own')],
            },
        ),
        migrations.CreateModel(
            name='GoalProgress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('percent', models.PositiveSmallIntegerField()),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='what happened')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.membership')),
                ('goal', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='progress', to='goals.goal')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'ordering': ['at', 'id'],
                'abstract': False,
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['organisation', 'goal'], name='goals_goalp_organis_7bf028_idx'), models.Index(fields=['organisation', 'by'], name='goals_goalp_organis_302f76_idx')],
                'constraints': [common.tenancy.OrganisationIsolation(name='goals_goalprogress_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='goals_goalprogress_pair'), common.tenancy.SameOrganisation(field='goal', name='goals_goalprogress_goal_same'), common.tenancy.SameOrganisation(field='by', name='goals_goalprogress_by_same')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='GoalStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=300, verbose_name='step')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='by')),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('goal', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='goals.goal')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('owner', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='programmes.participant')),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['organisation', 'goal'], name='goals_goals_organis_4206ef_idx'), models.Index(fields=['organisation', 'owner'], name='goals_goals_organis_4fea2b_idx')],
                'constraints': [common.tenancy.OrganisationIsolation(name='goals_goalstep_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='goals_goalstep_pair'), common.tenancy.SameOrganisation(field='goal', name='goals_goalstep_goal_same'), common.tenancy.SameOrganisation(field='owner', name='goals_goalstep_owner_same')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "goals_goalevent" ("created_at", "due_on", "id", "measure", "mentorship_id", "organisation_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_at", "status", "title", "why", "written_by_id") VALUES (NEW."created_at", NEW."due_on", NEW."id", NEW."measure", NEW."mentorship_id", NEW."organisation_id", NEW."percent", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."settled_at", NEW."status", NEW."title", NEW."why", NEW."written_by_id"); RETURN NULL;', hash='7992e3e90fa1adea22b8113eb8ac7d53d6d508a4', operation='INSERT', pgid='pgtrigger_insert_insert_feafb', table='goals_goal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "goals_goalevent" ("created_at", "due_on", "id", "measure", "mentorship_id", "organisation_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_at", "status", "title", "why", "written_by_id") VALUES (NEW."created_at", NEW."due_on", NEW."id", NEW."measure", NEW."mentorship_id", NEW."organisation_id", NEW."percent", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."settled_at", NEW."status", NEW."title", NEW."why", NEW."written_by_id"); RETURN NULL;', hash='1ed0d1b662e5867363c00fa1759e115db467776b', operation='UPDATE', pgid='pgtrigger_update_update_97a4d', table='goals_goal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goal',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "goals_goalevent" ("created_at", "due_on", "id", "measure", "mentorship_id", "organisation_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_at", "status", "title", "why", "written_by_id") VALUES (OLD."created_at", OLD."due_on", OLD."id", OLD."measure", OLD."mentorship_id", OLD."organisation_id", OLD."percent", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."settled_at", OLD."status", OLD."title", OLD."why", OLD."written_by_id"); RETURN NULL;', hash='037c34212e78137b4a07f9275b7f475043e35d82', operation='DELETE', pgid='pgtrigger_delete_delete_b960f', table='goals_goal', when='AFTER')),
        ),
    ]
