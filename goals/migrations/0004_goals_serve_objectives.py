import common.tenancy
import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('goals', '0003_agreed_goals'),
        ('organisations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='GoalObjective',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('goal', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='objective_links', to='goals.goal')),
                ('objective', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='goal_links', to='goals.objective')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'unscoped',
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
        migrations.AddIndex(
            model_name='goalobjective',
            index=models.Index(fields=['organisation', 'goal'], name='goals_goalo_organis_47c5d4_idx'),
        ),
        migrations.AddIndex(
            model_name='goalobjective',
            index=models.Index(fields=['organisation', 'objective'], name='goals_goalo_organis_5736af_idx'),
        ),
        migrations.AddConstraint(
            model_name='goalobjective',
            constraint=models.UniqueConstraint(fields=('organisation', 'goal', 'objective'), name='goal_objective_once'),
        ),
        migrations.AddConstraint(
            model_name='goalobjective',
            constraint=common.tenancy.OrganisationIsolation(name='goals_goalobjective_own'),
        ),
        migrations.AddConstraint(
            model_name='goalobjective',
            constraint=models.UniqueConstraint(fields=('organisation', 'id'), name='goals_goalobjective_pair'),
        ),
        migrations.AddConstraint(
            model_name='goalobjective',
            constraint=common.tenancy.SameOrganisation(field='goal', name='goals_goalobjective_goal_same'),
        ),
        migrations.AddConstraint(
            model_name='goalobjective',
            constraint=common.tenancy.SameOrganisation(field='objective', name='goals_goalobjective_objective_same'),
        ),
    ]
