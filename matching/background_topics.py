"""What a person may opt to tell about their background, and what a student may wish for. Pure data.

Mentors tell, students wish: nobody is asked for more than a wish can use (docs/adr/0007-background.md). Everything is optional, nothing is the
default, and no page, letter, list or file shows it to anybody but its owner.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .engine import Criterion

TOLD, WISH = "told", "wish"
KIND_OF_SIDE = {"mentor": TOLD, "student": WISH}
# In parts of the axis, as every criterion: together with what the engine compares by itself (one part), and never against a pair.
WISH_WEIGHT = 1.0
_PREFIX = "background:"


@dataclass(frozen=True)
class Topic:
    """One thing about somebody. question: asked of the mentor. answers: (key, words about the mentor, words of the wish)."""

    key: str
    label: str
    question: str
    answers: tuple[tuple[str, str, str], ...]

    def words(self, kind) -> list[tuple[str, str]]:
        """(key, words) of the answers, as told or as wished."""
        return [(key, told if kind == TOLD else wished) for key, told, wished in self.answers]


TOPICS = (
    Topic(
        "gender",
        _("Gender"),
        _("What is your gender?"),
        (
            ("woman", _("Woman"), _("is a woman")),
            ("man", _("Man"), _("is a man")),
            ("non-binary", _("Non-binary"), _("is non-binary")),
        ),
    ),
    Topic(
        "ethnicity",
        _("Ethnic background"),
        _("What is your ethnic background?"),
        (
            ("asian", _("Asian or Asian British"), _("is Asian or Asian British")),
            ("black", _("Black, Black British, Caribbean or African"), _("is Black, Black British, Caribbean or African")),
            ("mixed", _("Mixed or several"), _("has a mixed background")),
            ("white", _("White"), _("is White")),
            ("another", _("Another background"), _("has another background")),
        ),
    ),
    Topic(
        "first-in-family",
        _("First in the family"),
        _("Were you the first in your family to go to university?"),
        (("yes", _("Yes"), _("was the first in their family to go to university")),),
    ),
    Topic(
        "disability",
        _("Disability and health"),
        _("Do you have a disability or a long-term condition?"),
        (("yes", _("Yes"), _("is disabled or has a long-term condition")),),
    ),
    Topic(
        "neurodivergence",
        _("Ways of thinking"),
        _("Are you neurodivergent?"),
        (("yes", _("Yes"), _("is neurodivergent")),),
    ),
    Topic(
        "faith",
        _("Faith"),
        _("What is your faith?"),
        (
            ("buddhist", _("Buddhist"), _("is Buddhist")),
            ("christian", _("Christian"), _("is Christian")),
            ("hindu", _("Hindu"), _("is Hindu")),
            ("jewish", _("Jewish"), _("is Jewish")),
            ("muslim", _("Muslim"), _("is Muslim")),
            ("sikh", _("Sikh"), _("is Sikh")),
            ("none", _("No religion"), _("has no religion")),
        ),
    ),
    Topic(
        "lgbtq",
        _("LGBTQ+"),
        _("Are you LGBTQ+?"),
        (("yes", _("Yes"), _("is LGBTQ+")),),
    ),
    Topic(
        "in-care",
        _("Care"),
        _("Have you been in care?"),
        (("yes", _("Yes"), _("has been in care")),),
    ),
    Topic(
        "carer",
        _("Caring for somebody"),
        _("Do you care for somebody in your family?"),
        (("yes", _("Yes"), _("cares for somebody in their family")),),
    ),
)
_ALLOWED = {topic.key: {key for key, _told, _wished in topic.answers} for topic in TOPICS}


def allowed(topic, values) -> list[str]:
    """Of these answers to a topic, the ones that exist."""
    return [value for value in dict.fromkeys(values) if value in _ALLOWED.get(topic, ())]


def wish_criteria(topics) -> tuple[Criterion, ...]:
    """The engine's criteria for the topics that somebody wishes for, in the house's order. It never names them in a reason."""
    return tuple(
        Criterion(key=_PREFIX + one.key, axis="compatibility", kind="wish", weight=WISH_WEIGHT)
        for one in TOPICS
        if one.key in topics
    )


def engine_groups(rows) -> dict[str, frozenset[str]]:
    """(topic, values) pairs of one person as the engine reads them."""
    return {_PREFIX + topic: frozenset(values) for topic, values in rows if values}
