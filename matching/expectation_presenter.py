"""What is settled and what is not, as the pages show it: one line a topic, for one reader."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .expectation_topics import TOPICS, sentences_of
from .models import Expectation, ExpectationAnswer
from .services.members import present_seats

# What a line is in, in the order of what to do first; then its words, the kind of its tag and its icon.
STATES = {
    "yes": (gettext_lazy("Waits for your yes"), "warn", "circle-dashed"),
    "talk": (gettext_lazy("To talk about"), "warn", "messages-square"),
    "same": (gettext_lazy("You say the same"), "pine", "equal"),
    "answer": (gettext_lazy("Not answered yet"), "", "circle-dashed"),
    "others": (gettext_lazy("Waits for the others"), "", "clock"),
    "open": (gettext_lazy("Not settled yet"), "", "clock"),
    "settled": (gettext_lazy("Settled"), "good", "check"),
}


@dataclass
class Line:
    """One topic. ``answers``: (name, sentences, is it the reader's own) of those who answered; ``row``: the wording, or None."""

    topic: object
    row: Expectation | None
    state: str = "open"
    answers: list = field(default_factory=list)
    common: list = field(default_factory=list)
    apart: list = field(default_factory=list)
    missing: list = field(default_factory=list)  # who has not said yes to the wording yet
    mine: ExpectationAnswer | None = None
    differs: bool = False

    @property
    def tag(self):
        return STATES[self.state]

    @property
    def suggestion(self):
        """The wording to begin with: what stands, else what all who answered have in common."""
        return self.row.wording if self.row else "\n".join(self.common)


class Settled:
    """What the members of a mentorship settle, for one reader. ``participant``: the reader's own seat, or None."""

    def __init__(self, mentorship, membership):
        self.mentorship, self.membership = mentorship, membership
        self.seats = present_seats(mentorship)
        self.participant = next((one.participant for one in self.seats if one.participant.membership_id == membership.pk), None)

    @cached_property
    def lines(self):
        worded = Expectation.objects.filter(mentorship=self.mentorship).select_related("worded_by__membership")
        rows = {one.topic: one for one in worded.prefetch_related("yeses")}
        answers = {}
        for one in ExpectationAnswer.objects.visible_to(self.membership).filter(mentorship=self.mentorship):
            answers.setdefault(one.topic, {})[one.participant_id] = one
        return [self._line(topic, rows.get(topic.key), answers.get(topic.key, {})) for topic in TOPICS]

    @property
    def done(self):
        return [line for line in self.lines if line.state == "settled"]

    @property
    def first(self):
        """The line to go on with: the first in the order of STATES that somebody can do something about."""
        order = list(STATES)
        rows = [line for line in self.lines if line.state in order[: order.index("others")]]
        return min(rows, key=lambda line: order.index(line.state), default=None)

    @property
    def has_answered(self):
        return any(line.mine for line in self.lines)

    def line(self, key):
        return next(line for line in self.lines if line.topic.key == key)

    def own_answers(self):
        """Topic -> (chosen keys, words) of the reader."""
        return {line.topic.key: (line.mine.choices, line.mine.text) for line in self.lines if line.mine}

    def _line(self, topic, row, answers):
        me = self.participant.pk if self.participant else None
        line = Line(topic, row, mine=answers.get(me))
        present = [seat for seat in self.seats if seat.participant_id in answers]
        for seat in present:
            answer = answers[seat.participant_id]
            words = sentences_of(topic.key, answer.choices) + ([answer.text] if answer.text else [])
            line.answers.append((seat.participant.membership.first_name, words, seat.participant_id == me))
        self._compare(line, [(seat, answers[seat.participant_id]) for seat in present])
        said = {yes.participant_id for yes in row.yeses.all() if yes.number == row.number} if row else set()
        line.missing = [seat.participant.membership.first_name for seat in self.seats if seat.participant_id not in said]
        line.state = self._state(line, me, said, everybody=len(present) == len(self.seats))
        return line

    def _compare(self, line, given):
        """Sentences all have chosen, and those only some have, each with their names."""
        chosen = {}
        for seat, answer in given:
            for sentence in sentences_of(line.topic.key, answer.choices):
                chosen.setdefault(sentence, []).append(seat.participant.membership.first_name)
        order = [str(sentence) for _key, sentence in line.topic.choices]
        line.common = [one for one in order if len(chosen.get(one, ())) == len(given) and given]
        line.apart = [(one, get_text_list(chosen[one], _("and"))) for one in order if one in chosen and one not in line.common]
        own = {answer.text.strip().casefold() for _seat, answer in given}
        if len(own) == 1 and len(given) > 1 and given[0][1].text:
            line.common.append(given[0][1].text)
        line.differs = bool(line.apart) or len(own) > 1

    def _state(self, line, me, said, *, everybody):
        if line.row and line.row.is_settled:
            return "settled"
        if me is None:
            return "open"
        if line.row:
            return "others" if me in said else "yes"
        if line.mine is None:
            return "answer"
        if not everybody:
            return "others"
        return "talk" if line.differs else "same"
