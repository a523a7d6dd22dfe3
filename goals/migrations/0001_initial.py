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
                ('side', models.CharField(choices=[('student', 'Student'), ('mentor', 'Mentor')], default='student', max_length=10)),
                ('is_private', models.BooleanField(default=False, verbose_name='only I can see it')),
                ('title', models.CharField(max_length=300, verbose_name='what will you do?')),
                ('measure', models.CharField(blank=True, max_length=300, verbose_name='how will you both know it is done?')),
                ('why', models.CharField(blank=True, max_length=300, verbose_name='why does it matter for the placement?')),
                ('work', models.CharField(blank=True, max_length=200, verbose_name='which piece of work is it for?')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='by when?')),
                ('status', models.CharField(choices=[('open', 'Open'), ('done', 'Reached'), ('dropped', 'Set aside')], default='open', max_length=10, verbose_name='status')),
                ('percent', models.PositiveSmallIntegerField(default=0, verbose_name='progress')),
                ('number', models.PositiveSmallIntegerField(default=0)),
                ('pending', models.CharField(blank=True, choices=[('student', 'the student'), ('mentor', 'the mentor'), ('both', 'both')], default='both', max_length=10)),
                ('agreed_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('mentorship', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='matching.mentorship')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('owner', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.participant')),
                ('written_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.membership')),
            ],
            options={
                'verbose_name': 'goal',
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
            name='GoalWording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=300)),
                ('measure', models.CharField(blank=True, max_length=300)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('work', models.CharField(blank=True, max_length=200)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.membership')),
                ('closed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.membership')),
                ('goal', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='wordings', to='goals.goal')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'ordering': ['number'],
                'abstract': False,
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['organisation', 'goal'], name='goals_goalw_organis_f15409_idx'), models.Index(fields=['organisation', 'by'], name='goals_goalw_organis_aacbe6_idx'), models.Index(fields=['organisation', 'closed_by'], name='goals_goalw_organis_756f55_idx')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'goal', 'number'), name='goal_wording_number'), common.tenancy.OrganisationIsolation(name='goals_goalwording_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='goals_goalwording_pair'), common.tenancy.SameOrganisation(field='goal', name='goals_goalwording_goal_same'), common.tenancy.SameOrganisation(field='by', name='goals_goalwording_by_same'), common.tenancy.SameOrganisation(field='closed_by', name='goals_goalwording_closed_by_same')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='GoalAgreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('student', 'Student'), ('mentor', 'Mentor')], max_length=10)),
                ('name', models.CharField(max_length=600)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('membership', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.membership')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('wording', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='agreements', to='goals.goalwording')),
            ],
            options={
                'ordering': ['at', 'id'],
                'abstract': False,
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['organisation', 'wording'], name='goals_goala_organis_cf0f10_idx'), models.Index(fields=['organisation', 'membership'], name='goals_goala_organis_e0c87f_idx')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'wording', 'side'), name='goal_agreed_once'), common.tenancy.OrganisationIsolation(name='goals_goalagreement_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='goals_goalagreement_pair'), common.tenancy.SameOrganisation(field='wording', name='goals_goalagreement_wording_same'), common.tenancy.SameOrganisation(field='membership', name='goals_goalagreement_membership_same')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
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
                'indexes': [models.Index(fields=['organisation', 'placement'], name='goals_objec_organis_ebe9ac_idx'), models.Index(fields=['organisation', 'written_by'], name='goals_objec_organis_478dcf_idx'), models.Index(fields=['organisation', 'changed_by'], name='goals_objec_organis_85ea40_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('set_aside_at', None)), fields=('organisation', 'placement', 'text'), name='objective_once'), common.tenancy.OrganisationIsolation(name='goals_objective_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='goals_objective_pair'), common.tenancy.SameOrganisation(field='placement', name='goals_objective_placement_same'), common.tenancy.SameOrganisation(field='written_by', name='goals_objective_written_by_same'), common.tenancy.SameOrganisation(field='changed_by', name='goals_objective_changed_by_same')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='GoalObjective',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('goal', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='objective_links', to='goals.goal')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('objective', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='goal_links', to='goals.objective')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['organisation', 'goal'], name='goals_goalo_organis_47c5d4_idx'), models.Index(fields=['organisation', 'objective'], name='goals_goalo_organis_5736af_idx')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'goal', 'objective'), name='goal_objective_once'), common.tenancy.OrganisationIsolation(name='goals_goalobjective_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='goals_goalobjective_pair'), common.tenancy.SameOrganisation(field='goal', name='goals_goalobjective_goal_same'), common.tenancy.SameOrganisation(field='objective', name='goals_goalobjective_objective_same')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name='goal',
            name='objectives',
            field=models.ManyToManyField(related_name='goals', through='goals.GoalObjective', to='goals.objective'),
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
                'indexes': [models.Index(fields=['organisation', 'objective'], name='goals_objec_organis_4eb5d0_idx'), models.Index(fields=['organisation', 'membership'], name='goals_objec_organis_db8d50_idx')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'objective', 'version', 'voice'), name='objective_agreed_once'), common.tenancy.OrganisationIsolation(name='goals_objectiveagreement_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='goals_objectiveagreement_pair'), common.tenancy.SameOrganisation(field='objective', name='goals_objectiveagreement_objective_same'), common.tenancy.SameOrganisation(field='membership', name='goals_objectiveagreement_membership_same')],
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
                'indexes': [models.Index(fields=['organisation', 'pgh_obj'], name='goals_objec_organis_69b70e_idx')],
                'constraints': [common.tenancy.OrganisationIsolation(name='goals_objectiveevent_own')],
            },
        ),
        migrations.CreateModel(
            name='GoalChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('step_added', 'added the step'), ('step_changed', 'changed the step'), ('step_removed', 'removed the step'), ('step_done', 'ticked the step'), ('step_undone', 'took the tick away from'), ('tied', 'tied it to'), ('untied', 'untied it from'), ('reached', 'said that it is reached'), ('dropped', 'set it aside'), ('reopened', 'opened it again'), ('shared', 'shared it with the mentorship'), ('hidden', 'keeps it private'), ('evidence_removed', 'took away what showed it:')], max_length=20)),
                ('text', models.CharField(blank=True, max_length=300, verbose_name='what')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.membership')),
                ('goal', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='goals.goal')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'ordering': ['at', 'id'],
                'abstract': False,
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['organisation', 'goal'], name='goals_goalc_organis_0d3679_idx'), models.Index(fields=['organisation', 'by'], name='goals_goalc_organis_c2bd31_idx')],
                'constraints': [common.tenancy.OrganisationIsolation(name='goals_goalchange_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='goals_goalchange_pair'), common.tenancy.SameOrganisation(field='goal', name='goals_goalchange_goal_same'), common.tenancy.SameOrganisation(field='by', name='goals_goalchange_by_same')],
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
                ('side', models.CharField(choices=[('student', 'Student'), ('mentor', 'Mentor')], default='student', max_length=10)),
                ('is_private', models.BooleanField(default=False, verbose_name='only I can see it')),
                ('title', models.CharField(max_length=300, verbose_name='what will you do?')),
                ('measure', models.CharField(blank=True, max_length=300, verbose_name='how will you both know it is done?')),
                ('why', models.CharField(blank=True, max_length=300, verbose_name='why does it matter for the placement?')),
                ('work', models.CharField(blank=True, max_length=200, verbose_name='which piece of work is it for?')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='by when?')),
                ('status', models.CharField(choices=[('open', 'Open'), ('done', 'Reached'), ('dropped', 'Set aside')], default='open', max_length=10, verbose_name='status')),
                ('percent', models.PositiveSmallIntegerField(default=0, verbose_name='progress')),
                ('number', models.PositiveSmallIntegerField(default=0)),
                ('pending', models.CharField(blank=True, choices=[('student', 'the student'), ('mentor', 'the mentor'), ('both', 'both')], default='both', max_length=10)),
                ('agreed_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('mentorship', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='matching.mentorship')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                ('owner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.participant')),
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
                ('link', models.URLField(blank=True, max_length=500, verbose_name='a link that shows it')),
                ('path', models.CharField(blank=True, max_length=300)),
                ('file_name', models.CharField(blank=True, max_length=300)),
                ('file_size', models.PositiveIntegerField(default=0)),
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
            model_name='goal',
            index=models.Index(fields=['organisation', 'mentorship'], name='goals_goal_organis_1835a8_idx'),
        ),
        migrations.AddIndex(
            model_name='goal',
            index=models.Index(fields=['organisation', 'owner'], name='goals_goal_organis_cd4488_idx'),
        ),
        migrations.AddIndex(
            model_name='goal',
            index=models.Index(fields=['organisation', 'written_by'], name='goals_goal_organis_bdfec6_idx'),
        ),
        migrations.AddConstraint(
            model_name='goal',
            constraint=models.CheckConstraint(condition=models.Q(('percent__lte', 100)), name='goal_percent_at_most_100'),
        ),
        migrations.AddConstraint(
            model_name='goal',
            constraint=models.CheckConstraint(condition=models.Q(('is_private', False), models.Q(('side', 'mentor'), ('owner__isnull', False)), _connector='OR'), name='goal_private_is_a_mentors'),
        ),
        migrations.AddConstraint(
            model_name='goal',
            constraint=common.tenancy.OrganisationIsolation(name='goals_goal_own'),
        ),
        migrations.AddConstraint(
            model_name='goal',
            constraint=models.UniqueConstraint(fields=('organisation', 'id'), name='goals_goal_pair'),
        ),
        migrations.AddConstraint(
            model_name='goal',
            constraint=common.tenancy.SameOrganisation(field='mentorship', name='goals_goal_mentorship_same'),
        ),
        migrations.AddConstraint(
            model_name='goal',
            constraint=common.tenancy.SameOrganisation(field='owner', name='goals_goal_owner_same'),
        ),
        migrations.AddConstraint(
            model_name='goal',
            constraint=common.tenancy.SameOrganisation(field='written_by', name='goals_goal_written_by_same'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "goals_goalevent" ("agreed_at", "created_at", "due_on", "id", "is_private", "measure", "mentorship_id", "number", "organisation_id", "owner_id", "pending", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_at", "side", "status", "title", "why", "work", "written_by_id") VALUES (NEW."agreed_at", NEW."created_at", NEW."due_on", NEW."id", NEW."is_private", NEW."measure", NEW."mentorship_id", NEW."number", NEW."organisation_id", NEW."owner_id", NEW."pending", NEW."percent", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."settled_at", NEW."side", NEW."status", NEW."title", NEW."why", NEW."work", NEW."written_by_id"); RETURN NULL;', hash='ec448440e7bfc79ab250448e73e153b9a48311a6', operation='INSERT', pgid='pgtrigger_insert_insert_feafb', table='goals_goal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "goals_goalevent" ("agreed_at", "created_at", "due_on", "id", "is_private", "measure", "mentorship_id", "number", "organisation_id", "owner_id", "pending", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_at", "side", "status", "title", "why", "work", "written_by_id") VALUES (NEW."agreed_at", NEW."created_at", NEW."due_on", NEW."id", NEW."is_private", NEW."measure", NEW."mentorship_id", NEW."number", NEW."organisation_id", NEW."owner_id", NEW."pending", NEW."percent", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."settled_at", NEW."side", NEW."status", NEW."title", NEW."why", NEW."work", NEW."written_by_id"); RETURN NULL;', hash='388c0adefd637ebfb47461de8f2b093cfb83f3f7', operation='UPDATE', pgid='pgtrigger_update_update_97a4d', table='goals_goal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goal',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "goals_goalevent" ("agreed_at", "created_at", "due_on", "id", "is_private", "measure", "mentorship_id", "number", "organisation_id", "owner_id", "pending", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_at", "side", "status", "title", "why", "work", "written_by_id") VALUES (OLD."agreed_at", OLD."created_at", OLD."due_on", OLD."id", OLD."is_private", OLD."measure", OLD."mentorship_id", OLD."number", OLD."organisation_id", OLD."owner_id", OLD."pending", OLD."percent", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."settled_at", OLD."side", OLD."status", OLD."title", OLD."why", OLD."work", OLD."written_by_id"); RETURN NULL;', hash='e4a61baa571502bff2a32d129d18f3e3cd5ce3e3', operation='DELETE', pgid='pgtrigger_delete_delete_b960f', table='goals_goal', when='AFTER')),
        ),
    ]
