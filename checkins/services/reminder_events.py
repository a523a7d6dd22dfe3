"""What is due for check-ins and for mentorships that began. Registered in AppConfig.ready."""

from collections import Counter, defaultdict
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.words import day
from matching.models import AgreementSignature, ContactPause, Mentorship
from organisations.enums import Purpose
from organisations.services import links
from post.services.outbox import label
from programmes.enums import Recipient, Side

from ..models import CheckIn, ReminderSent
from . import letters
from .members import people_of
from .reminder_onlookers import Onlookers, of_late, tell
from .reminders import LATE_DAYS, Due, Person, asks_on, held

FOR_CHECK_INS = ["due_on", "mentorship__programme_id", "mentorship__last_contact_on", "mentorship__started_on", "mentorship__organisation"]


def window(rules, today):
    """(first, last) day from which the rules may count today."""
    offsets = [rule.offset_days for rule in rules]
    return today - timedelta(days=max(offsets) + LATE_DAYS), today - timedelta(days=min(offsets))


def check_ins_due(rules, today):
    """Planned check-ins: before the day, and after it while nothing is noted. A later contact makes an older one needless."""
    first, last = window(rules, today)
    rows = _planned().filter(mentorship__programme__in={rule.programme_id for rule in rules}, due_on__range=(first, last))
    rows = rows.select_related("mentorship__organisation").only(*FOR_CHECK_INS)
    asked = by_programme(rules)
    pairs = [
        (rule, row) for row in rows for rule in asked[row.mentorship.programme_id] if asks_on(rule, row.due_on, today)
    ]
    people, others = people_of({row.mentorship_id for _rule, row in pairs}), Onlookers(rules, {row.mentorship_id for _rule, row in pairs})
    reminded = _reminders_sent({row for rule, row in pairs if rule.recipient in others.asked})
    for rule, row in pairs:
        yield from _about_check_in(rule, row, people[row.mentorship_id], others, reminded, today)


def with_check_ins(first, last):
    """Organisations with a planned check-in on these days, by the partial index."""
    rows = CheckIn.unscoped.filter(status=CheckIn.Status.PLANNED, due_on__range=(first, last))
    return rows.order_by().values_list("organisation_id", flat=True).distinct()


def confirm_check_ins(dues):
    """Those still planned; their rows are held, so whoever logs one now comes after us and takes the letter back."""
    rows = held(_planned())
    open_ = {row.pk: row.due_on for row in rows.filter(pk__in={due.row_id for due in dues})}
    return [due for due in dues if open_.get(due.row_id) == due.counted_from]


def mentorships_due(rules, today):
    """Mentorships that began: agreement not signed, no first meeting yet."""
    first, last = window(rules, today)
    rows = Mentorship.objects.in_contact().filter(programme__in={rule.programme_id for rule in rules}, started_on__range=(first, last))
    rows = list(rows.select_related("organisation", "agreement"))
    ids = {row.pk for row in rows}
    people, others, asked = people_of(ids), Onlookers(rules, ids), by_programme(rules)
    signed, next_ones = _signed(rows), _first_planned(rows)
    for row in rows:
        for rule in asked[row.programme_id]:
            if not asks_on(rule, row.started_on, today):
                continue
            if rule.letter == "agreement_to_sign":
                yield from _about_agreement(rule, row, people[row.pk], signed)
            elif row.last_contact_on is None:
                yield from _about_first_meeting(rule, row, people[row.pk], others, next_ones, today)


def confirm_mentorships(dues):
    """Those still running, and still without a contact or that person's signature."""
    rows = held(Mentorship.objects.in_contact())
    open_ = {row.pk: row for row in rows.filter(pk__in={due.row_id for due in dues}).select_related("agreement")}
    signed = _signed(open_.values())
    kept = []
    for due in dues:
        row = open_.get(due.row_id)
        if row is None:
            continue
        done = (row.pk, due.person.key) in signed if due.template == "agreement_to_sign" else row.last_contact_on
        if not done:
            kept.append(due)
    return kept


def with_mentorships(first, last):
    """Organisations where a mentorship began on these days."""
    rows = Mentorship.unscoped.filter(status="active", started_on__range=(first, last))
    return rows.order_by().values_list("organisation_id", flat=True).distinct()


def _planned():
    newer = Q(mentorship__last_contact_on=None) | Q(mentorship__last_contact_on__lt=F("due_on"))
    planned = CheckIn.objects.filter(newer, status=CheckIn.Status.PLANNED, mentorship__status="active")
    paused = ContactPause.objects.standing().filter(mentorship=OuterRef("mentorship"))
    return planned.filter(~Exists(paused))


def by_programme(rules):
    found = defaultdict(list)
    for rule in rules:
        found[rule.programme_id].append(rule)
    return found


def target_of(row):
    """A check-in and its day: moved to another day, it is reminded of anew."""
    return f"{label(row)}:{row.due_on.isoformat()}"


def check_ins_done(rules, today):
    """Check-ins that a rule would speak of today, were they not logged."""
    asked = by_programme(rules)
    days = {today - timedelta(days=rule.offset_days) for rule in rules}
    done = [CheckIn.Status.HELD, CheckIn.Status.MISSED]
    rows = CheckIn.objects.filter(mentorship__programme__in=list(asked), mentorship__status="active", due_on__in=days, status__in=done)
    rows = list(rows.select_related("mentorship").only("due_on", "logged_at", "mentorship__programme_id"))
    people = people_of({row.mentorship_id for row in rows})
    for row in rows:
        for rule in asked[row.mentorship.programme_id]:
            for participant in on_sides(rule, people[row.mentorship_id]):
                why = _("Check-in planned for %(day)s, logged") % {"day": day(row.due_on)}
                yield Due(rule, target_of(row), row.pk, Person.of(participant.membership), row.due_on, why)


def on_sides(rule, people):
    """The participants that a rule speaks to."""
    if rule.recipient == Recipient.BOTH:
        return people.everybody
    return {Recipient.STUDENT: people.students, Recipient.MENTOR: people.mentors}.get(rule.recipient, ())


def _about_check_in(rule, row, people, others, reminded, today):
    if not people.students or not people.mentors:
        return
    common = {"rule": rule, "target": target_of(row), "row_id": row.pk, "counted_from": row.due_on, "about": label(row)}
    late = (today - row.due_on).days
    words = {"due_on": row.due_on, "days_late": max(1, late)}
    if rule.recipient in others.asked:
        since = row.mentorship.last_contact_on or row.mentorship.started_on
        facts = of_late((today - since).days, _not_noted(row, reminded[target_of(row)]))
        yield from tell(rule, row.mentorship, people, others, facts, common)
        return
    for participant in on_sides(rule, people):
        yield Due(
            **common,
            person=Person.of(participant.membership),
            why=why_check_in(row.due_on, late),
            letter=_for_side(rule.letter, participant.side),
            context={**words, "other_names": people.others(participant)},
            link=("checkins:log_by_link", Purpose.CHECK_IN, row.pk),
        )


def _for_side(letter, side):
    """The student's letter before a check-in has its own words."""
    return "check_in_due_student" if letter == "check_in_due" and side == Side.STUDENT else letter


def _words_for_check_in(due_on, late):
    planned = _("Check-in planned for %(day)s") % {"day": day(due_on)}
    return planned if late <= 0 else _("%(planned)s, nothing noted") % {"planned": planned}


why_check_in = lazy(_words_for_check_in, str)  # only the preview reads it


def _not_noted(row, times):
    if not times:
        return _("The check-in planned for %(day)s is not noted.") % {"day": day(row.due_on)}
    words = ngettext(
        "The check-in planned for %(day)s is not noted, after %(times)d reminder.",
        "The check-in planned for %(day)s is not noted, after %(times)d reminders.",
        times,
    )
    return words % {"day": day(row.due_on), "times": times}


def _about_first_meeting(rule, row, people, others, next_ones, today):
    if not people.students or not people.mentors:
        return
    about = letters.first_meeting_label(row.pk)
    common = {"rule": rule, "target": label(row), "row_id": row.pk, "counted_from": row.started_on, "about": about}
    why = _("Started on %(day)s, no meeting noted yet") % {"day": day(row.started_on)}
    if rule.recipient in others.asked:
        reason = _("They started on %(day)s and no meeting is noted yet.") % {"day": day(row.started_on)}
        yield from tell(rule, row, people, others, of_late((today - row.started_on).days, reason), common)
        return
    meet_by = row.started_on + timedelta(days=rule.programme.first_meeting_days)
    check_in_id = next_ones.get(row.pk)
    for participant in on_sides(rule, people):
        yield Due(
            **common,
            person=Person.of(participant.membership),
            why=why,
            context={"other_names": people.others(participant), "meet_by": meet_by},
            link=("checkins:log_by_link", Purpose.CHECK_IN, check_in_id) if check_in_id else None,
            page=links.absolute(reverse("checkins:plan", args=[row.organisation.slug, row.pk])),
        )


def _about_agreement(rule, row, people, signed):
    agreement = getattr(row, "agreement", None)
    if agreement is None or agreement.signed_at:
        return
    for participant in people.everybody:
        person = Person.of(participant.membership)
        if (row.pk, person.key) in signed:
            continue
        yield Due(
            rule=rule,
            target=label(row),
            row_id=row.pk,
            person=person,
            counted_from=row.started_on,
            why=_("The agreement waits for this signature"),
            context={"other_names": people.others(participant)},
            link=("matching:agreement_by_link", Purpose.AGREEMENT, agreement.pk),
            about=label(agreement),
        )


def _signed(rows):
    """{(mentorship id, person's key)} of the signatures under their agreements."""
    signatures = AgreementSignature.objects.standing().filter(agreement__mentorship__in=[row.pk for row in rows])
    pairs = signatures.values_list("agreement__mentorship_id", "participant__membership_id")
    return {(mentorship, f"membership:{membership}") for mentorship, membership in pairs}


def _first_planned(rows):
    planned = CheckIn.objects.filter(mentorship__in=[row.pk for row in rows], status=CheckIn.Status.PLANNED)
    return dict(planned.order_by("-due_on", "-id").values_list("mentorship_id", "id"))


def _reminders_sent(rows):
    """{target: how often the mentor was reminded of it after its day}."""
    if not rows:
        return Counter()
    targets = [target_of(row) for row in rows]
    sent = ReminderSent.objects.filter(target__in=targets, rule__recipient__in=[Recipient.MENTOR, Recipient.BOTH], rule__offset_days__gt=0)
    return Counter(target for target, _rule in sent.order_by().values_list("target", "rule").distinct())
