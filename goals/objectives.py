"""Learning objectives in page words: who agreed what, and whose yes is missing."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from matching.models import Mentorship, MentorshipMember
from programmes.enums import Side

from .enums import Voice
from .models import Objective, ObjectiveAgreement
from .rights import may_write_objectives

ORDER = (Voice.STUDENT, Voice.MENTOR, Voice.TUTOR)


@dataclass
class Row:
    """One objective with its yeses: voice → ObjectiveAgreement for the words as they are."""

    objective: Objective
    yes: dict = field(default_factory=dict)
    goals: list = field(default_factory=list)

    @property
    def is_agreed(self):
        return len(self.yes) == len(ORDER)


def rows_of(placement) -> list[Row]:
    """Every objective of a placement with who agreed its present words, in two queries."""
    return [row_of(one) for one in Objective.objects.filter(placement=placement).select_related("written_by", "changed_by").prefetch_related("agreements")]


def row_of(objective) -> Row:
    """An objective (its agreements loaded) with the yeses to its present words."""
    return Row(objective, {yes.voice: yes for yes in objective.agreements.all() if yes.version == objective.version})


def missing_of(rows) -> list:
    """The voices whose yes to some standing objective is missing, in order."""
    standing = [row for row in rows if not row.objective.set_aside_at]
    return [voice for voice in ORDER if any(voice not in row.yes for row in standing)]


def state_words(rows, names) -> tuple[bool, str]:
    """(all agreed, one sentence for a list of paperwork). names: {voice: first name, "" where there is nobody yet}."""
    standing = [row for row in rows if not row.objective.set_aside_at]
    if not standing:
        return False, _("No learning objectives yet")
    missing = missing_of(rows)
    if not missing:
        return True, _("Learning objectives agreed by all")
    who = get_text_list([names.get(voice) or str(Voice(voice).label) for voice in missing], _("and"))
    return False, _("Learning objectives: waiting for %(names)s") % {"names": who}


def unagreed(placement, *, voice):
    """Rows of a placement (an id, or OuterRef) whose present words this voice has not agreed: for Exists."""
    said = ObjectiveAgreement.objects.filter(objective=OuterRef("pk"), version=OuterRef("version"), voice=voice)
    return Objective.objects.standing().filter(~Exists(said), placement=placement)


@dataclass
class ObjectivesPage:
    """The learning objectives of a placement for one reader. ``voice``: which of the three the reader is, or ""."""

    placement: object
    membership: object
    voice: str

    def __post_init__(self):
        self.rows = rows_of(self.placement)
        mentorships = list(Mentorship.objects.filter(placement=self.placement).select_related("organisation").order_by("-pk"))
        self.mentorship = next((row for row in mentorships if row.is_active), mentorships[0] if mentorships else None)
        seats = MentorshipMember.objects.filter(mentorship=self.mentorship, side=Side.MENTOR) if self.mentorship else ()
        self.mentors = [seat.participant.membership for seat in seats.select_related("participant__membership")] if self.mentorship else []
        self.writes = may_write_objectives(self.membership, self.placement, self.voice)

    @property
    def standing(self):
        return [row for row in self.rows if not row.objective.set_aside_at]

    @property
    def aside(self):
        return [row for row in self.rows if row.objective.set_aside_at]

    @property
    def to_agree(self):
        """What waits for the reader's yes."""
        return [row for row in self.standing if self.voice and self.voice not in row.yes] if self.writes else []

    @property
    def may_see_mentorship(self):
        return self.mentorship is not None and Mentorship.objects.visible_to(self.membership).filter(pk=self.mentorship.pk).exists()

    @property
    def people(self):
        """(who, what they are, how far they are) of the three."""
        student = self.placement.student
        mentor = get_text_list([person.name for person in self.mentors], _("and"))
        tutor = student.tutor.name if student.tutor else ""
        return [
            self._person(Voice.STUDENT, student.membership.name, _("Student")),
            self._person(Voice.MENTOR, mentor or _("Not found yet"), _("Mentor")),
            self._person(Voice.TUTOR, tutor or _("A coordinator"), _("Tutor") if tutor else _("For the college: the student has no tutor")),
        ]

    def _person(self, voice, name, about):
        said = [row.yes[voice] for row in self.standing if voice in row.yes]
        all_of_them = bool(self.standing) and len(said) == len(self.standing)
        return {
            "name": name, "about": about, "agreed": all_of_them, "some": bool(said),
            "last": max((yes.at for yes in said), default=None), "who": said[-1].name if said else "",
        }  # fmt: skip
