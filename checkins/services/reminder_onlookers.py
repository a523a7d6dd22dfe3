"""Who is told when others do not do something: coordinators, the student's tutor, the line manager, the lead for concerns."""

from collections import defaultdict

from django.db.models import Q
from django.urls import reverse

from matching.models import MentorshipMember
from organisations.models import Membership
from organisations.services import links
from programmes.enums import Recipient, Side
from programmes.models import Placement
from programmes.reminder_kinds import ONLOOKERS

from . import letters
from .due import Due, Person
from .members import coordinators


class Onlookers:
    """Those whom the rules tell of these mentorships; a query for each sort of person that a rule names, none otherwise."""

    def __init__(self, rules, mentorship_ids):
        self.asked = {rule.recipient for rule in rules} & set(ONLOOKERS)
        self._everywhere, self._of = {}, {}
        if not mentorship_ids:
            return
        if Recipient.COORDINATOR in self.asked:
            self._everywhere[Recipient.COORDINATOR] = [Person.of(one) for one in coordinators()]
        if Recipient.LEAD in self.asked:
            leads = Membership.objects.present().filter(is_safeguarding_lead=True)
            self._everywhere[Recipient.LEAD] = [Person.of(one) for one in leads]
        if Recipient.TUTOR in self.asked:
            self._of[Recipient.TUTOR] = _tutors(mentorship_ids)
        if Recipient.LINE_MANAGER in self.asked:
            self._of[Recipient.LINE_MANAGER] = _managers(mentorship_ids)

    def of(self, recipient, mentorship_id) -> list[Person]:
        """Those of one sort who belong to a mentorship, each once."""
        found = self._everywhere.get(recipient)
        return found if found is not None else self._of.get(recipient, {}).get(mentorship_id, [])


def of_late(days, reason) -> dict:
    """What an onlooker's letter says of a mentorship, but for names."""
    return {"days": max(1, days), "reason": reason}


def tell(rule, mentorship, people, others, facts, common):
    """A Due for each onlooker of the rule's sort."""
    names = {"mentor_names": people.mentor_names, "student_names": people.student_names}
    for person in others.of(rule.recipient, mentorship.pk):
        yield Due(
            **{**common, "about": letters.quiet_label(mentorship.pk)},
            person=person,
            why=facts["reason"],
            context={**facts, **names},
            page=_page(rule.recipient, mentorship),
        )


def _page(recipient, mentorship):
    """What they may open: a line manager has no sign-in and gets the page that says why; a lead sees concerns, not mentorships."""
    if recipient == Recipient.LINE_MANAGER:
        return ""
    if recipient == Recipient.LEAD:
        return links.absolute(reverse("checkins:concerns", args=[mentorship.organisation.slug]))
    return links.absolute(mentorship.get_absolute_url())


def _tutors(mentorship_ids):
    seats = MentorshipMember.objects.filter(
        mentorship__in=mentorship_ids, side=Side.STUDENT, participant__withdrawn_at=None, participant__tutor__left_at=None
    )
    seats = seats.exclude(participant__tutor=None).select_related("participant__tutor").order_by("id")
    found = defaultdict(dict)
    for seat in seats:
        person = Person.of(seat.participant.tutor)
        found[seat.mentorship_id][person.key] = person
    return {pk: list(people.values()) for pk, people in found.items()}


def _managers(mentorship_ids):
    """Of the mentorship's placement, or of its students' placements where it names none."""
    seats = MentorshipMember.objects.filter(mentorship__in=mentorship_ids, side=Side.STUDENT).select_related("mentorship")
    wanted = [(seat.mentorship_id, seat.mentorship.placement_id, seat.participant_id) for seat in seats]
    placements = Placement.objects.filter(
        Q(pk__in={pk for _one, pk, _student in wanted if pk}) | Q(student__in={student for _one, pk, student in wanted if not pk}),
        line_manager__isnull=False,
    ).select_related("line_manager")
    by_pk, by_student = {}, defaultdict(list)
    for row in placements:
        by_pk[row.pk] = row
        by_student[row.student_id].append(row)
    found = defaultdict(dict)
    for mentorship_id, placement_id, student_id in wanted:
        for row in [by_pk[placement_id]] if placement_id in by_pk else () if placement_id else by_student[student_id]:
            manager = row.line_manager
            person = Person(f"line-manager:{manager.pk}", manager.email, manager.name, manager.name)
            found[mentorship_id][person.key] = person
    return {pk: list(people.values()) for pk, people in found.items()}
