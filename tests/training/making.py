"""Trained mentors and checklists of one's own, made the short way, by the services."""

from django.urls import reverse

from training.models import ChecklistVersion
from training.presets import CHECKLIST_ASPECTS
from training.services.checklist import finish_checklist, response_for, save_answers
from training.services.code import sign_code
from training.services.readiness import readiness_of
from training.services.templates import begin_version, copy_checklist, publish_version


def url(house, name, *args):
    return reverse(f"training:{name}", args=[house.organisation.slug, *args])


def answer_all(mentor, *, needs=(), moment="start", finish=True):
    """Every point answered: covered, but for ``needs``."""
    from training.services.aspects import checklist_of

    response = response_for(mentor, moment=moment)
    answers = {key: ("need" if key in needs else "covered", "") for key in checklist_of(response).keys}
    save_answers(response=response, answers=answers, by=mentor.membership)
    return finish_checklist(response=response, by=mentor.membership) if finish else response


def train(mentor, *, needs=()):
    """Checklist finished and code signed."""
    answer_all(mentor, needs=needs)
    sign_code(mentor=mentor, name="Mentor Example", by=mentor.membership)


def ready(mentor):
    return readiness_of([mentor])[mentor.pk]


def own_checklist(house, name="Ours", *, keep=("purpose", "confidentiality")):
    """A published checklist with only these points of our preset; returns (template, version)."""
    by = house.people["coordinator"]
    template = copy_checklist(name=name, by=by)
    draft = ChecklistVersion.objects.get(template=template)
    draft.aspects.exclude(key__in=keep).delete()
    publish_version(version=draft, by=by)
    template.refresh_from_db()
    return template, ChecklistVersion.objects.get(pk=draft.pk)


def use(house, template):
    """Let the house's programme use it."""
    house.programme.checklist_key = template.key
    house.programme.save(update_fields=["checklist_key"])
    house.mentor.programme = house.programme


def next_version(house, template, *, without=()):
    """A newer published version without these points."""
    draft = begin_version(template=template, by=house.people["coordinator"])
    draft.aspects.filter(key__in=without).delete()
    return publish_version(version=draft, by=house.people["coordinator"])


ALL_COVERED = {f"value-{aspect.key}": "covered" for aspect in CHECKLIST_ASPECTS}
