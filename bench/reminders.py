"""The reminder sweep over 100,000 planned check-ins of many organisations, beside a plain loop that does the same row by row.

    python -m bench.reminders [check-ins] [organisations]

Makes a database of its own on the embedded server and drops it at the end. The sweep runs as the worker's role, with row
security on. Every organisation has mentorships with a check-in each fortnight; of those before today nine in ten are
logged, as in a programme that works. Writes reminders.json to the state folder's bench/ (var/bench by default).
"""

import json
import os
import sys
import time
from datetime import timedelta
from pathlib import Path

TARGET = 10.0  # seconds
EVERY, WEEKS_BEFORE, EACH = 14, 4, 7  # days between check-ins; where the first lies; check-ins of a mentorship


def prepare() -> None:
    """Django on a fresh database, as the tests make one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings.dev")
    os.environ["ALONGSIDE_DB_ROLE"] = "owner"
    import django

    django.setup()
    from django.db import connection

    connection.settings_dict["TEST"]["NAME"] = "bench_alongside"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    from mentoring.roles import grant

    grant(connection)


def become(role) -> None:
    from django.db import connection

    connection.close()
    connection.settings_dict["USER"] = role


def seed(check_ins, organisations) -> None:
    """Rows in bulk: people, mentorships, check-ins around today."""
    from django.utils import timezone

    from common.tenancy import organisation_scope
    from organisations.models import Organisation

    today = timezone.localdate()
    each = check_ins // organisations // EACH
    for number in range(organisations):
        organisation = Organisation.objects.create(slug=f"bench-{number}", name=f"College {number}")
        with organisation_scope(organisation.pk):
            _one_organisation(organisation, each, today, number)


def _one_organisation(organisation, mentorships, today, number) -> None:
    from matching.models import Mentorship, MentorshipMember
    from organisations.models import Membership
    from programmes.models import Participant, Programme, ReminderRule
    from programmes.reminder_rules import STANDARD_RULES

    own = {"organisation": organisation}
    programme = Programme.objects.create(
        name="Autumn placements", starts_on=today - timedelta(days=60), ends_on=today + timedelta(days=60), **own
    )
    ReminderRule.objects.bulk_create(
        ReminderRule(
            programme=programme, event=one.event, offset_days=one.offset_days, recipient=one.recipient, letter=one.letter, **own
        )
        for one in STANDARD_RULES
    )
    Membership.objects.create(first_name="Rosa", email=f"rosa{number}@college.example", roles=["coordinator"], **own)
    people = {
        side: Membership.objects.bulk_create(
            Membership(first_name=f"{side.title()} {n}", email=f"{side}{n}.{number}@college.example", roles=[side], **own)
            for n in range(mentorships)
        )
        for side in ("student", "mentor")
    }
    participants = {
        side: Participant.objects.bulk_create(Participant(programme=programme, membership=one, side=side, **own) for one in those)
        for side, those in people.items()
    }
    rows = Mentorship.objects.bulk_create(
        Mentorship(
            programme=programme, started_on=programme.starts_on, stage_since=today, ends_on=programme.ends_on, **own
        )
        for _n in range(mentorships)
    )
    MentorshipMember.objects.bulk_create(
        MentorshipMember(mentorship=row, participant=those[n], side=side, **own)
        for side, those in participants.items()
        for n, row in enumerate(rows)
    )
    _check_ins(rows, today, own)


def _check_ins(rows, today, own) -> None:
    """Spread over the days of a fortnight. Nine mentorships in ten log; all are counted as check-ins of the plan."""
    from checkins.models import CheckIn
    from matching.models import Mentorship

    planned = []
    for n, row in enumerate(rows):
        first = today - timedelta(days=7 * WEEKS_BEFORE) + timedelta(days=n % EVERY)
        quiet = n % 10 == 0
        if not quiet:
            row.last_contact_on = today - timedelta(days=(today - first).days % EVERY)
        days = [first + timedelta(days=EVERY * k) for k in range(EACH)]
        planned += [CheckIn(mentorship=row, number=k, due_on=day, **own) for k, day in enumerate(days, 1)]
    CheckIn.objects.bulk_create(planned, batch_size=5000)
    Mentorship.objects.bulk_update(rows, ["last_contact_on"], batch_size=1000)


def sweep() -> tuple[float, int, float]:
    """(seconds, letters, this process's processor seconds) of the whole sweep: find, choose, links, letters, rows."""
    from checkins.services import reminders

    start, spent = time.perf_counter(), time.process_time()
    sent = reminders.send_all()
    return time.perf_counter() - start, sent, time.process_time() - spent


def plain_loop() -> tuple[float, int]:
    """The same letters, one transaction each: what a task per letter costs at the least (without its broker)."""
    from django.utils import timezone

    from checkins.models import ReminderSent
    from checkins.services import reminders
    from checkins.services.reminder_letters import drafts_for, rows_for
    from common.tenancy import organisation_scope
    from organisations.models import Organisation
    from post.services.outbox import queue_letter

    at, sent = timezone.now(), 0
    start = time.perf_counter()
    for organisation_id in reminders.organisations_to_ask(at):
        with organisation_scope(organisation_id):
            organisation = Organisation.objects.get(pk=organisation_id)
            chosen = reminders.decide(reminders.find_due(organisation, at), organisation, at).letters
        for letter in chosen:
            with organisation_scope(organisation_id):
                rows = [_kept(ReminderSent, row) for row in rows_for([letter], organisation)]
                (draft,) = drafts_for([letter], rows, at, organisation)
                queue_letter(draft.name, to_email=draft.to_email, context=draft.context, dedupe_key=draft.dedupe_key)
                sent += 1
    return time.perf_counter() - start, sent


def _kept(model, row):
    """The row, written unless it is there."""
    values = {"rule": row.rule, "target": row.target, "recipient": row.recipient}
    return model.objects.get_or_create(**values, defaults={"letter_key": row.letter_key})[0]


def forget() -> None:
    """Back to before the sweep, for the next contestant."""
    from django.db import connection

    become("alongside_owner")
    with connection.cursor() as cursor:
        cursor.execute("truncate checkins_remindersent, post_letter, organisations_signedlink cascade")
        cursor.execute("analyze")
    become("alongside_worker")


def measure(check_ins, organisations) -> dict:
    seed(check_ins, organisations)
    found = {}
    for name, contestant in (("sweep", sweep), ("plain", plain_loop), ("again", sweep)):
        forget()
        found[name] = contestant()
    found["idle"] = sweep()
    return found


def report(check_ins, organisations) -> list[dict]:
    found = measure(check_ins, organisations)
    seconds, letters, spent = min(found["sweep"], found["again"])
    plain, plain_letters = found["plain"]
    idle, more, _spent = found["idle"]
    if not letters or letters != plain_letters or more:
        sys.exit(f"the two did not do the same: {found}")
    return [
        {"what": f"sweep of {check_ins} check-ins, seconds", "figure": round(seconds, 2), "target": f"< {TARGET:g}", "holds": seconds < TARGET},
        {"what": "processor seconds of the worker in it", "figure": round(spent, 2), "target": None, "holds": None},
        {"what": "letters it queued", "figure": letters, "target": None, "holds": None},
        {"what": "the same, a transaction a letter, seconds", "figure": round(plain, 2), "target": None, "holds": None},
        {"what": "sweep with nothing left to do, seconds", "figure": round(idle, 2), "target": None, "holds": None},
    ]  # fmt: skip


def main() -> None:
    numbers = [int(one) for one in sys.argv[1:]]
    check_ins, organisations = [*numbers, 100_000, 100][:2] if len(numbers) != 1 else [numbers[0], 100]
    print(f"other work on this machine at the start: load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    prepare()
    from django.db import connection

    try:
        figures = report(check_ins, organisations)
    finally:
        become("alongside_owner")
        connection.creation.destroy_test_db("alongside", verbosity=0)
    folder = Path(os.environ.get("ALONGSIDE_VAR", "var")) / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "reminders.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    for line in figures:
        verdict = {True: "holds", False: "MISSED", None: ""}[line["holds"]]
        print(f"{line['what']:<48} {line['figure']:>8}   target {line['target'] or 'none':<8} {verdict}")


if __name__ == "__main__":
    main()
