import common.tenancy
import django.contrib.postgres.fields
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
            name='CheckIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('due_on', models.DateField(verbose_name='planned for')),
                ('starts_at', models.DateTimeField(blank=True, null=True, verbose_name='time')),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('held', 'Held'), ('missed', 'Missed'), ('moved', 'Moved'), ('dropped', 'Not needed')], default='planned', max_length=10, verbose_name='status')),
                ('held_on', models.DateField(blank=True, null=True, verbose_name='held on')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='how long, in minutes')),
                ('way', models.CharField(blank=True, choices=[('in_person', 'In person'), ('video', 'Video'), ('phone', 'Phone'), ('chat', 'Chat')], max_length=10, verbose_name='how')),
                ('topics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None, verbose_name='what you talked about')),
                ('goals', models.JSONField(blank=True, default=list)),
                ('progress', models.TextField(blank=True, verbose_name='how it is going')),
                ('challenges', models.TextField(blank=True, verbose_name='what is hard')),
                ('mood', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Stuck'), (2, 'A bit lost'), (3, 'Steady'), (4, 'Good'), (5, 'Flying')], null=True, verbose_name='how the student is getting on')),
                ('feedback', models.TextField(blank=True, verbose_name='feedback for the mentor')),
                ('missed_reason', models.CharField(blank=True, max_length=300, verbose_name='why it did not happen')),
                ('logged_at', models.DateTimeField(blank=True, null=True)),
                ('by_link', models.BooleanField(default=False)),
                ('logged_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.membership')),
                ('mentorship', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='check_ins', to='matching.mentorship')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'verbose_name': 'check-in',
                'ordering': ['due_on', 'id'],
                'abstract': False,
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(condition=models.Q(('status', 'planned')), fields=['due_on', 'id'], name='check_in_due'), models.Index(condition=models.Q(('status', 'planned')), fields=['organisation', 'due_on'], name='check_in_org_due'), models.Index(fields=['organisation', 'mentorship'], name='checkins_ch_organis_d1a71a_idx'), models.Index(fields=['organisation', 'logged_by'], name='checkins_ch_organis_80c852_idx')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'mentorship', 'number'), name='check_in_number'), models.CheckConstraint(condition=models.Q(('minutes', None), models.Q(('minutes__gte', 1), ('minutes__lte', 600)), _connector='OR'), name='check_in_minutes'), common.tenancy.OrganisationIsolation(name='checkins_checkin_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='checkins_checkin_pair'), common.tenancy.SameOrganisation(field='mentorship', name='checkins_checkin_mentorship_same'), common.tenancy.SameOrganisation(field='logged_by', name='checkins_checkin_logged_by_same')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=300, verbose_name='action')),
                ('due_on', models.DateField(blank=True, null=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('owner', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='programmes.participant')),
                ('check_in', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='checkins.checkin')),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['organisation', 'check_in'], name='checkins_ac_organis_7f8145_idx'), models.Index(fields=['organisation', 'owner'], name='checkins_ac_organis_334ad4_idx')],
                'constraints': [common.tenancy.OrganisationIsolation(name='checkins_action_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='checkins_action_pair'), common.tenancy.SameOrganisation(field='check_in', name='checkins_action_check_in_same'), common.tenancy.SameOrganisation(field='owner', name='checkins_action_owner_same')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='CheckInEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.PositiveSmallIntegerField()),
                ('due_on', models.DateField(verbose_name='planned for')),
                ('starts_at', models.DateTimeField(blank=True, null=True, verbose_name='time')),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('held', 'Held'), ('missed', 'Missed'), ('moved', 'Moved'), ('dropped', 'Not needed')], default='planned', max_length=10, verbose_name='status')),
                ('held_on', models.DateField(blank=True, null=True, verbose_name='held on')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='how long, in minutes')),
                ('way', models.CharField(blank=True, choices=[('in_person', 'In person'), ('video', 'Video'), ('phone', 'Phone'), ('chat', 'Chat')], max_length=10, verbose_name='how')),
                ('topics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None, verbose_name='what you talked about')),
                ('goals', models.JSONField(blank=True, default=list)),
                ('progress', models.TextField(blank=True, verbose_name='how it is going')),
                ('challenges', models.TextField(blank=True, verbose_name='what is hard')),
                ('mood', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Stuck'), (2, 'A bit lost'), (3, 'Steady'), (4, 'Good'), (5, 'Flying')], null=True, verbose_name='how the student is getting on')),
                ('feedback', models.TextField(blank=True, verbose_name='feedback for the mentor')),
                ('missed_reason', models.CharField(blank=True, max_length=300, verbose_name='why it did not happen')),
                ('logged_at', models.DateTimeField(blank=True, null=True)),
                ('by_link', models.BooleanField(default=False)),
                ('logged_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.membership')),
                ('mentorship', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='matching.mentorship')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='checkins.checkin')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['organisation', 'pgh_obj'], name='checkins_ch_organis_b0bc6a_idx')],
                'constraints': [common.tenancy.OrganisationIsolation(name='checkins_checkinevent_own')],
            },
        ),
        migrations.CreateModel(
            name='Concern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('urgency', models.CharField(choices=[('now', 'Now: somebody may be in danger'), ('soon', 'Soon: within a day or two'), ('when_you_can', 'When you can')], max_length=15, verbose_name='how urgent is it?')),
                ('category', models.CharField(choices=[('safety', 'Somebody’s safety'), ('confidentiality', 'Confidentiality'), ('boundaries', 'Boundaries'), ('objectivity', 'Fairness and objectivity'), ('competence', 'Something beyond what a mentor can help with'), ('focus', 'Losing focus'), ('interests', 'Whose interests come first'), ('equality', 'Equal treatment')], max_length=20, verbose_name='what is it about?')),
                ('text', models.TextField(verbose_name='what happened, or what worries you?')),
                ('by_link', models.BooleanField(default=False)),
                ('raised_at', models.DateTimeField(auto_now_add=True)),
                ('acknowledged_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.TextField(blank=True, verbose_name='what was done')),
                ('acknowledged_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.membership')),
                ('mentorship', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='concerns', to='matching.mentorship')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('raised_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.membership')),
            ],
            options={
                'verbose_name': 'concern',
                'ordering': ['-raised_at', '-id'],
                'abstract': False,
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['organisation', 'mentorship'], name='checkins_co_organis_30a268_idx'), models.Index(fields=['organisation', 'raised_by'], name='checkins_co_organis_37f275_idx'), models.Index(fields=['organisation', 'acknowledged_by'], name='checkins_co_organis_2b57a6_idx')],
                'constraints': [common.tenancy.OrganisationIsolation(name='checkins_concern_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='checkins_concern_pair'), common.tenancy.SameOrganisation(field='mentorship', name='checkins_concern_mentorship_same'), common.tenancy.SameOrganisation(field='raised_by', name='checkins_concern_raised_by_same'), common.tenancy.SameOrganisation(field='acknowledged_by', name='checkins_concern_acknowledged_by_same')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ConcernEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('urgency', models.CharField(choices=[('now', 'Now: somebody may be in danger'), ('soon', 'Soon: within a day or two'), ('when_you_can', 'When you can')], max_length=15, verbose_name='how urgent is it?')),
                ('category', models.CharField(choices=[('safety', 'Somebody’s safety'), ('confidentiality', 'Confidentiality'), ('boundaries', 'Boundaries'), ('objectivity', 'Fairness and objectivity'), ('competence', 'Something beyond what a mentor can help with'), ('focus', 'Losing focus'), ('interests', 'Whose interests come first'), ('equality', 'Equal treatment')], max_length=20, verbose_name='what is it about?')),
                ('text', models.TextField(verbose_name='what happened, or what worries you?')),
                ('by_link', models.BooleanField(default=False)),
                ('raised_at', models.DateTimeField(auto_now_add=True)),
                ('acknowledged_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.TextField(blank=True, verbose_name='what was done')),
                ('acknowledged_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.membership')),
                ('mentorship', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='matching.mentorship')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='checkins.concern')),
                ('raised_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.membership')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['organisation', 'pgh_obj'], name='checkins_co_organis_d8bc7a_idx')],
                'constraints': [common.tenancy.OrganisationIsolation(name='checkins_concernevent_own')],
            },
        ),
        migrations.CreateModel(
            name='ConcernNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='note')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.membership')),
                ('concern', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='checkins.concern')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'ordering': ['at', 'id'],
                'abstract': False,
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['organisation', 'concern'], name='checkins_co_organis_17cd36_idx'), models.Index(fields=['organisation', 'by'], name='checkins_co_organis_af6fa4_idx')],
                'constraints': [common.tenancy.OrganisationIsolation(name='checkins_concernnote_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='checkins_concernnote_pair'), common.tenancy.SameOrganisation(field='concern', name='checkins_concernnote_concern_same'), common.tenancy.SameOrganisation(field='by', name='checkins_concernnote_by_same')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ConcernShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.membership')),
                ('concern', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='checkins.concern')),
                ('membership', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.membership')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['organisation', 'concern'], name='checkins_co_organis_2c6844_idx'), models.Index(fields=['organisation', 'membership'], name='checkins_co_organis_426f3a_idx'), models.Index(fields=['organisation', 'by'], name='checkins_co_organis_ba5de0_idx')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'concern', 'membership'), name='concern_share_once'), common.tenancy.OrganisationIsolation(name='checkins_concernshare_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='checkins_concernshare_pair'), common.tenancy.SameOrganisation(field='concern', name='checkins_concernshare_concern_same'), common.tenancy.SameOrganisation(field='membership', name='checkins_concernshare_membership_same'), common.tenancy.SameOrganisation(field='by', name='checkins_concernshare_by_same')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='note')),
                ('visibility', models.CharField(choices=[('only_me', 'Only me'), ('mentorship', 'The mentorship'), ('coordinators', 'The mentorship and coordinators'), ('lead', 'The safeguarding lead')], default='mentorship', max_length=15, verbose_name='who may read it')),
                ('written_at', models.DateTimeField(auto_now_add=True)),
                ('author', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.membership')),
                ('check_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notes', to='checkins.checkin')),
                ('mentorship', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='matching.mentorship')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'ordering': ['-written_at', '-id'],
                'abstract': False,
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['organisation', 'mentorship'], name='checkins_no_organis_d0fc06_idx'), models.Index(fields=['organisation', 'check_in'], name='checkins_no_organis_c33fb3_idx'), models.Index(fields=['organisation', 'author'], name='checkins_no_organis_821c7b_idx')],
                'constraints': [common.tenancy.OrganisationIsolation(name='checkins_note_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='checkins_note_pair'), common.tenancy.SameOrganisation(field='mentorship', name='checkins_note_mentorship_same'), common.tenancy.SameOrganisation(field='check_in', name='checkins_note_check_in_same'), common.tenancy.SameOrganisation(field='author', name='checkins_note_author_same')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='NoteEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('text', models.TextField(verbose_name='note')),
                ('visibility', models.CharField(choices=[('only_me', 'Only me'), ('mentorship', 'The mentorship'), ('coordinators', 'The mentorship and coordinators'), ('lead', 'The safeguarding lead')], default='mentorship', max_length=15, verbose_name='who may read it')),
                ('written_at', models.DateTimeField(auto_now_add=True)),
                ('author', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.membership')),
                ('check_in', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='checkins.checkin')),
                ('mentorship', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='matching.mentorship')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='checkins.note')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['organisation', 'pgh_obj'], name='checkins_no_organis_dfec9a_idx')],
                'constraints': [common.tenancy.OrganisationIsolation(name='checkins_noteevent_own')],
            },
        ),
        migrations.CreateModel(
            name='ReminderSent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('target', models.CharField(max_length=80)),
                ('recipient', models.CharField(max_length=80)),
                ('letter_key', models.CharField(max_length=200)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('rule', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='sent', to='programmes.reminderrule')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['organisation', 'target'], name='reminder_target'), models.Index(fields=['organisation', 'rule'], name='checkins_re_organis_757bad_idx')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'rule', 'target', 'recipient'), name='reminder_once'), common.tenancy.OrganisationIsolation(name='checkins_remindersent_own'), models.UniqueConstraint(fields=('organisation', 'id'), name='checkins_remindersent_pair'), common.tenancy.SameOrganisation(field='rule', name='checkins_remindersent_rule_same')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checkin',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "checkins_checkinevent" ("by_link", "challenges", "due_on", "feedback", "goals", "held_on", "id", "logged_at", "logged_by_id", "mentorship_id", "minutes", "missed_reason", "mood", "number", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress", "starts_at", "status", "topics", "way") VALUES (NEW."by_link", NEW."challenges", NEW."due_on", NEW."feedback", NEW."goals", NEW."held_on", NEW."id", NEW."logged_at", NEW."logged_by_id", NEW."mentorship_id", NEW."minutes", NEW."missed_reason", NEW."mood", NEW."number", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."progress", NEW."starts_at", NEW."status", NEW."topics", NEW."way"); RETURN NULL;', hash='32d12eec6fd6914fe6294cc56d8a8c58017293fa', operation='INSERT', pgid='pgtrigger_insert_insert_b9714', table='checkins_checkin', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checkin',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "checkins_checkinevent" ("by_link", "challenges", "due_on", "feedback", "goals", "held_on", "id", "logged_at", "logged_by_id", "mentorship_id", "minutes", "missed_reason", "mood", "number", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress", "starts_at", "status", "topics", "way") VALUES (NEW."by_link", NEW."challenges", NEW."due_on", NEW."feedback", NEW."goals", NEW."held_on", NEW."id", NEW."logged_at", NEW."logged_by_id", NEW."mentorship_id", NEW."minutes", NEW."missed_reason", NEW."mood", NEW."number", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."progress", NEW."starts_at", NEW."status", NEW."topics", NEW."way"); RETURN NULL;', hash='c1cfff717a6fce8b72dde2edb6eb90be4abfcf1e', operation='UPDATE', pgid='pgtrigger_update_update_5ff78', table='checkins_checkin', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checkin',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "checkins_checkinevent" ("by_link", "challenges", "due_on", "feedback", "goals", "held_on", "id", "logged_at", "logged_by_id", "mentorship_id", "minutes", "missed_reason", "mood", "number", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress", "starts_at", "status", "topics", "way") VALUES (OLD."by_link", OLD."challenges", OLD."due_on", OLD."feedback", OLD."goals", OLD."held_on", OLD."id", OLD."logged_at", OLD."logged_by_id", OLD."mentorship_id", OLD."minutes", OLD."missed_reason", OLD."mood", OLD."number", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."progress", OLD."starts_at", OLD."status", OLD."topics", OLD."way"); RETURN NULL;', hash='3d8409ba83d9a96e632c1b70ffaa4dbea6c4078b', operation='DELETE', pgid='pgtrigger_delete_delete_1a88f', table='checkins_checkin', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='concern',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "checkins_concernevent" ("acknowledged_at", "acknowledged_by_id", "by_link", "category", "closed_at", "id", "mentorship_id", "organisation_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "raised_by_id", "text", "urgency") VALUES (NEW."acknowledged_at", NEW."acknowledged_by_id", NEW."by_link", NEW."category", NEW."closed_at", NEW."id", NEW."mentorship_id", NEW."organisation_id", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."raised_at", NEW."raised_by_id", NEW."text", NEW."urgency"); RETURN NULL;', hash='a4bb7300dcf324eee63b728fae2b9198759487c1', operation='INSERT', pgid='pgtrigger_insert_insert_de40c', table='checkins_concern', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='concern',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "checkins_concernevent" ("acknowledged_at", "acknowledged_by_id", "by_link", "category", "closed_at", "id", "mentorship_id", "organisation_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "raised_by_id", "text", "urgency") VALUES (NEW."acknowledged_at", NEW."acknowledged_by_id", NEW."by_link", NEW."category", NEW."closed_at", NEW."id", NEW."mentorship_id", NEW."organisation_id", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."raised_at", NEW."raised_by_id", NEW."text", NEW."urgency"); RETURN NULL;', hash='c6bc2bc41f7108dd24b0fa8acc3d4046249f08d0', operation='UPDATE', pgid='pgtrigger_update_update_1f7a2', table='checkins_concern', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='concern',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "checkins_concernevent" ("acknowledged_at", "acknowledged_by_id", "by_link", "category", "closed_at", "id", "mentorship_id", "organisation_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "raised_by_id", "text", "urgency") VALUES (OLD."acknowledged_at", OLD."acknowledged_by_id", OLD."by_link", OLD."category", OLD."closed_at", OLD."id", OLD."mentorship_id", OLD."organisation_id", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."raised_at", OLD."raised_by_id", OLD."text", OLD."urgency"); RETURN NULL;', hash='6e9d1a7afe98941e533a00c344c7fd470a1cbaee', operation='DELETE', pgid='pgtrigger_delete_delete_cbea4', table='checkins_concern', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='note',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "checkins_noteevent" ("author_id", "check_in_id", "id", "mentorship_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "visibility", "written_at") VALUES (NEW."author_id", NEW."check_in_id", NEW."id", NEW."mentorship_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."text", NEW."visibility", NEW."written_at"); RETURN NULL;', hash='58031da7261793320c4e79834f604faabaa991f2', operation='INSERT', pgid='pgtrigger_insert_insert_5d563', table='checkins_note', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='note',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "checkins_noteevent" ("author_id", "check_in_id", "id", "mentorship_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "visibility", "written_at") VALUES (NEW."author_id", NEW."check_in_id", NEW."id", NEW."mentorship_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."text", NEW."visibility", NEW."written_at"); RETURN NULL;', hash='cb08dd677c1b0b6bd1a6802c73d17512287eb074', operation='UPDATE', pgid='pgtrigger_update_update_f04d5', table='checkins_note', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='note',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "checkins_noteevent" ("author_id", "check_in_id", "id", "mentorship_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "visibility", "written_at") VALUES (OLD."author_id", OLD."check_in_id", OLD."id", OLD."mentorship_id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."text", OLD."visibility", OLD."written_at"); RETURN NULL;', hash='63cec27e176c2b7a0f6397cb5c1599cc4d3ecce5', operation='DELETE', pgid='pgtrigger_delete_delete_54a9a', table='checkins_note', when='AFTER')),
        ),
    ]
