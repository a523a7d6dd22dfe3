"""Fit cards in words: a tag for an answer, a line for an axis with both."""

from programmes.enums import Side

from .fit import ANSWERS, FIT_AXES

_LOOK = {"yes": ("good", "check"), "unsure": ("warn", "circle-question-mark"), "no": ("warn", "x")}


def fit_lines(lines) -> list[dict]:
    """Lines of fit.compare for a page: the axis, a tag for each side, what to talk about."""
    return [
        {
            "label": line.axis.label,
            "student": answer_tag(line.student),
            "mentor": answer_tag(line.mentor),
            "talk": line.talk,
            "differs": line.differs,
        }
        for line in lines
    ]


def own_lines(card, side, *, group=False) -> list[tuple[str, tuple]]:
    """One side's card as (question, tag) pairs."""
    return [(axis.question_for(side, group=group), answer_tag(card.fit.get(axis.key, ""))) for axis in FIT_AXES]


def cards_for_coordinator(proposal) -> list[dict]:
    """A line for each axis with whatever answers are there; [] without any. The proposal's ``fit_cards`` are fetched."""
    by_side = {card.side: card.fit for card in proposal.fit_cards.all()}
    if not by_side:
        return []
    answers = [(axis, by_side.get(Side.STUDENT, {}).get(axis.key, ""), by_side.get(Side.MENTOR, {}).get(axis.key, "")) for axis in FIT_AXES]
    return [
        {
            "label": axis.label,
            "student": answer_tag(student),
            "mentor": answer_tag(mentor),
            "differs": bool(student and mentor and student != mentor),
        }
        for axis, student, mentor in answers
    ]


def answer_tag(answer) -> tuple[str, str, str]:
    """(text, kind, icon) of yes, unsure or no; of nothing: a dash."""
    return (ANSWERS[answer], *_LOOK[answer]) if answer in ANSWERS else ("–", "", "")
