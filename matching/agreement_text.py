"""The agreement that both sides of a mentorship sign at the start. Pure data, in words a 17-year-old reads.

A published version is never edited: a signature holds its version, so a change of wording is a new version beside
the old one. What they settle for themselves (times, channels) has its questions in `matching.expectation_topics`.
"""

from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from training.presets import CODE_OF_CONDUCT


@dataclass(frozen=True)
class Section:
    """One part of the agreement: an opening sentence and what is agreed, point by point."""

    key: str
    title: str
    intro: str
    points: tuple[str, ...]


@dataclass(frozen=True)
class AgreementText:
    """The whole agreement in one version, in the order it is read."""

    version: str
    title: str
    intro: str
    sections: tuple[Section, ...]
    signing: str


_EXPECTATIONS = Section(
    key="expectations",
    title=_("What we expect of each other"),
    intro=_("This works when both of us do our part."),
    points=(
        _("The student decides what to work on. The mentor helps to make it clear and possible."),
        _("We both come on time and prepared. If one of us cannot come, they say so early and offer another time."),
        _("We tell each other what helps and what does not, kindly and soon. We do not wait until the end."),
        _("After each check-in we know who does what next, and by when."),
        _("We look at this agreement again half-way, and sooner if something in it does not work."),
    ),
)
_CONTACT = Section(
    key="contact",
    title=_("How we meet and keep in touch"),
    intro=_("We keep to what we settle below."),
    points=(
        _("We meet at work, at college or online in the ways the programme allows. We never meet at home."),
        _("Where the programme says that another adult must be near, we meet where others can see us."),
        _("We meet or message online only with the programme’s permission, in the channels we chose together."),
        _("No photo or recording of each other without asking first. “No” needs no reason."),
    ),
)
_CONFIDENTIALITY = Section(
    key="confidentiality",
    title=_("What stays between us, and what does not"),
    intro=_("What we talk about stays between us. There are limits, and both of us know them before we start."),
    points=(
        _(
            "If the mentor thinks that the student or anybody else may be hurt or in danger, they must tell the person named"
            " for concerns, on the same day. They cannot promise to keep it secret."
        ),
        _("The mentor says first what they will pass on and to whom, unless saying so would put somebody in more danger."),
        _("Only what is needed is passed on, and only to those who need it to help."),
        _("The coordinator sees that we met, how it is going and our goals. Each note says who can read it."),
        _(
            "The mentor does not report on the student to the line manager, the tutor or the family. We tell them things together."
        ),
        _("Either of us can raise a concern at any time, about anything, and will not be in trouble for it."),
    ),
)
_NOT_THERE_FOR = Section(
    key="not_there_for",
    title=_("What a mentor is not there for"),
    intro=_("A mentor is somebody with experience who is on your side. That has edges."),
    points=(
        _("A mentor is not your boss. Your line manager decides on your work and your hours."),
        _("A mentor is not a counsellor, doctor or lawyer. They listen, and help you to find the right person."),
        _("A mentor does not do your work or your coursework for you."),
        _("A mentor cannot promise you a job, and does not lend or borrow money."),
        _("A mentor is not on call. In an emergency, ring the emergency number. Then tell somebody you trust."),
    ),
)
_ENDING = Section(
    key="ending",
    title=_("If it does not work"),
    intro=_("Not every pair fits, and that is nobody’s fault."),
    points=(
        _("Either of us may ask the coordinator for a change or an end. Nobody has to give the other a reason."),
        _("If we can, we say goodbye properly, and say what was good."),
        _("Contact after the end follows the programme’s rules."),
    ),
)
_CODE = Section(
    key="code_of_conduct",
    title=_("Code of conduct"),
    intro=_("Both of us keep to these seven points."),
    points=tuple(clause.text for clause in CODE_OF_CONDUCT.clauses),
)

_GROUP_EXPECTATIONS = Section(
    key="expectations",
    title=_("What we expect of each other"),
    intro=_("This works when each of us does their part."),
    points=(
        _("Each student decides what to work on, and all of us what the group does together. The mentor helps to make it clear and possible."),
        _("We all come on time and prepared. Whoever cannot come says so early; the others may meet without them."),
        _("We let each other speak. Nobody has to tell anything, and nobody is laughed at for a question."),
        _("We tell each other what helps and what does not, kindly and soon. We do not wait until the end."),
        _("After each check-in we know who does what next, and by when."),
        _("We look at this agreement again half-way, and sooner if something in it does not work."),
    ),
)
_GROUP_CONFIDENTIALITY = Section(
    key="confidentiality",
    title=_("What stays in the group, and what does not"),
    intro=_("What we talk about stays in the group. There are limits, and all of us know them before we start."),
    points=(
        *_CONFIDENTIALITY.points[:3],
        _("What one of us tells about themselves is theirs to tell: nobody else passes it on, online or at work."),
        _("The coordinator sees that we met, who was there, how it is going and our goals. Each note says who can read it."),
        _(
            "What a student says about a check-in or in a review is read by the mentors and the coordinators, not by the other students."
        ),
        _(
            "The mentor does not report on a student to the line manager, the tutor or the family. They tell them things together"
            " with the student."
        ),
        _("Each of us can raise a concern at any time, about anything, and will not be in trouble for it."),
    ),
)
_GROUP_ENDING = Section(
    key="ending",
    title=_("If it does not work"),
    intro=_("Not every group fits everybody, and that is nobody’s fault."),
    points=(
        _("Each of us may ask the coordinator for a change, or to leave. Nobody has to give the others a reason."),
        _("When somebody leaves, the group goes on. When somebody joins, they sign this too."),
        *_ENDING.points[1:],
    ),
)
_GROUP_CODE = replace(_CODE, intro=_("All of us keep to these seven points."))

CURRENT_VERSION, GROUP_VERSION = "2026-1", "2026-1-group"
AGREEMENTS = {
    CURRENT_VERSION: AgreementText(
        version=CURRENT_VERSION,
        title=_("Our agreement"),
        intro=_("Read this together in your first meeting. Ask about anything that is not clear. Then each of you signs."),
        sections=(_EXPECTATIONS, _CONTACT, _CONFIDENTIALITY, _NOT_THERE_FOR, _ENDING, _CODE),
        signing=_("I have read this agreement, I understand it, and I will keep to it."),
    ),
    GROUP_VERSION: AgreementText(
        version=GROUP_VERSION,
        title=_("Our agreement"),
        intro=_("Read this together in your first meeting. Ask about anything that is not clear. Then each of you signs."),
        sections=(_GROUP_EXPECTATIONS, _CONTACT, _GROUP_CONFIDENTIALITY, _NOT_THERE_FOR, _GROUP_ENDING, _GROUP_CODE),
        signing=_("I have read this agreement, I understand it, and I will keep to it."),
    ),
}


def version_for(programme) -> str:
    """The newest text for mentorships of a programme: its format says whether one may hold several students."""
    return GROUP_VERSION if programme.spec.is_group else CURRENT_VERSION


def agreement_text(version=CURRENT_VERSION):
    """Return the AgreementText of a version, the current one unless said; KeyError for an unknown version."""
    return AGREEMENTS[version]


def with_code(text, clauses):
    """The same agreement with an organisation's own code of conduct (training.services.code) in place of ours."""
    intro = _("All of us keep to these points.") if text.version == GROUP_VERSION else _("Both of us keep to these points.")
    own = replace(_CODE, intro=intro, points=tuple(clause.text for clause in clauses))
    return replace(text, sections=tuple(own if section.key == _CODE.key else section for section in text.sections))
