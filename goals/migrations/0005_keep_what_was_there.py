"""Lines of a placement's learning objectives become rows, and each goal's words the first version of its wording."""

from django.db import migrations

OBJECTIVES = """
insert into goals_objective (organisation_id, placement_id, text, version, written_at)
select distinct placement.organisation_id, placement.id, left(btrim(line), 300), 1, now()
from programmes_placement placement, regexp_split_to_table(placement.objectives, E'[\\r\\n]+') line
where btrim(line) <> ''
"""

WORDINGS = """
insert into goals_goalwording (organisation_id, goal_id, number, title, measure, why, work, due_on, by_id, at)
select organisation_id, id, 1, title, measure, why, work, due_on, written_by_id, created_at from goals_goal where number = 0
"""
NUMBERS = "update goals_goal set number = 1 where number = 0"


class Migration(migrations.Migration):
    dependencies = [("goals", "0004_goals_serve_objectives"), ("programmes", "0001_initial")]

    operations = [migrations.RunSQL([OBJECTIVES, WORDINGS, NUMBERS], migrations.RunSQL.noop)]
