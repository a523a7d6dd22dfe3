"""Moving on: the last days, and what comes after. Pure data."""

from django.utils.translation import gettext_lazy as _

from .spec import (
    ACCEPTANCE,
    BOTH,
    CAREER_PATHING,
    CHALLENGE,
    COUNSEL,
    EXPOSURE,
    FRIENDSHIP,
    IN_PERSON,
    MOVING_ON,
    PROFESSIONAL,
    REMOTE,
    ROLE_MODEL,
    SPONSORSHIP,
    WINDING_DOWN,
    Activity,
)

ACTIVITIES = (
    Activity(
        "the-next-hundred-days", _("The next hundred days"), (MOVING_ON,), (CAREER_PATHING, CHALLENGE), 30, BOTH,
        purpose=_("What comes next has a first date, so that it happens."),
        needs=_("A calendar."),
        steps=(
            _("The student says where they want to be in a hundred days."),
            _("Go backwards: what has to be true at fifty, at ten, tomorrow?"),
            _("Put the first three things into the calendar, with a time."),
            _("Decide who will ask how it went, now that it is not the mentor."),
        ),
        questions=(_("Which date frightens you a little?"), _("What would make you keep to it?")),
        helps=("apply", "career", "university", "apprentic"),
    ),
    Activity(
        "a-practice-interview", _("A practice interview"), (MOVING_ON, WINDING_DOWN), (CHALLENGE, SPONSORSHIP), 45, BOTH,
        purpose=_("The student tells what they learnt here to somebody who does not know them."),
        needs=_("A job or course the student wants, and a colleague who will ask the questions."),
        steps=(
            _("The mentor finds a colleague whom the student does not know."),
            _("The colleague asks six questions, one of them unexpected."),
            _("The student answers each with something that happened on this placement."),
            _("All three say one thing that worked and one to try."),
            _("Do the weakest answer again."),
        ),
        questions=(_("Which answer will you keep word for word?"), _("What would you ask them?")),
        helps=("interview", "apply", "job", "confiden"),
    ),
    Activity(
        "keep-in-touch-well", _("Keeping in touch, well"), (MOVING_ON,), (EXPOSURE, PROFESSIONAL), 20, REMOTE,
        purpose=_("The student knows how to write to people they met without feeling that they ask too much."),
        needs=_("The list of people the student met, and your page “Winding down”."),
        steps=(
            _("Choose five people worth keeping in touch with, and say for what."),
            _("Write one short message together: who I am, what I do now, one question."),
            _("Look at what the two of you settled about contact, and keep to it."),
            _("Put a reminder into the calendar in three months."),
        ),
        questions=(_("What do people like to be asked?"), _("What can you offer them?")),
        safety=_("Work addresses only, and nothing that the programme’s rules for contact do not allow."),
        helps=("network", "people"),
    ),
    Activity(
        "pass-it-on", _("Pass it on"), (MOVING_ON, WINDING_DOWN), (ROLE_MODEL, ACCEPTANCE), 25, BOTH,
        purpose=_("What the student wished they had known helps the next one."),
        needs=_("A page, or two minutes of sound."),
        steps=(
            _("The student lists five things nobody told them before they came."),
            _("Turn them into a letter to the next student: warm, short, true."),
            _("The mentor checks that nothing in it is private."),
            _("Give it to your coordinator, or to the line manager for the next first day."),
        ),
        questions=(_("Which of the five would you have believed?"), _("Would you like to help somebody who is new?")),
    ),
    Activity(
        "hand-in-the-keys", _("Hand in the keys"), (MOVING_ON,), (PROFESSIONAL, FRIENDSHIP), 30, IN_PERSON,
        purpose=_("The student leaves in good order, and people remember that."),
        needs=_("The last day or the one before."),
        steps=(
            _("List what has to be handed over: work, keys, passwords, clothes, a tidy place."),
            _("Write half a page for whoever goes on with the work."),
            _("Walk round once more and say goodbye to the people on your first map."),
            _("Have a cup of tea, and do not talk about work."),
        ),
        questions=(_("What would you like people to say when you have gone?"), _("What will you miss that you did not expect?")),
    ),
    Activity(
        "after-a-no", _("After a no"), (MOVING_ON,), (COUNSEL, ROLE_MODEL), 20, BOTH,
        purpose=_("A refusal is talked about before it comes, so that it hurts less when it does."),
        needs=_("The mentor’s own story of a refusal."),
        steps=(
            _("The mentor tells of a no they got, and what they did the week after."),
            _("The student says what they fear most to be refused for."),
            _("Write a plan for the day of a no: whom to tell, what to ask, what to do next."),
            _("Put the plan where it will be found on that day."),
        ),
        questions=(_("What does a no not say about you?"), _("Who cheers you up without making it small?")),
        safety=_("If the student sounds hopeless, do not carry it alone: tell the lead for concerns today."),
        helps=("apply", "interview", "confiden"),
    ),
)  # fmt: skip
