"""Hours of training: noted by hand, or counted from attendance as often as one likes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Event
from training.models import TrainingHours
from training.services.hours import log_training_hours, take_back_training_hours
from training.services.refused import TrainingError

TODAY = timezone.localdate()


def log(house, **changes):
    values = {"kind": "initial", "minutes": 90, "on": TODAY, "what": "Opening  session", "by": house.people["coordinator"]}
    return log_training_hours(membership=house.people["mentor"], **(values | changes))


def rows():
    return list(TrainingHours.objects.values_list("kind", "minutes", "on", "what", "source"))


def test_hours_are_noted_with_who_and_why(northfield):
    with northfield.scope():
        log(northfield)
        log(northfield)
        assert rows() == [("initial", 90, TODAY, "Opening session", "")] * 2
        assert Event.objects.filter(verb="training hours noted").count() == 2


def test_the_same_source_is_one_row_brought_up_to_date(northfield, riverside):
    with riverside.scope():
        log(riverside, source="event:7", minutes=30)
    with northfield.scope():
        first = log(northfield, source="event:7", minutes=60)
        again = log(northfield, source="event:7", minutes=45)
        assert (again.pk, rows()) == (first.pk, [("initial", 45, TODAY, "Opening session", "event:7")])
        assert Event.objects.filter(verb="training hours noted", organisation_id=northfield.organisation.pk).count() == 1


def test_what_was_counted_can_be_taken_back_and_what_was_noted_by_hand_stays(northfield):
    with northfield.scope():
        log(northfield, source="event:7")
        log(northfield)
        mentor, by = northfield.people["mentor"], northfield.people["coordinator"]
        assert take_back_training_hours(membership=mentor, source="event:7", by=by) is True
        assert take_back_training_hours(membership=mentor, source="event:7", by=by) is False
        assert take_back_training_hours(membership=mentor, source="", by=by) is False
        assert [row[4] for row in rows()] == [""]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "party"}, "kind"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": -5}, "minutes"),
        ({"minutes": 24 * 60 + 1}, "minutes"),
        ({"on": TODAY + timedelta(days=2)}, "on"),
        ({"what": "  "}, "what"),
    ],
)
def test_what_cannot_be_is_refused_by_field(northfield, changes, field):
    with northfield.scope(), pytest.raises(TrainingError) as refused:
        log(northfield, **changes)
    assert refused.value.field == field
    with northfield.scope():
        assert TrainingHours.objects.count() == 0


def test_a_mentor_sees_their_own_hours(northfield):
    with northfield.scope():
        log(northfield)
        log_training_hours(
            membership=northfield.other_mentorship.members.get(side="mentor").participant.membership,
            kind="refresher", minutes=60, on=TODAY, what="Evening", by=northfield.people["coordinator"],
        )  # fmt: skip
        seen = {role: TrainingHours.objects.visible_to(person).count() for role, person in northfield.people.items()}
    assert seen == {"owner": 0, "coordinator": 2, "mentor": 1, "student": 0, "tutor": 0, "lead": 0}
