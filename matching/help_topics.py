"""The fields of a student's card of what helps them. Pure data, in words a 17-year-old reads."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class HelpTopic:
    """One field: a title for readers, a question for its owner, an example, an icon."""

    key: str
    title: str
    question: str
    example: str
    icon: str


HELP_TOPICS = (
    HelpTopic(
        "learn",
        _("How I learn best"),
        _("How do you learn best?"),
        _("Show me once, then let me try. Steps in writing help me."),
        "lightbulb",
    ),
    HelpTopic(
        "contact",
        _("How to reach me"),
        _("How do people reach you best, and when?"),
        _("A message is better than a call. After four I am on the bus."),
        "message-circle",
    ),
    HelpTopic(
        "hard",
        _("What I find hard"),
        _("What do you find hard?"),
        _("In a big group I go quiet. Ask me afterwards, just us two."),
        "mountain",
    ),
    HelpTopic(
        "bad_day",
        _("What helps on a bad day"),
        _("What helps when a day goes wrong?"),
        _("Five minutes outside. Please do not ask me in front of everybody."),
        "cloud-sun",
    ),
    HelpTopic(
        "access",
        _("Access and health"),
        _("Is there anything about access or your health that you want people to know?"),
        _("I have asthma, and my inhaler is in my bag."),
        "accessibility",
    ),
    HelpTopic(
        "emergency",
        _("Who to call in an emergency"),
        _("Who should be called in an emergency?"),
        _("My aunt Mina, 01632 960 001."),
        "phone-call",
    ),
)
BY_KEY = {topic.key: topic for topic in HELP_TOPICS}
