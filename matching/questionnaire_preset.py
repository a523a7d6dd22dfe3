"""Our questionnaire for each side: what programmes collect to match people, along the five questions of a good fit. Pure data.

A programme asks these until it has a questionnaire of its own, which begins as a copy.
"""

from django.utils.translation import gettext_lazy as _

from .questions import AVAILABILITY, CHOICE, MANY, PLACE, SCALE, TEXT, Asked

_INDUSTRIES = (
    "business", "catering", "construction", "creative and design", "digital", "education", "engineering", "finance and law", "health",
    "media", "public services", "science",
)  # fmt: skip
_ROUTES = ("go to university", "get an apprenticeship", "start my own business", "find a job straight away", "find out what suits me")
_SKILLS = (
    "communication", "confidence", "customer service", "data analysis", "interview skills", "networking", "planning", "presenting",
    "problem solving", "spreadsheets", "teamwork", "time management",
)  # fmt: skip
_CHANNELS = ("in person", "video", "phone", "chat")
_LANGUAGES = ("English", "Arabic", "French", "Polish", "Romanian", "Urdu", "Welsh")
_INTERESTS = ("books", "cooking", "films", "gaming", "making things", "music", "outdoors", "sport", "travel", "volunteering")
_HELP = (
    _("finding my feet at work"), _("learning the skills of the job"), _("thinking about what comes next"),
    _("feeling more confident"), _("getting to know people in this line of work"),
)  # fmt: skip
_RHYTHM = (_("every week"), _("every two weeks"), _("once a month"))

STUDENT = (
    Asked("industry", CHOICE, _("Which line of work is your placement in?"), options=_INDUSTRIES, allows_other=True, required=True),
    Asked("career_goal", CHOICE, _("What would you like to do afterwards?"), options=_ROUTES, allows_other=True),
    Asked("skills", MANY, _("What would you like to get better at?"), _("Three to five are plenty."), options=_SKILLS,
        allows_other=True),
    Asked("help", MANY, _("Where could a mentor help you most?"), _("Choose one or two."), options=_HELP, axis="goals"),
    Asked("town", PLACE, _("In which town could you meet?"), _("Where your placement is, or where you live.")),
    Asked("availability", AVAILABILITY, _("When are you usually free?"), _("Tick every half day on which an hour would fit."),
        required=True),
    Asked("rhythm", CHOICE, _("How often would you like to talk?"), options=_RHYTHM, axis="time"),
    Asked("channel", CHOICE, _("How do you like to keep in touch?"), options=_CHANNELS, allows_other=True),
    Asked("languages", MANY, _("Which languages do you like to speak?"), options=_LANGUAGES, allows_other=True, required=True),
    Asked("interests", MANY, _("What do you like outside work?"), _("A little in common makes the first conversation easier."),
        options=_INTERESTS, allows_other=True),
    Asked("style", SCALE, _("How do you like to learn something new?"), options=(_("talk it through first"), _("try it by myself")),
        axis="compatibility"),
    Asked("note", TEXT, _("Is there anything else your coordinator should know?"),
        _("Only your coordinator reads this. It is not shown to a mentor.")),
)  # fmt: skip

MENTOR = (
    Asked("industry", CHOICE, _("Which line of work are you in?"), options=_INDUSTRIES, allows_other=True, required=True),
    Asked("career_goal", MANY, _("Which ways after the placement could you speak about from experience?"), options=_ROUTES,
        allows_other=True),
    Asked("skills", MANY, _("What could you help a student with?"), options=_SKILLS, allows_other=True),
    Asked("help", MANY, _("What kind of help do you like to give most?"), _("Seen from the student’s side. Choose one or two."),
        options=_HELP),
    Asked("town", PLACE, _("In which town could you meet?"), _("Where you work, or where you live.")),
    Asked("availability", AVAILABILITY, _("When are you usually free?"), _("Tick every half day on which an hour would fit."),
        required=True),
    Asked("rhythm", CHOICE, _("How often could you talk with a student?"), options=_RHYTHM),
    Asked("channel", CHOICE, _("How do you like to keep in touch?"), options=_CHANNELS, allows_other=True),
    Asked("languages", MANY, _("Which languages do you like to speak?"), options=_LANGUAGES, allows_other=True, required=True),
    Asked("interests", MANY, _("What do you like outside work?"), _("A little in common makes the first conversation easier."),
        options=_INTERESTS, allows_other=True),
    Asked("style", SCALE, _("How do you like to help somebody learn?"), options=(_("talk it through first"), _("let them try"))),
    Asked("note", TEXT, _("Is there anything else your coordinator should know?"),
        _("Only your coordinator reads this. It is not shown to a student.")),
)  # fmt: skip

PRESET = {"student": STUDENT, "mentor": MENTOR}
