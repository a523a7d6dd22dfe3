"""What cannot stay between two people, said before the first note, in words for a 17-year-old. A change of meaning is a new version."""

from django.utils.translation import gettext_lazy as _

VERSION = "1"
POINTS = [
    _("What you write for the two of you stays with the two of you. You choose who reads a note, and it says so on the note."),
    _("It cannot stay secret when somebody is being hurt, may be hurt, or may hurt themselves. Then it goes to the safeguarding lead, whose job it is to help."),
    _("You are told first, wherever that is possible and safe."),
    _("If you want to say something and are not sure: ask first what would happen with it. That is a fair question."),
]  # fmt: skip
