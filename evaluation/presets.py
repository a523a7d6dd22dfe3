"""The mid-point review, the exit survey and what programmes report. Pure data.

Review and exit survey ask the same four measures of the same people on the same scale, so the change between
the two can be computed (`evaluation.change`).
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

SCALE = (
    (1, _("Not at all")),
    (2, _("A little")),
    (3, _("Partly")),
    (4, _("Mostly")),
    (5, _("Fully")),
)
# Offered beside the scale; stored as no value and left out of every mean.
CANNOT_SAY = _("I cannot say")

ROLES = ("student", "mentor", "line_manager")

# The four measures, each asked at the mid-point and at the end.
SHARED_MEASURES = (
    ("goal", _("Progress to the goal")),
    ("objectives", _("Learning objectives met")),
    ("relationship", _("Value of the mentoring")),
    ("work", _("Learning and performance at work")),
)


@dataclass(frozen=True)
class Question:
    """One question. `kind` is "scale" (1 to 5, or cannot say) or "text"; `measure` is empty for texts."""

    key: str
    kind: str
    text: str
    hint: str = ""
    measure: str = ""
    required: bool = False


@dataclass(frozen=True)
class Survey:
    """What one role answers at one moment: four questions on the scale, extra ones, then reflections in words."""

    key: str
    version: str
    kind: str
    role: str
    title: str
    intro: str
    questions: tuple[Question, ...]
    extras: tuple[Question, ...] = ()
    reflections: tuple[Question, ...] = ()

    @property
    def all_questions(self):
        """Every question in the order asked."""
        return (*self.questions, *self.extras, *self.reflections)


def _four(goal, objectives, relationship, work, *, work_hint=""):
    """Return the four questions on the scale, one for each shared measure."""
    texts = {"goal": goal, "objectives": objectives, "relationship": relationship, "work": work}
    return tuple(
        Question(
            key=measure,
            kind="scale",
            text=texts[measure],
            hint=work_hint if measure == "work" else "",
            measure=measure,
            required=True,
        )
        for measure, _label in SHARED_MEASURES
    )


def _extra(key, text):
    return Question(key=key, kind="scale", text=text, measure=key)


def _text(key, text, hint=""):
    return Question(key=key, kind="text", text=text, hint=hint)


_REVIEW_TITLE = _("Mid-point review")
_EXIT_TITLE = _("Looking back")

MID_POINT_REVIEW = {
    "student": Survey(
        key="mid-point-review",
        version="2026-1",
        kind="review",
        role="student",
        title=_REVIEW_TITLE,
        intro=_(
            "You are about half-way. Four quick questions show what works and what should change."
            " Your mentor and the coordinator can read your answers."
        ),
        questions=_four(
            _("How far have you got towards your main goal?"),
            _("How far have you met your learning objectives so far?"),
            _("How much is the time with your mentor worth to you?"),
            _("How well does your line manager think you are learning and working?"),
            work_hint=_("Go by what they have said to you. If you do not know, ask them this week."),
        ),
        reflections=(
            _text("works", _("What has helped you most so far?")),
            _text("change", _("What should be different in the second half?"), _("It may be about you, your mentor or the work.")),
        ),
    ),
    "mentor": Survey(
        key="mid-point-review",
        version="2026-1",
        kind="review",
        role="mentor",
        title=_REVIEW_TITLE,
        intro=_(
            "You are about half-way. Four quick questions show what works and what should change."
            " Your student and the coordinator can read your answers."
        ),
        questions=_four(
            _("How far has your student got towards their main goal?"),
            _("How far has your student met the learning objectives so far?"),
            _("How much do you think your student gets from the mentoring?"),
            _("How well does the line manager think your student is learning and working?"),
            work_hint=_("Go by what you have heard. If you do not know, say so."),
        ),
        reflections=(
            _text("works", _("What has worked well between you?")),
            _text("change", _("What will you do differently in the second half?")),
            _text("support", _("What do you need from the coordinator?")),
        ),
    ),
    "line_manager": Survey(
        key="mid-point-review",
        version="2026-1",
        kind="review",
        role="line_manager",
        title=_REVIEW_TITLE,
        intro=_(
            "The placement is about half-way. Your view of the work counts as much as the student’s and the"
            " mentor’s. It takes two minutes."
        ),
        questions=_four(
            _("How far has the student got towards their main goal, as you see it?"),
            _("How far has the student met the learning objectives so far?"),
            _("How useful is the mentoring for the student, as you see it at work?"),
            _("How satisfied are you with the student’s learning and performance?"),
        ),
        reflections=(
            _text("works", _("What does the student do well?")),
            _text("change", _("What should the student work on next?")),
        ),
    ),
}

EXIT_SURVEY = {
    "student": Survey(
        key="exit-survey",
        version="2026-1",
        kind="exit",
        role="student",
        title=_EXIT_TITLE,
        intro=_("Your placement is ending. What you answer helps you to see how far you have come, and the next students."),
        questions=_four(
            _("How well did you reach your main goal?"),
            _("How far did you meet your learning objectives?"),
            _("How much was the time with your mentor worth to you?"),
            _("How well does your line manager think you learned and worked?"),
            work_hint=_("Go by what they said to you, for instance in your last conversation."),
        ),
        extras=(_extra("recommend", _("Would you recommend this programme to a friend?")),),
        reflections=(
            _text("learned", _("What did you learn about workplaces and careers?")),
            _text("explore", _("Do you want to explore this industry further? Why, or why not?")),
            _text("proud", _("What are you proud of?")),
        ),
    ),
    "mentor": Survey(
        key="exit-survey",
        version="2026-1",
        kind="exit",
        role="mentor",
        title=_EXIT_TITLE,
        intro=_("The placement is ending. What you answer shows your student’s progress and improves the programme."),
        questions=_four(
            _("How well did your student reach their main goal?"),
            _("How far did your student meet the learning objectives?"),
            _("How much do you think your student got from the mentoring?"),
            _("How well does the line manager think your student learned and worked?"),
            work_hint=_("Go by what you have heard. If you do not know, say so."),
        ),
        extras=(
            _extra("recommend", _("Would you recommend this programme to a colleague?")),
            _extra("mentor_skills", _("Have your own skills as a mentor improved?")),
        ),
        reflections=(
            _text("learned", _("What did you learn, about mentoring or about yourself?")),
            _text("programme", _("What should the programme keep, and what should it change?")),
        ),
    ),
    "line_manager": Survey(
        key="exit-survey",
        version="2026-1",
        kind="exit",
        role="line_manager",
        title=_EXIT_TITLE,
        intro=_("The placement is ending. Thank you for having the student in your team. This takes two minutes."),
        questions=_four(
            _("How well did the student reach their main goal, as you see it?"),
            _("How far did the student meet the learning objectives?"),
            _("How useful was the mentoring for the student, as you saw it at work?"),
            _("How satisfied are you with the student’s learning and performance?"),
        ),
        extras=(_extra("recommend", _("Would you recommend hosting a student to another team?")),),
        reflections=(
            _text("strength", _("What would you say about this student in a reference?")),
            _text("programme", _("What would make hosting a student easier for you?")),
        ),
    ),
}

# Key (as a programme names it) -> role -> survey.
SURVEYS = {
    "mid-point-review": MID_POINT_REVIEW,
    "exit-survey": EXIT_SURVEY,
}


def survey_for(key, role):
    """Return the survey with this key for a role; KeyError when there is none."""
    return SURVEYS[key][role]
