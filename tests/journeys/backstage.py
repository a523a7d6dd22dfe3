"""What no page does but a day's passing would, on the running demo: `python -m tests.journeys.backstage <what> …`.

It goes through the product's own services, signed in to the database as the worker is. Prints one line of JSON.
"""

import json
import sys
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import django


def finish_training(slug, programme_id, leave):
    """Every mentor without a finished training finishes it, but for the last ``leave`` of the roster."""
    from programmes.models import Participant
    from training.presets import CHECKLIST_ASPECTS
    from training.services import checklist
    from training.services.code import sign_code
    from training.services.readiness import readiness_of

    with _scope(slug):
        mentors = list(Participant.objects.filter(programme=programme_id, side="mentor").order_by("pk"))
        ready = readiness_of(mentors)
        waiting = [mentor for mentor in mentors if not ready[mentor.pk].ready]
        done = waiting[: len(waiting) - int(leave)]
        for mentor in done:
            response = checklist.response_for(mentor)
            for aspect in CHECKLIST_ASPECTS:
                checklist.answer_aspect(response=response, aspect=aspect.key, value="covered", by=mentor.membership)
            checklist.finish_checklist(response=response, by=mentor.membership)
            sign_code(mentor=mentor, name=mentor.membership.name, by=mentor.membership)
        return {"finished": [mentor.name for mentor in done], "left": [mentor.name for mentor in waiting[len(done) :]]}


def sweep(slug):
    """Send the reminders of nine o'clock today, whatever the time is: letters are held until eight in the morning."""
    from django.utils import timezone

    from checkins.services.reminders import send_due
    from organisations.models import Organisation
    from post.models import Letter
    from post.tasks import deliver_letters

    organisation = Organisation.objects.get(slug=slug)
    zone = ZoneInfo(organisation.time_zone)
    nine = datetime.combine(timezone.localdate(timezone=zone), time(9), tzinfo=zone)
    sent = send_due(organisation.pk, at=nine)
    with _scope(slug):
        Letter.objects.filter(status=Letter.Status.WAITING, due_at__gt=timezone.now()).update(due_at=timezone.now())
    deliver_letters.delay()
    return {"queued": sent}


def a_day_later(slug):
    """The reminders that went out so far went a day earlier: nobody gets two letters within 24 hours."""
    from django.db.models import F

    from checkins.models import ReminderSent

    with _scope(slug):
        return {"moved": ReminderSent.objects.update(at=F("at") - timedelta(days=1))}


def end_link(slug, token, how):
    """Let a signed link run out ("expire") or take it back ("revoke")."""
    from django.utils import timezone

    from organisations.models import SignedLink
    from organisations.services import links

    _organisation_id, link_id, _secret = links.read_token(token)
    with _scope(slug):
        link = SignedLink.objects.get(pk=link_id)
        if how == "revoke":
            links.revoke_links(link.purpose, link.target_id, membership=link.membership)
        else:
            SignedLink.objects.filter(pk=link_id).update(expires_at=timezone.now() - timedelta(minutes=1))
    return {"link": link_id}


def match_again(slug, programme_id):
    """Another run by the rules of the last one, so that there is something to compare."""
    from matching.run_rules import rules_from_json
    from matching.services.runs import latest_run, make_run
    from programmes.models import Programme

    with _scope(slug):
        last = latest_run(Programme.objects.get(pk=programme_id))
        run = make_run(programme=last.programme, rules=rules_from_json(last.settings), by=last.made_by)
        return {"run": run.number}


def make_group(slug):
    """A programme of small groups with the mentor who signs in and three students of its own, matched and not yet published."""
    from django.utils import timezone

    from matching.run_rules import RunRules
    from matching.services.runs import make_run
    from mentoring.demo.programme import make_programme
    from organisations.models import Membership
    from programmes.models import Participant

    names = (("Amira", "Shaw"), ("Bronwen", "Vale"), ("Casimir", "Ode"))
    today = timezone.localdate()
    with _scope(slug):
        by = Membership.objects.get(email=f"coordinator@{slug}.example")
        programme = make_programme(
            name="Journey group", starts_on=today, ends_on=today + timedelta(weeks=30), by=by, today=today, preset="career_mentoring_year"
        )
        shared = {"programme": programme, "industry": "education", "town": "York", "availability": ["Wed am"], "languages": ["English"]}
        Participant.objects.create(
            membership=Membership.objects.get(email=f"mentor@{slug}.example"), side="mentor", capacity=4, skills=["confidence"],
            years_experience=8, check_valid_until=today + timedelta(days=700), **shared,
        )  # fmt: skip
        students = []
        for first, last in names:
            person = Membership.objects.create(
                email=f"{first.lower()}@{slug}.example", first_name=first, last_name=last, roles=["student"]
            )
            students.append(Participant.objects.create(membership=person, side="student", course="Foundation year", **shared))
    finish_training(slug, programme.pk, 0)
    with _scope(slug):
        make_run(programme=programme, rules=RunRules(), by=by)
        told = [[one.membership.email, one.membership.name] for one in students]
        return {"programme": programme.pk, "students": told, "away": students[-1].pk}


def _scope(slug):
    from common.tenancy import organisation_scope
    from organisations.models import Organisation

    return organisation_scope(Organisation.objects.get(slug=slug).pk)


if __name__ == "__main__":
    django.setup()
    what, *arguments = sys.argv[1:]
    known = {one.__name__: one for one in (finish_training, sweep, a_day_later, end_link, match_again, make_group)}
    sys.stdout.write(json.dumps(known[what](*arguments)) + "\n")
