"""Winding down: looking back, saying thanks. Pure data."""

from django.utils.translation import gettext_lazy as _

from .spec import (
    ACCEPTANCE,
    BOTH,
    CAREER_PATHING,
    COUNSEL,
    EXPOSURE,
    FRIENDSHIP,
    MOVING_ON,
    PROFESSIONAL,
    ROLE_MODEL,
    SKILLS,
    SPONSORSHIP,
    WINDING_DOWN,
    Activity,
)

ACTIVITIES = (
    Activity(
        "before-and-now", _("Before and now"), (WINDING_DOWN,), (ACCEPTANCE, SKILLS), 25, BOTH,
        purpose=_("The student sees how far they have come, in black and white."),
        needs=_("Your first goals and your first check-ins, on your page."),
        steps=(
            _("Read the first goal and the first check-in aloud."),
            _("The student says what they would tell the person who wrote that."),
            _("Write five sentences that begin “Now I can…”."),
            _("Put a proof beside each: when, where, who saw it."),
        ),
        questions=(_("Which of the five did you not plan?"), _("What would you aim for if it began again?")),
    ),
    Activity(
        "three-thank-yous", _("Three thank-yous"), (WINDING_DOWN,), (PROFESSIONAL, EXPOSURE), 30, BOTH,
        purpose=_("The student leaves with people who will gladly hear from them again."),
        needs=_("The names of three people who helped."),
        steps=(
            _("Choose one who taught something, one who opened a door, one who was simply kind."),
            _("For each write one thing they did and what came of it."),
            _("Decide the way: a card, a message, in person."),
            _("Send them before the last day."),
        ),
        questions=(_("Whose help did you notice only now?"), _("How do you like to be thanked?")),
    ),
    Activity(
        "a-folder-that-speaks", _("A folder that speaks for you"), (WINDING_DOWN, MOVING_ON), (CAREER_PATHING, SKILLS), 40, BOTH,
        purpose=_("What was learnt can be shown at the next interview."),
        needs=_("Photos, certificates, notes and the action plan."),
        steps=(
            _("Collect what shows something: at most eight pieces."),
            _("Write under each what it was, what the student did, what came of it."),
            _("Take out everything that is confidential or shows other people."),
            _("The student presents the folder to the mentor in five minutes."),
        ),
        questions=(_("Which piece would you show first, and why?"), _("What is missing, and can you still get it?")),
        safety=_("Ask the line manager what may leave the house. No patients, children, customers or plans in it."),
        helps=("certificate", "cv", "portfolio", "complete"),
    ),
    Activity(
        "what-i-will-say-about-you", _("What I would say about you"), (WINDING_DOWN,), (SPONSORSHIP, ACCEPTANCE), 25, BOTH,
        purpose=_("The student hears a reference before anybody else does, and knows what it rests on."),
        needs=_("Notes from your check-ins."),
        steps=(
            _("The mentor writes six sentences about the student, each with an example."),
            _("Read them to the student, slowly."),
            _("The student asks for one change, and keeps a copy."),
            _("Agree whether and where the mentor may be named as a referee."),
        ),
        questions=(_("Which sentence do you want to be true in a year?"), _("What should never stand in a reference?")),
    ),
    Activity(
        "is-this-for-me", _("Is this for me?"), (WINDING_DOWN,), (CAREER_PATHING, COUNSEL), 30, BOTH,
        purpose=_("The student finds out, without pressure, whether they want more of this kind of work."),
        needs=_("Two sheets: “more of this”, “less of this”."),
        steps=(
            _("Fill both sheets from memory: hours, people, noise, hands, heads, pay."),
            _("Circle what belongs to this place, and underline what belongs to the trade."),
            _("Look at the underlined ones only: what do they say?"),
            _("Name two kinds of work that would have more of the first sheet."),
        ),
        questions=(_("What would you miss?"), _("Is a no to this trade also a good result? Why?")),
        helps=("suits me", "career", "for me", "future"),
    ),
    Activity(
        "what-i-learnt-from-you", _("What I learnt from you"), (WINDING_DOWN,), (ROLE_MODEL, FRIENDSHIP), 15, BOTH,
        purpose=_("Both leave knowing that it went both ways."),
        needs=_("Two cards and two pens."),
        steps=(
            _("Each writes, in silence, three things they learnt from the other."),
            _("Swap the cards and read them."),
            _("Say which one surprised you."),
        ),
        questions=(_("What will you do differently because of it?"), _("Whom will you pass it on to?")),
    ),
)  # fmt: skip
