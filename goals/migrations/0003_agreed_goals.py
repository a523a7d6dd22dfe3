import common.tenancy
import django.db.models.deletion
import django.db.models.manager
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('goals', '0002_learning_objectives'),
        ('matching', '0001_initial'),
        ('organisations', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='GoalAgreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('student', 'Student'), ('mentor', 'Mentor')], max_length=10)),
                ('name', models.CharField(max_length=600)),
                ('at', models.DateTimeField(auto_now_add=True)),
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
            name='GoalChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('step_added', 'added the step'), ('step_changed', 'changed the step'), ('step_removed', 'removed the step'), ('step_done', 'ticked the step'), ('step_undone', 'took the tick away from'), ('tied', 'tied it to'), ('untied', 'untied it from'), ('reached', 'said that it is reached'), ('dropped', 'set it aside'), ('reopened', 'opened it again'), ('shared', 'shared it with the mentorship'), ('hidden', 'keeps it private'), ('evidence_removed', 'took away what showed it:')], max_length=20)),
                ('text', models.CharField(blank=True, max_length=300, verbose_name='what')),
                ('at', models.DateTimeField(auto_now_add=True)),
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
            ],
            options={
                'ordering': ['number'],
                'abstract': False,
                'base_manager_name': 'unscoped',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='goal',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='goal',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='goal',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='goal',
            name='agreed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='goal',
            name='is_private',
            field=models.BooleanField(default=False, verbose_name='only I can see it'),
        ),
        migrations.AddField(
            model_name='goal',
            name='number',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='goal',
            name='owner',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.participant'),
        ),
        migrations.AddField(
            model_name='goal',
            name='pending',
            field=models.CharField(blank=True, choices=[('student', 'the student'), ('mentor', 'the mentor'), ('both', 'both')], default='both', max_length=10),
        ),
        migrations.AddField(
            model_name='goal',
            name='side',
            field=models.CharField(choices=[('student', 'Student'), ('mentor', 'Mentor')], default='student', max_length=10),
        ),
        migrations.AddField(
            model_name='goal',
            name='work',
            field=models.CharField(blank=True, max_length=200, verbose_name='which piece of work is it for?'),
        ),
        migrations.AddField(
            model_name='goalevent',
            name='agreed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='goalevent',
            name='is_private',
            field=models.BooleanField(default=False, verbose_name='only I can see it'),
        ),
        migrations.AddField(
            model_name='goalevent',
            name='number',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='goalevent',
            name='owner',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.participant'),
        ),
        migrations.AddField(
            model_name='goalevent',
            name='pending',
            field=models.CharField(blank=True, choices=[('student', 'the student'), ('mentor', 'the mentor'), ('both', 'both')], default='both', max_length=10),
        ),
        migrations.AddField(
            model_name='goalevent',
            name='side',
            field=models.CharField(choices=[('student', 'Student'), ('mentor', 'Mentor')], default='student', max_length=10),
        ),
        migrations.AddField(
            model_name='goalevent',
            name='work',
            field=models.CharField(blank=True, max_length=200, verbose_name='which piece of work is it for?'),
        ),
        migrations.AddField(
            model_name='goalprogress',
            name='file_name',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='goalprogress',
            name='file_size',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='goalprogress',
            name='link',
            field=models.URLField(blank=True, max_length=500, verbose_name='a link that shows it'),
        ),
        migrations.AddField(
            model_name='goalprogress',
            name='path',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddIndex(
            model_name='goal',
            index=models.Index(fields=['organisation', 'owner'], name='goals_goal_organis_cd4488_idx'),
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
        migrations.AddConstraint(
            model_name='goal',
            constraint=models.CheckConstraint(condition=models.Q(('is_private', False), models.Q(('side', 'mentor'), ('owner__isnull', False)), _connector='OR'), name='goal_private_is_a_mentors'),
        ),
        migrations.AddConstraint(
            model_name='goal',
            constraint=common.tenancy.SameOrganisation(field='owner', name='goals_goal_owner_same'),
        ),
        migrations.AddField(
            model_name='goalagreement',
            name='membership',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.membership'),
        ),
        migrations.AddField(
            model_name='goalagreement',
            name='organisation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='goalchange',
            name='by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.membership'),
        ),
        migrations.AddField(
            model_name='goalchange',
            name='goal',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='goals.goal'),
        ),
        migrations.AddField(
            model_name='goalchange',
            name='organisation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='goalwording',
            name='by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.membership'),
        ),
        migrations.AddField(
            model_name='goalwording',
            name='closed_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.membership'),
        ),
        migrations.AddField(
            model_name='goalwording',
            name='goal',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='wordings', to='goals.goal'),
        ),
        migrations.AddField(
            model_name='goalwording',
            name='organisation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='goalagreement',
            name='wording',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='agreements', to='goals.goalwording'),
        ),
        migrations.AddIndex(
            model_name='goalchange',
            index=models.Index(fields=['organisation', 'goal'], name='goals_goalc_organis_0d3679_idx'),
        ),
        migrations.AddIndex(
            model_name='goalchange',
            index=models.Index(fields=['organisation', 'by'], name='goals_goalc_organis_c2bd31_idx'),
        ),
        migrations.AddConstraint(
            model_name='goalchange',
            constraint=common.tenancy.OrganisationIsolation(name='goals_goalchange_own'),
        ),
        migrations.AddConstraint(
            model_name='goalchange',
            constraint=models.UniqueConstraint(fields=('organisation', 'id'), name='goals_goalchange_pair'),
        ),
        migrations.AddConstraint(
            model_name='goalchange',
            constraint=common.tenancy.SameOrganisation(field='goal', name='goals_goalchange_goal_same'),
        ),
        migrations.AddConstraint(
            model_name='goalchange',
            constraint=common.tenancy.SameOrganisation(field='by', name='goals_goalchange_by_same'),
        ),
        migrations.AddIndex(
            model_name='goalwording',
            index=models.Index(fields=['organisation', 'goal'], name='goals_goalw_organis_f15409_idx'),
        ),
        migrations.AddIndex(
            model_name='goalwording',
            index=models.Index(fields=['organisation', 'by'], name='goals_goalw_organis_aacbe6_idx'),
        ),
        migrations.AddIndex(
            model_name='goalwording',
            index=models.Index(fields=['organisation', 'closed_by'], name='goals_goalw_organis_756f55_idx'),
        ),
        migrations.AddConstraint(
            model_name='goalwording',
            constraint=models.UniqueConstraint(fields=('organisation', 'goal', 'number'), name='goal_wording_number'),
        ),
        migrations.AddConstraint(
            model_name='goalwording',
            constraint=common.tenancy.OrganisationIsolation(name='goals_goalwording_own'),
        ),
        migrations.AddConstraint(
            model_name='goalwording',
            constraint=models.UniqueConstraint(fields=('organisation', 'id'), name='goals_goalwording_pair'),
        ),
        migrations.AddConstraint(
            model_name='goalwording',
            constraint=common.tenancy.SameOrganisation(field='goal', name='goals_goalwording_goal_same'),
        ),
        migrations.AddConstraint(
            model_name='goalwording',
            constraint=common.tenancy.SameOrganisation(field='by', name='goals_goalwording_by_same'),
        ),
        migrations.AddConstraint(
            model_name='goalwording',
            constraint=common.tenancy.SameOrganisation(field='closed_by', name='goals_goalwording_closed_by_same'),
        ),
        migrations.AddIndex(
            model_name='goalagreement',
            index=models.Index(fields=['organisation', 'wording'], name='goals_goala_organis_cf0f10_idx'),
        ),
        migrations.AddIndex(
            model_name='goalagreement',
            index=models.Index(fields=['organisation', 'membership'], name='goals_goala_organis_e0c87f_idx'),
        ),
        migrations.AddConstraint(
            model_name='goalagreement',
            constraint=models.UniqueConstraint(fields=('organisation', 'wording', 'side'), name='goal_agreed_once'),
        ),
        migrations.AddConstraint(
            model_name='goalagreement',
            constraint=common.tenancy.OrganisationIsolation(name='goals_goalagreement_own'),
        ),
        migrations.AddConstraint(
            model_name='goalagreement',
            constraint=models.UniqueConstraint(fields=('organisation', 'id'), name='goals_goalagreement_pair'),
        ),
        migrations.AddConstraint(
            model_name='goalagreement',
            constraint=common.tenancy.SameOrganisation(field='wording', name='goals_goalagreement_wording_same'),
        ),
        migrations.AddConstraint(
            model_name='goalagreement',
            constraint=common.tenancy.SameOrganisation(field='membership', name='goals_goalagreement_membership_same'),
        ),
    ]
