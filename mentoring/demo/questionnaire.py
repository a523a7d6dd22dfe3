"""The next programme of Northfield: its first people, a questionnaire of its own, and some answers to it."""

from datetime import timedelta

from django.utils import timezone

from matching.models import QuestionnaireResponse
from matching.questions import AVAILABILITY, CHOICE, MANY, PLACE, SCALE, SCALE_POINTS
from matching.services.background import save_background
from matching.services.journeys import save_journeys
from matching.services.questionnaire_answers import fact_values, save_answers
from matching.services.questionnaire_questions import add_question
from matching.services.questionnaire_sheets import draft, sheet_now
from matching.services.questionnaires import publish_questionnaire, start_draft
from programmes.forms.people import SLOTS
from programmes.models import Participant

ASKED_DAYS_AGO = 4
NOTES = (
    "I start at the bakery at six, so early afternoons are best.",
    "My placement moves to the Wakefield site in week five.",
    "I have mentored before and would gladly take two students who know each other.",
)
WORKPLACES = ["a small team", "a large organisation", "outdoors or on site", "with customers"]
JOURNEYS = (
    ("Bradford", "Leeds", 25), ("Leeds", "Wakefield", 20), ("Leeds", "York", 30), ("Halifax", "Leeds", 40), ("Leeds", "Sheffield", 50),
    ("Hull", "Leeds", 60), ("Bradford", "Halifax", 20), ("Sheffield", "Wakefield", 40), ("Hull", "York", 65), ("Bradford", "Wakefield", 45),
)  # fmt: skip


def ask(programme, *, by, today, chance, waiting=()):
    """Publish a version with a question of the college's own, ask everybody, let most answer.

    waiting: memberships of those who are still to answer, so that the demo has something to do.
    """
    for side, question in (("student", "Where do you work best?"), ("mentor", "Where do you work?")):
        start_draft(programme=programme, side=side, by=by)
        fields = {"label": question, "kind": MANY, "options": WORKPLACES}
        if side == "student":
            fields |= {"axis": "role", "weight": 2}
        pair_with = "where-do-you-work-best" if side == "mentor" else ""
        add_question(questionnaire=draft(programme, side), by=by, pair_with=pair_with, **fields)
    for side in ("student", "mentor"):
        publish_questionnaire(questionnaire=draft(programme, side), by=by)
    asked = timezone.now() - timedelta(days=ASKED_DAYS_AGO)
    people = list(Participant.objects.filter(programme=programme).select_related("membership", "programme").order_by("pk"))
    QuestionnaireResponse.objects.bulk_create(
        [QuestionnaireResponse(organisation_id=one.organisation_id, participant=one, asked_at=asked) for one in people]
    )
    free = [one for one in people if one.membership not in waiting]
    for person in [one for place, one in enumerate(free) if place % 5 < 3]:
        sheet = sheet_now(programme, person.side)
        answers = {one.key: _answer(one, person, chance) for one in sheet.questions}
        when = asked + timedelta(hours=chance.randint(2, 70))
        save_answers(participant=person, sheet=sheet, answers=answers, by=person.membership, by_link=True, at=when)
    _background(free)
    save_journeys(journeys=JOURNEYS, by=by)


def _answer(question, person, chance):
    """What a roster knows stays; the rest is chosen."""
    known = fact_values(person, question) if question.fact(person.side) else []
    if known:
        return known
    if question.kind == MANY:
        return sorted(chance.sample(question.options, k=min(len(question.options), chance.randint(1, 2))))
    if question.kind == CHOICE:
        return [chance.choice(question.options)]
    if question.kind == SCALE:
        return [chance.choice(SCALE_POINTS)]
    if question.kind == AVAILABILITY:
        return [slot for slot, _label in SLOTS[:10] if chance.random() < 0.4]
    if question.kind == PLACE:
        return ["Leeds"]
    return [chance.choice(NOTES)] if chance.random() < 0.3 else []


def _background(people):
    """Two mentors tell something, one student wishes for it. Nobody who signs in to the demo can see it."""
    mentors = [one for one in people if one.side == "mentor"][:2]
    for mentor in mentors:
        save_background(participant=mentor, answers={"first-in-family": ["yes"]}, by=mentor.membership)
    for student in [one for one in people if one.side == "student"][:1]:
        save_background(participant=student, answers={"first-in-family": ["yes"]}, by=student.membership)
