"""What to talk about in each stage of a mentorship. Pure data, keyed by the stages of `matching.stages`."""

from django.utils.translation import gettext_lazy as _

STAGE_PROMPTS = {
    "rapport": (
        _("What was your first week like? What surprised you?"),
        _("What should I know about you that helps us to work together?"),
        _("How do you like to hear that something could be better?"),
        _("When and how is it fine to get in touch between check-ins?"),
        _("What would make this time worth it for you?"),
    ),
    "direction": (
        _("Which part of the job would you like to do without help by the end?"),
        _("What do your learning objectives mean in this workplace?"),
        _("What would you show somebody as proof?"),
        _("Who else could help with this goal?"),
        _("What is the smallest first step, and when will you take it?"),
    ),
    "progression": (
        _("What went well since last time, and what did you do to make it so?"),
        _("Where did you get stuck? What have you tried?"),
        _("What feedback did you hear at work? What do you make of it?"),
        _("Is each goal still the right one? What should change?"),
        _("What would stretch you a little in the next two weeks?"),
    ),
    "winding_down": (
        _("What can you do now that you could not do at the start?"),
        _("What is still open, and is it worth finishing?"),
        _("Whom would you like to thank, and for what?"),
        _("What do you know now about this kind of work and about yourself?"),
    ),
    "moving_on": (
        _("What comes next for you, and what is the first date in it?"),
        _("What has each of us learnt from the other?"),
        _("Do we stay in contact? If so, how, and what does the programme allow?"),
        _("Whom can you turn to from now on?"),
    ),
}

LAST_ACTIONS_PROMPT = _("What came of what you agreed last time?")
GOAL_PROMPT = _("What has moved, and what is the next step?")
OVERDUE_GOAL_PROMPT = _("Its date has passed. Finish it, move the date, or let it go?")
NO_GOALS_TITLE = _("First goals")
NO_GOALS_PROMPT = _("There are no goals yet. What would you like to be able to do by the end?")
FEEDBACK_TITLE = _("How these check-ins help")
FEEDBACK_PROMPT = _("What should we do more of, or less of? One thing from each of you.")
NEXT_TITLE = _("Next actions and date")
NEXT_PROMPT = _("Who does what by when, and when do you meet again?")
