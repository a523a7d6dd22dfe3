"""What the engine is given from questionnaires and journeys: criteria, answers, wishes. Few queries, however many people."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q, TextField, Value
from django.db.models.functions import Cast

from ..background_topics import TOLD, WISH, engine_groups, wish_criteria
from ..engine import Criterion, Settings
from ..models import BackgroundAnswer, JourneyTime, QuestionnaireAnswer
from ..questions import criteria_of, engine_answers
from ..run_rules import RunRules, engine_settings
from .questionnaire_answers import fact_values
from .questionnaire_sheets import sheets_now

GOALS_OF_MENTORS = "career_goal"  # a question of the mentor's that fills no field; the engine has a place for it


@dataclass(frozen=True)
class Answered:
    """What people of a programme have answered, by participant, and what it counts for.

    background: told by mentors, only about what some student wishes for.
    """

    criteria: tuple[Criterion, ...] = ()
    answers: dict[int, dict] = field(default_factory=dict)
    wishes: dict[int, dict] = field(default_factory=dict)
    background: dict[int, dict] = field(default_factory=dict)
    goals: dict[int, frozenset[str]] = field(default_factory=dict)


def settings_of(programme, rules: RunRules, pool) -> Settings:
    """The engine's settings of a programme under these rules: its pool's criteria and the organisation's journeys."""
    return engine_settings(
        rules, check_from=programme.ends_on, criteria=pool.criteria, travel_minutes=travel_minutes(), kind=programme.format
    )


def travel_minutes() -> dict[tuple[str, str], int]:
    """(town, town) -> minutes; the engine takes it in either direction."""
    return {(start, end): minutes for start, end, minutes in JourneyTime.objects.values_list("start", "end", "minutes")}


def answered(programme, people, only=None) -> Answered:
    """What these participants of the programme have answered that the engine can use.

    people: rows with the facts of Participant (records.COLUMNS). only: the id of the one student among them, with every mentor.
    """
    sheets = dict(zip(("student", "mentor"), sheets_now(programme), strict=True))
    criteria = criteria_of(sheets["student"], sheets["mentor"])
    given, wished, told = _said(programme, [one.key for one in criteria] + [GOALS_OF_MENTORS], only)
    topics = {topic for rows in wished.values() for topic, _values in rows}
    found = Answered(criteria + wish_criteria(topics))
    for person in people:
        sheet = sheets[person.side]
        if answers := engine_answers(sheet, given[person.pk] | _facts(sheet, person, criteria), criteria):
            found.answers[person.pk] = answers
        if person.side == "mentor" and given[person.pk].get(GOALS_OF_MENTORS):
            found.goals[person.pk] = frozenset(given[person.pk][GOALS_OF_MENTORS])
        if person.pk in wished:
            found.wishes[person.pk] = engine_groups(wished[person.pk])
        if person.pk in told:
            found.background[person.pk] = engine_groups(told[person.pk])
    return found


def _facts(sheet, person, criteria):
    """Facts that both must share are criteria too; they are read where they stand, in the participant's row."""
    asked = [sheet.question(one.key) for one in criteria]
    return {one.key: fact_values(person, one) for one in asked if one and one.fact(person.side)}


def _said(programme, keys, only):
    """Participant -> key -> values of what they answered to these questions; wishes by student, and of what mentors told the
    topics somebody wishes for, by mentor. One query.
    """
    answers = QuestionnaireAnswer.objects.filter(response__participant__programme=programme, key__in=keys)
    background = BackgroundAnswer.objects.filter(participant__programme=programme, participant__withdrawn_at=None)
    if only is not None:
        answers = answers.filter(Q(response__participant__side="mentor") | Q(response__participant=only))
        background = background.filter(Q(kind=TOLD) | Q(participant=only))
    answers = answers.order_by().annotate(_kind=Value("", TextField()), _key=Cast("key", TextField()))
    background = background.order_by().annotate(_kind=Cast("kind", TextField()), _key=Cast("topic", TextField()))
    rows = answers.values_list("response__participant_id", "_kind", "_key", "values")
    rows = list(rows.union(background.values_list("participant_id", "_kind", "_key", "values"), all=True))
    topics = {key for _person, kind, key, _values in rows if kind == WISH}
    given, wished, told = defaultdict(dict), defaultdict(list), defaultdict(list)
    for person, kind, key, values in rows:
        if kind == WISH:
            wished[person].append((key, values))
        elif kind == TOLD:
            if key in topics:
                told[person].append((key, values))
        else:
            given[person][key] = values
    return given, wished, told
