"""Events of the demo: one that has been, one that people answer to just now, one nobody was told of yet."""

from datetime import timedelta

from training.models import ChecklistAnswer, Gathering, Guest, TrainingHours
from training.services.attendance import note_attendance, source_of
from training.services.gatherings import create_gathering
from training.services.guests import send_invitations

from .times import at

BEEN, COMING, PLANNED = timedelta(days=-6), timedelta(days=5), timedelta(days=19)  # from the day of seeding
ASKED = timedelta(days=-20)
STAYED_AWAY = 4  # every so many of those who were asked
ANSWERS = ("yes", "yes", "no", "yes", "")  # of those who were asked to the coming one, again and again
ROOM = "Room 4, Old Library"


def plan_events(programme, *, own_mentor, by, today):
    """``own_mentor``: the mentor who can sign in. They were at the first, and asked for support with its point before."""
    been = create_gathering(
        programme=programme, by=by, at=at(today + ASKED), kind="training", title="Quick or careful, talkative or quiet",
        about="Two short cases in threes. Bring one student you find hard to read; no names, please.",
        aspects=["behaviour_styles"], starts_at=at(today + BEEN, 17, 30), minutes=90, place=ROOM, host="Rosa Whitfield",
        counts_as="",
    )  # fmt: skip
    send_invitations(gathering=been, by=by, at=at(today + ASKED, 11))
    for number, guest in enumerate(_guests(been)):
        here = guest.mentor_id == own_mentor.pk or number % STAYED_AWAY
        Guest.objects.filter(pk=guest.pk).update(answer="yes" if here else "", answered_at=at(today + ASKED, 18) if here else None)
        if here:
            how = Guest.How.CODE if number % 3 else Guest.How.LIST
            note_attendance(guest=guest, there=True, by=by, how=how, at=at(today + BEEN, 17, 40))
    _count_hours(been, by)
    needs = ChecklistAnswer.objects.filter(response__mentor=own_mentor, aspect="behaviour_styles")
    needs.update(value=ChecklistAnswer.Value.NEED, answered_at=at(programme.starts_on, 9))
    coming = create_gathering(
        programme=programme, by=by, at=at(today + ASKED), kind="network", title="Half-way: what helps, what is hard",
        about="Bring one thing that worked and one question. Tea from five o’clock.", aspects=["relationship"],
        starts_at=at(today + COMING, 17, 30), minutes=75, place=ROOM, link="https://meet.example/northfield-mentors",
        host="Rosa Whitfield", capacity=24, counts_as="refresher",
    )  # fmt: skip
    send_invitations(gathering=coming, by=by, at=at(today - timedelta(days=3), 11))
    for number, guest in enumerate(one for one in _guests(coming) if one.mentor_id != own_mentor.pk):
        answer = ANSWERS[number % len(ANSWERS)]
        Guest.objects.filter(pk=guest.pk).update(answer=answer, answered_at=at(today - timedelta(days=2), 12) if answer else None)
    create_gathering(
        programme=programme, by=by, at=at(today - timedelta(days=1)), kind="training", title="Ending well",
        aspects=["relationship"], starts_at=at(today + PLANNED, 12), minutes=60, link="https://meet.example/northfield-mentors",
        host="Rosa Whitfield", counts_as="refresher",
    )  # fmt: skip


def _count_hours(gathering, by):
    """As the service counts them, but on the demo's own calendar: it may be seeded for a day still to come."""
    Gathering.objects.filter(pk=gathering.pk).update(counts_as=TrainingHours.Kind.INITIAL)
    TrainingHours.objects.bulk_create(
        TrainingHours(
            organisation_id=gathering.organisation_id, membership=guest.mentor.membership, kind=TrainingHours.Kind.INITIAL,
            minutes=gathering.minutes, on=gathering.starts_at.date(), what=gathering.title, by=by, source=source_of(gathering),
        )
        for guest in gathering.guests.there().select_related("mentor__membership")
    )  # fmt: skip


def _guests(gathering):
    return list(gathering.guests.select_related("mentor__membership").order_by("pk"))
