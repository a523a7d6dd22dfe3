"""Young people and those who answer for them: asked by letter, answered by link or on paper, asked again when the rules change."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from common.refused import Refused
from common.storage import save_private
from organisations.days import local_today
from organisations.enums import Purpose
from organisations.services import links
from post.services.outbox import drop_letters, queue_letter

from ..guardians import is_under_18, version_of
from ..models import GuardianConsent, Participant, SafetyRules, YoungPerson
from ..signals import consent_changed

LINK_LIFE = timedelta(days=365)  # so that a yes can be taken back by the same letter
PROMISES = ("supervised_only", "one_to_one_video")  # a change of these asks guardians again


@dataclass(frozen=True)
class Consent:
    """How it stands for one young participant. state: yes, no, asked, old (agreed to other rules), nobody (no guardian noted), not_asked."""

    state: str
    until: date | None = None
    at: datetime | None = None

    @property
    def given(self):
        return self.state == "yes"


def rules_of(programme) -> SafetyRules:
    """The programme's rules, or those of a programme without young people, unsaved."""
    return SafetyRules.objects.filter(programme=programme).first() or SafetyRules(programme=programme)


def young_in(programme, *, today=None, only=None) -> list[Participant]:
    """Active participants under 18, each with ``young`` (or None): empty where the programme has none. only: ids."""
    rules = rules_of(programme)
    if not rules.for_under_18:
        return []
    today = today or local_today(programme.organisation)
    rows = Participant.objects.active().filter(programme=programme, membership__left_at=None)
    if only is not None:
        rows = rows.filter(pk__in=only)
    rows = rows.select_related("membership", "young").order_by("membership__first_name", "membership__last_name", "pk")
    return [one for one in rows if is_young(one, today)]


def is_young(participant, today) -> bool:
    """Whether this participant is under 18 on a day, by what is noted or by the roster's date of birth."""
    young = getattr(participant, "young", None)
    return is_under_18(until=young.under_18_until if young else None, born=participant.date_of_birth, today=today)


def consents_of(programme, people) -> dict[int, Consent]:
    """{participant id: Consent} of young participants; empty where the programme asks for none. Two queries."""
    rules = rules_of(programme)
    if not (rules.for_under_18 and rules.guardian_consent):
        return {}
    newest = GuardianConsent.objects.filter(young=OuterRef("pk")).order_by("-at", "-id").values("pk")[:1]
    rows = YoungPerson.objects.filter(participant__in=[one.pk for one in people]).annotate(newest=Subquery(newest))
    rows = {row.participant_id: row for row in rows}
    answers = GuardianConsent.objects.in_bulk([row.newest for row in rows.values() if row.newest])
    return {one.pk: _state(rows.get(one.pk), answers, version_of(rules)) for one in people}


def _state(young, answers, version):
    if young is None or not (young.guardian_email or answers.get(young.newest)):
        return Consent("nobody", young.under_18_until if young else None)
    answer = answers.get(young.newest)
    if answer and not answer.is_yes:
        return Consent("no", young.under_18_until, answer.at)
    if answer and answer.version == version:
        return Consent("yes", young.under_18_until, answer.at)
    if answer:
        return Consent("old", young.under_18_until, answer.at)
    return Consent("asked" if young.asked_at else "not_asked", young.under_18_until, young.asked_at)


def lacking(programme, *, only=None) -> list[tuple[Participant, Consent]]:
    """Young participants for whom a guardian's yes is missing, with how it stands."""
    people = young_in(programme, only=only)
    states = consents_of(programme, people)
    return [(one, states[one.pk]) for one in people if one.pk in states and not states[one.pk].given]


@transaction.atomic
def change_rules(*, programme, by, **fields) -> SafetyRules:
    """Change how people meet. Where a guardian agreed to something else, they are asked again by letter."""
    rules, made = SafetyRules.objects.select_for_update().get_or_create(programme=programme, organisation_id=programme.organisation_id)
    changed = [name for name, value in fields.items() if getattr(rules, name) != value]
    if not changed and not made:
        return rules
    for name in changed:
        setattr(rules, name, fields[name])
    asks_again = bool(set(changed) & set(PROMISES)) and not made
    rules.version += asks_again
    rules.save()
    record("rules for contact changed", by=by, about=programme, fields=sorted(changed))
    if asks_again:
        for person, state in lacking(programme):
            if state.state == "old":
                ask_guardian(young=person.young, by=by)
    ids = Participant.objects.filter(programme=programme).values_list("pk", flat=True)
    consent_changed.send(sender=SafetyRules, programme=programme, participants=list(ids))
    return rules


@transaction.atomic
def save_young(*, participant, under_18_until, guardian_name, guardian_email, by) -> YoungPerson:
    """Note until when somebody is under 18 and who answers for them. A new address makes the old one's links useless."""
    Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    young = YoungPerson.objects.filter(participant=participant).first() or YoungPerson(participant=participant)
    if young.pk and young.guardian_email.lower() != guardian_email.lower():
        links.revoke_links(Purpose.CONSENT, young.pk)
        drop_letters(young)
        young.asked_at = None
    young.under_18_until, young.guardian_name, young.guardian_email = under_18_until, guardian_name.strip(), guardian_email.strip()
    young.save()
    record("young person noted", by=by, about=participant)
    _changed(participant)
    return young


@transaction.atomic
def ask_guardian(*, young, by, at=None) -> bool:
    """Write to the guardian. False when that was done within the last day."""
    now = at or timezone.now()
    row = _locked(young)
    if not row.guardian_email:
        raise Refused(_("Note the guardian’s e-mail address first."))
    if row.asked_at and row.asked_at > now - timedelta(days=1) and by is not None and not _answered_since(row):
        return False
    person, programme = row.participant, row.participant.programme
    row.asked_at = now
    row.save(update_fields=["asked_at"])
    context = {
        "first_name": row.guardian_name.split(" ")[0] if row.guardian_name else "",
        "organisation": programme.organisation.name,
        "programme": programme.name,
        "url": links.link_url(
            "programmes:consent_by_link", Purpose.CONSENT, row.pk, holder_name=row.guardian_name or row.guardian_email, life=LINK_LIFE
        ),
        "student_name": person.membership.first_name,
    }
    key = f"guardian-consent:{row.pk}:{now.isoformat()}"
    queue_letter("guardian_consent", to_email=row.guardian_email, to_name=row.guardian_name, context=context, dedupe_key=key, about=row)
    record("guardian asked", by=by, about=person)
    return True


@transaction.atomic
def answer_consent(*, young, is_yes, signed_name, version, at=None) -> GuardianConsent:
    """The guardian's own answer by link. ``version``: what the page showed; refused when that has changed meanwhile."""
    row = _locked(young)
    if version != version_of(rules_of(row.participant.programme)):
        raise Refused(_("What is agreed has changed while you were reading. Please read it once more."))
    drop_letters(row)
    return _keep(row, GuardianConsent.How.LINK, is_yes=is_yes, signed_name=signed_name, at=at, by=None)


@transaction.atomic
def record_paper(*, young, is_yes, signed_name, upload=None, by, at=None) -> GuardianConsent:
    """An answer that came on paper, with the paper where there is one."""
    row = _locked(young)
    kept = {}
    if upload:
        kept = {"path": save_private(row.organisation_id, upload.name, upload.content), "file_name": upload.name[:200]}
    return _keep(row, GuardianConsent.How.PAPER, is_yes=is_yes, signed_name=signed_name, at=at, by=by, **kept)


def _keep(row, how, *, is_yes, signed_name, at, by, **kept):
    version = version_of(rules_of(row.participant.programme))
    newest = row.consents.first()
    if newest and (newest.is_yes, newest.version, newest.how, newest.signed_name) == (is_yes, version, how, signed_name) and not kept:
        return newest  # a second press
    answer = GuardianConsent.objects.create(
        young=row, is_yes=is_yes, version=version, signed_name=signed_name.strip(), how=how, at=at or timezone.now(), by=by, **kept
    )
    record("guardian agreed" if is_yes else "guardian said no", by=by, about=row.participant, how=str(how))
    _changed(row.participant)
    return answer


def _answered_since(row):
    newest = row.consents.first()
    return newest is not None and newest.at > row.asked_at


def _changed(participant):
    consent_changed.send(sender=YoungPerson, programme=participant.programme, participants=[participant.pk])


def _locked(young):
    rows = YoungPerson.objects.select_for_update(of=("self",))
    return rows.select_related("participant__programme__organisation", "participant__membership").get(pk=young.pk)
