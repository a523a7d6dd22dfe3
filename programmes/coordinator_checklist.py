"""The coordinator's dated checklist: what to do before, during and after a programme.

Pure data and one pure function. Each item hangs on the programme's first or last day by a number of days.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

PHASES = (
    ("before", _("Before")),
    ("during", _("During")),
    ("after", _("After")),
)


@dataclass(frozen=True)
class ListItem:
    """One thing to do. `anchor` is "start" or "end" of the programme; `offset_days` below 0 is before it."""

    key: str
    phase: str
    title: str
    anchor: str
    offset_days: int

    def due_on(self, start, end):
        """Return the date the item is due in a programme that runs from `start` to `end`."""
        return (start if self.anchor == "start" else end) + timedelta(days=self.offset_days)


@dataclass(frozen=True)
class DatedItem:
    """A checklist item with its date in one programme."""

    item: ListItem
    due: date


def dated(items, start, end):
    """Return the items with their dates, earliest first; equal dates keep the order of the list."""
    return sorted((DatedItem(item, item.due_on(start, end)) for item in items), key=lambda entry: entry.due)


def _before(key, title, days):
    return ListItem(key, "before", title, "start", -days)


def _during(key, title, days):
    return ListItem(key, "during", title, "start", days)


def _closing(key, title, days):
    return ListItem(key, "during", title, "end", -days)


def _after(key, title, days):
    return ListItem(key, "after", title, "end", days)


CORE = (
    _before("plan_with_staff", _("Agree with staff who does what, and when"), 70),
    _before("name_lead", _("Name the lead who receives concerns, and a deputy"), 70),
    _before("choose_format", _("Choose the format and how often people meet"), 63),
    _before("find_mentors", _("Invite mentors and look at what each of them brings"), 56),
    _before("background_checks", _("Start background checks and settle who pays for them"), 56),
    _before("settle_contact", _("Decide how much is face to face and what may happen online"), 49),
    _before("select_students", _("Select the students and tell them what to expect"), 42),
    _before("train_mentors", _("Open the training checklist for mentors"), 28),
    _before("set_objectives", _("Agree learning objectives with each student and their tutor"), 21),
    _before("match", _("Run the matching and publish the proposals"), 14),
    _before("tell_around", _("Tell line managers, and parents where it applies, what a mentor does"), 10),
    _before("opening_session", _("Hold the opening session with students, staff and decision-makers"), 0),
    _during("first_meetings", _("Check that everyone has met once"), 10),
    _during("agreements", _("Check that all agreements are signed"), 14),
    _during("share_focus", _("Send mentors the skills for work and what is taught in class now"), 21),
    _during("support_mentors", _("Bring the mentors together: what works, what is hard"), 35),
    _closing("winding_down", _("Remind everyone to plan a good ending"), 21),
    _closing("exit_surveys", _("Open the exit surveys"), 10),
    _closing("final_session", _("Hold the final session and say thank you in public"), 0),
    _after("thank_you_notes", _("Write thank-you notes to mentors and employers"), 3),
    _after("update_plans", _("Help each student update their career plan"), 7),
    _after("review_feedback", _("Go through the feedback with staff and mentors"), 14),
    _after("document", _("Write down what happened and what you would change"), 21),
    _after("publish_results", _("Publish the results and tell the story"), 28),
)

PLACEMENT = (
    _before("confirm_placements", _("Confirm each placement: site, line manager, dates and hours"), 35),
    _before("brief_students", _("Brief students on travel, clothing, safety and whom to call"), 5),
    _during("tutor_visits", _("Book the tutors’ visits or calls"), 28),
    _during("check_hours", _("Compare hours done with hours planned"), 42),
    _closing("last_hours", _("Ask line managers to confirm the hours"), 5),
)

CAREER_YEAR = (
    _during("autumn_event", _("Invite everyone to a workplace visit or a talk"), 60),
    _during("half_way", _("Meet half-way: what has changed since the start?"), 150),
    _during("mentor_thanks", _("Thank mentors personally, not only at the end"), 200),
)

BLANK = (
    _before("name_lead", _("Name the lead who receives concerns, and a deputy"), 28),
    _before("train_mentors", _("Open the training checklist for mentors"), 21),
    _before("match", _("Run the matching and publish the proposals"), 10),
    _during("first_meetings", _("Check that everyone has met once"), 10),
    _closing("exit_surveys", _("Open the exit surveys"), 10),
    _after("review_feedback", _("Go through the feedback with staff and mentors"), 14),
)
