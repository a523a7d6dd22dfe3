"""The mentor training checklist and the code of conduct. Pure data."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

CHECKLIST_VERSION = "2026-1"


@dataclass(frozen=True)
class ChecklistAspect:
    """One aspect a mentor answers at the start and again at the end; our preset has ten."""

    number: int
    key: str
    title: str
    explanation: str
    resource: str  # slug in training/resources, or ""
    must_be_covered: bool = False  # an open need here keeps a mentor from being matched


CHECKLIST_ASPECTS = (
    ChecklistAspect(
        1,
        "purpose",
        _("What mentoring is for"),
        _("You can say in two sentences why this programme has mentors and what a student should gain from one."),
        "what-mentoring-is-for",
    ),
    ChecklistAspect(
        2,
        "functions",
        _("What a mentor does"),
        _("You know the main things mentors do: open doors, give honest feedback, set an example, listen and encourage."),
        "what-a-mentor-does",
    ),
    ChecklistAspect(
        3,
        "differences",
        _("How mentoring differs from managing, coaching and counselling"),
        _("You can tell which of these a moment calls for, and you know whom to ask when it is not yours."),
        "mentor-manager-coach-counsellor",
    ),
    ChecklistAspect(
        4,
        "self_awareness",
        _("Looking at your own experience"),
        _("You have thought about how you learned your work, who helped, and which views of yours may get in the way."),
        "start-with-yourself",
    ),
    ChecklistAspect(
        5,
        "behaviour_styles",
        _("Adapting to how students behave"),
        _("You notice whether a student is quick or careful, talkative or quiet, and you can meet them there."),
        "different-students-different-ways",
    ),
    ChecklistAspect(
        6,
        "confidentiality",
        _("Confidentiality, ethics and difficult situations"),
        _("You know what stays between you, what must be passed on, and what to do if a student tells you about harm."),
        "what-stays-between-you",
        must_be_covered=True,
    ),
    ChecklistAspect(
        7,
        "relationship",
        _("Building the relationship and keeping it going"),
        _("You have a plan for the first meeting, a rhythm for the next ones, and an idea of how to end well."),
        "from-first-hello-to-goodbye",
    ),
    ChecklistAspect(
        8,
        "telling_others",
        _("What others are told about your role"),
        _("You know who tells line managers and parents what you do, and what you will not report to them."),
        "who-knows-what-you-do",
    ),
    ChecklistAspect(
        9,
        "work_culture",
        _("The work culture of the placement"),
        _("You can explain the unwritten rules of this workplace to someone who has never had a job."),
        "the-unwritten-rules",
    ),
    ChecklistAspect(
        10,
        "learning",
        _("How students learn and develop"),
        _("You know how practice, feedback and reflection work together, and how to ask rather than tell."),
        "how-students-learn",
    ),
)

# Programme presets name one of these lists.
CHECKLISTS = {"mentor-training": CHECKLIST_ASPECTS}


@dataclass(frozen=True)
class Clause:
    """One part of the code of conduct."""

    key: str
    title: str
    text: str


@dataclass(frozen=True)
class CodeOfConduct:
    """The code as agreed to: a published version is never edited, a new one is added."""

    version: str
    clauses: tuple[Clause, ...]


CODE_OF_CONDUCT = CodeOfConduct(
    version="2026-1",
    clauses=(
        Clause(
            "confidentiality",
            _("Confidentiality"),
            _(
                "What you say to each other stays between you, with one exception: if someone may come to harm, it is"
                " passed to the person named for this, and the student is told."
            ),
        ),
        Clause(
            "boundaries",
            _("Boundaries"),
            _(
                "You keep to the times, places and channels you agreed. You do not meet at home, lend or borrow money, or"
                " let the mentoring turn into a private relationship."
            ),
        ),
        Clause(
            "objectivity",
            _("Objectivity"),
            _("The mentor says what they see and why, keeps likes and dislikes out of it, and declares any conflict of interest."),
        ),
        Clause(
            "competence",
            _("Competence"),
            _(
                "The mentor helps with what they know. A mentor is no counsellor, doctor or lawyer, and helps the"
                " student to find the right person instead."
            ),
        ),
        Clause(
            "focus",
            _("Focus"),
            _("When you meet, you are there: phones away, on time, prepared. If you cannot come, you say so early."),
        ),
        Clause(
            "interests",
            _("Whose interests come first"),
            _("The student’s interests come first, before those of the mentor, the employer or the programme."),
        ),
        Clause(
            "equality",
            _("Equal opportunity"),
            _(
                "Everyone gets the same respect and the same effort, whatever their sex, background, belief, disability,"
                " age or whom they love. Where somebody needs something different to have the same chance, you look for it."
            ),
        ),
    ),
)
