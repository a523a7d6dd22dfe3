"""The self-rating as drawings: one mentor's own, and the means of a programme."""

from django.utils.translation import gettext as _

from common.charts import bar_chart, change_chart

from .models import SelfRating
from .self_rating import HIGHEST, SKILLS, changes

START, END = SelfRating.Moment.START, SelfRating.Moment.END


def own_chart(ratings):
    """A mentor's ratings {moment: SelfRating}: the change where both are there, else what there is."""
    before, after = (ratings[moment].points if moment in ratings else None for moment in (START, END))
    rows = [(change.skill.label, change.before, change.after) for change in changes(before, after)]
    return change_chart(_("How you see yourself"), rows, maximum=HIGHEST, names=(START.label, END.label))


def means_charts(means) -> list[dict]:
    """[{"label", "given", "counted", "chart"}] of both moments; chart is None where the group is too small to be shown."""
    found = []
    for moment, one in means.items():
        rows = [(skill.label, one.means[skill.key]) for skill in SKILLS] if one.means else []
        chart = bar_chart(str(moment.label), rows, maximum=HIGHEST) if rows else None
        found.append({"label": moment.label, "given": one.given, "counted": one.counted, "chart": chart})
    return found
