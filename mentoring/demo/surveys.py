"""The mid-point review: asked of everybody, answered by about half."""

from datetime import timedelta

from evaluation.models import Survey, SurveyAnswer, SurveyRequest
from evaluation.presets import survey_for
from matching.enums import MentorshipStatus

from . import stories
from .times import at

ANSWERED = {"student": 0.6, "mentor": 0.55, "line_manager": 0.35}


def ask_review(programme, told, *, today, chance, keep_open=()):
    """``keep_open``: people (participant ids) who are still to answer, so that the demo has something to do."""
    survey = Survey.objects.get(programme=programme, kind="review")
    if survey.opens_on > today:
        return
    requests = []
    for one in told:
        if one.mentorship.status == MentorshipStatus.ACTIVE and one.story.past:
            requests += _requests(survey, one, today, chance, keep_open)
    SurveyRequest.objects.bulk_create([request for request, _story in requests])
    answers = []
    for request, story in requests:
        if request.answered_at:
            answers += _answers(request, programme.review_key, story, chance)
    SurveyAnswer.objects.bulk_create(answers)


def _requests(survey, one, today, chance, keep_open):
    placement = one.mentorship.placement
    people = [("student", {"participant": one.student}), ("mentor", {"participant": one.mentor})]
    if placement and placement.line_manager:
        people.append(("line_manager", {"line_manager": placement.line_manager}))
    for voice, who in people:
        free = who.get("participant") is None or who["participant"].pk not in keep_open
        answered = free and chance.random() < ANSWERED[voice]
        day = survey.opens_on + timedelta(days=chance.randint(0, max(0, (today - survey.opens_on).days)))
        request = SurveyRequest(
            organisation_id=survey.organisation_id,
            survey=survey,
            mentorship=one.mentorship,
            voice=voice,
            asked_at=at(survey.opens_on, 8),
            answered_at=at(min(day, today - timedelta(days=1)), 19) if answered else None,
            by_link=answered and voice != "student",
            **who,
        )
        yield request, one.story


def _answers(request, key, story, chance):
    """Higher where the story goes well; one in ten cannot say."""
    good = 4 if story.pace >= 90 else 3
    for question in survey_for(key, request.voice).all_questions:
        answer = SurveyAnswer(
            organisation_id=request.organisation_id, request=request, question=question.key, measure=question.measure
        )
        if question.kind == "scale":
            answer.value = None if chance.random() < 0.1 else min(5, max(1, good + chance.randint(-1, 1)))
        else:
            answer.text = chance.choice(stories.REFLECTIONS.get(question.key, ("",)))
            if not answer.text:
                continue
        yield answer
