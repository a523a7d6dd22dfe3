"""Rapport: the first weeks. Pure data."""

from django.utils.translation import gettext_lazy as _

from .spec import (
    ACCEPTANCE,
    BOTH,
    COUNSEL,
    DIRECTION,
    EXPOSURE,
    FRIENDSHIP,
    IN_PERSON,
    PROFESSIONAL,
    PROGRESSION,
    RAPPORT,
    REMOTE,
    ROLE_MODEL,
    Activity,
)

ACTIVITIES = (
    Activity(
        "first-day-stories", _("First-day stories"), (RAPPORT,), (ROLE_MODEL, FRIENDSHIP), 20, BOTH,
        purpose=_("You hear that everybody was new once, and find something to laugh about."),
        needs=_("Nothing but twenty quiet minutes."),
        steps=(
            _("The mentor tells their first day in a job: what they wore, what went wrong, who was kind."),
            _("The student tells theirs, from this placement or from school."),
            _("Each says one thing they wish somebody had told them that day."),
        ),
        questions=(
            _("What made the difference between a bad first day and a good one?"),
            _("Whom here could you be kind to in the same way?"),
        ),
    ),
    Activity(
        "map-of-the-place", _("A map of the place"), (RAPPORT,), (PROFESSIONAL, EXPOSURE), 45, IN_PERSON,
        purpose=_("The student finds their way round, and knows whom to ask for what."),
        needs=_("A sheet of paper, a pen, and leave to walk round."),
        steps=(
            _("Walk round the site, ward, office or lab together, at an easy pace."),
            _("The student draws a rough map as you go: doors, kettle, first-aid box, fire exit."),
            _("Write a name and a job on every place where somebody works."),
            _("Mark the three people to ask first: about work, about safety, about everyday things."),
        ),
        questions=(_("Which place surprised you?"), _("Where would you go if something went wrong?")),
        safety=_("Keep to the rules of the site: helmets, gloves, closed doors, and rooms that visitors do not enter."),
        helps=("safety", "site", "department", "layout", "know who"),
    ),
    Activity(
        "how-we-work-together", _("How we work together"), (RAPPORT,), (PROFESSIONAL, ACCEPTANCE), 30, BOTH,
        purpose=_("You settle the small things before they become annoying."),
        needs=_("Your agreement, open on a phone or on paper."),
        steps=(
            _("Each finishes three sentences: “I am at my best when…”, “Please do not…”, “If I go quiet, it means…”."),
            _("Read them to each other without comment."),
            _("Agree what you do when one of you is late, ill or busy."),
            _("Write down what you settled, in your agreement or as a note."),
        ),
        questions=(_("What was the most useful sentence you heard?"), _("When should we look at this again?")),
    ),
    Activity(
        "three-objects", _("Three objects"), (RAPPORT,), (FRIENDSHIP, ACCEPTANCE), 20, BOTH,
        purpose=_("You get to know the person behind the role, without prying."),
        needs=_("Three things each, or photos of them: one from work, one from home, one from years ago."),
        steps=(
            _("Show one object at a time, in turns."),
            _("Say in a minute why you chose it."),
            _("The other asks one question about each."),
            _("Say what the three have in common."),
        ),
        questions=(_("What did we find that we share?"), _("What would you like to hear more about another day?")),
        safety=_("Choose what you are glad to show. Nobody explains why they leave something out."),
    ),
    Activity(
        "words-of-the-trade", _("Words of the trade"), (RAPPORT, DIRECTION), (PROFESSIONAL,), 30, BOTH,
        purpose=_("Abbreviations and trade words stop being a wall."),
        needs=_("A page of notes, an e-mail or a form from everyday work."),
        steps=(
            _("The student underlines every word they would not use at home."),
            _("The mentor explains each in one plain sentence, with an example."),
            _("The student writes a list of ten, in their own words."),
            _("Next time the student explains three of them back."),
        ),
        questions=(_("Which word means something else outside this trade?"), _("Whom can you ask without feeling silly?")),
        helps=("word", "drawing", "read", "language", "term"),
    ),
    Activity(
        "a-walk-at-lunch", _("A walk at lunch"), (RAPPORT, PROGRESSION), (FRIENDSHIP, COUNSEL), 30, IN_PERSON,
        purpose=_("Side by side it is easier to talk than across a table."),
        needs=_("Half an hour of a lunch break and shoes for the weather."),
        steps=(
            _("Choose a public way where others pass, and be back on time."),
            _("Talk about anything but work for the first half."),
            _("On the way back each says how the week really was."),
        ),
        questions=(_("What gave you energy this week?"), _("Is there something we should come back to at our next check-in?")),
        safety=_("Walk where other people are, never to somebody’s home or car. If the programme asks for somebody else to be there, ask them along."),
    ),
    Activity(
        "good-and-bad-listening", _("Good and bad listening"), (RAPPORT,), (PROFESSIONAL, ACCEPTANCE), 15, BOTH,
        purpose=_("You both notice what listening feels like, and get better at it."),
        needs=_("A clock that shows seconds."),
        steps=(
            _("One tells something small for a minute while the other listens badly on purpose: looks away, interrupts."),
            _("Do it again, and listen as well as you can."),
            _("Change places."),
            _("Each names one thing the other did that made it easy to talk."),
        ),
        questions=(_("Who at work listens well, and what do they do?"), _("What will you try with the next customer, patient or colleague?")),
        helps=("listen", "call", "customer", "phone", "communicat"),
    ),
    Activity(
        "a-day-in-photos", _("A day in photos"), (RAPPORT,), (ROLE_MODEL, EXPOSURE), 25, REMOTE,
        purpose=_("You see each other’s working day although you sit far apart."),
        needs=_("A phone each, and leave to take pictures where you work."),
        steps=(
            _("Each takes five photos during one day: the start, a tool, a break, something good, something dull."),
            _("Show them in a video call, one at a time."),
            _("For each photo the other asks “what happens just before and after this?”"),
        ),
        questions=(_("What would a stranger not see in these photos?"), _("Which part of the other’s day would you like?")),
        safety=_("No faces, patients, children, screens or papers in the photos, and ask first where photos are not allowed."),
    ),
    Activity(
        "whom-i-can-turn-to", _("Whom I can turn to"), (RAPPORT,), (COUNSEL, ACCEPTANCE), 20, BOTH,
        purpose=_("The student knows who helps with what, and where a mentor’s help ends."),
        needs=_("Paper and a pen; the page “I’m worried” open once."),
        steps=(
            _("Write five troubles down the side: work, coursework, money, health, somebody who behaves badly."),
            _("Put a name beside each: tutor, line manager, coordinator, doctor, the lead for concerns, a friend."),
            _("The mentor says which of them they can help with, and which they must pass on."),
            _("Find the button “I’m worried” together, so that both know where it is."),
        ),
        questions=(_("Which name was hardest to find?"), _("What would make it easier to ask?")),
        safety=_("A mentor is no counsellor. If somebody may come to harm, it goes to the lead for concerns the same day."),
    ),
)  # fmt: skip
