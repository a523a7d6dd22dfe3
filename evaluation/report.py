"""The report of a programme in words, charts and rows for the downloads."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from common.charts import bar_chart, stacked_bar_chart
from common.spreadsheets import Sheet
from common.words import percent, short_day
from matching.enums import MentorshipStatus

from . import figures
from .measures import MEASURES
from .models import Survey, SurveyRequest
from .services.measures import answered, gather

MEASURE = {measure.key: measure for measure in MEASURES}
VOICE = dict(SurveyRequest.Voice.choices)
ENDED = dict(MentorshipStatus.choices)
KIND = dict(Survey.Kind.choices)


def number(value, digits=1) -> str:
    """"4.2", "315": no decimals where there are none."""
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True)
class Line:
    """One figure as the page shows it."""

    figure: figures.Figure
    label: str
    sentence: str
    good: str = ""

    @property
    def shown(self):
        figure = self.figure
        if figure.hidden or figure.value is None:
            return "–"
        if figure.unit == "percent":
            return percent(figure.value)
        return number(figure.value)

    @property
    def unit_words(self):
        """What stands behind the number."""
        if self.figure.value is None:
            return ""
        return {"points": _("of 5"), "hours": _("hours")}.get(self.figure.unit, "")


@dataclass
class Report:
    """One programme's report on a day."""

    programme: object
    today: object

    @cached_property
    def facts(self):
        return gather(self.programme, today=self.today)

    @cached_property
    def lines(self):
        return [self._line(figure) for figure in figures.all_figures(self.facts)]

    @cached_property
    def answered(self):
        """[{"survey", "voice", "done", "asked"}]"""
        rows = answered(self.programme)
        return [{"survey": KIND[kind], "voice": VOICE[voice], "done": done, "asked": asked} for kind, voice, done, asked in rows]

    @cached_property
    def changed(self):
        """[{"voice", "rows", "hidden"}] review to exit; hidden: some measure of the voice has too few pairs."""
        found = []
        for voice, rows in figures.change_by_voice(self.facts):
            found.append({"voice": VOICE[voice], "rows": rows, "hidden": any(row.hidden for row in rows)})
        return found

    @cached_property
    def by_voice(self):
        return figures.satisfaction_by_voice(self.facts)

    @property
    def hidden_voices(self):
        return [VOICE[voice] for voice, figure in self.by_voice if figure.hidden]

    @property
    def anything_hidden(self):
        return any(line.figure.hidden for line in self.lines) or bool(self.hidden_voices) or any(one["hidden"] for one in self.changed)

    @property
    def is_empty(self):
        return not self.facts.people

    def weeks_chart(self):
        weeks = figures.check_ins_by_week(self.facts)
        if not weeks:
            return None
        rows = [(short_day(day, self.today), [held, planned - held]) for day, planned, held in weeks]
        return stacked_bar_chart(
            _("Check-ins by week"), rows, [(_("held"), 1), (_("planned, not held"), 2)], text=_("Each bar is what was planned for the week that begins on that Monday.")
        )

    def endings_chart(self):
        rows = [(ENDED[state], count) for state, count in figures.endings(self.facts)]
        return bar_chart(_("How mentorships ended"), rows, text=_("Those that still run are not counted.")) if rows else None

    def voices_chart(self):
        rows = [(VOICE[voice], round(figure.value, 1)) for voice, figure in self.by_voice if figure.value is not None]
        if not rows:
            return None
        return bar_chart(_("What the mentoring is worth, by voice"), rows, maximum=5, text=_("Mean of the newest answers, from 1 (not at all) to 5 (fully)."))

    def _line(self, figure):
        measure = MEASURE[figure.key]
        good = ""
        if measure.good and figure.key != "hours":
            reached = percent(measure.good) if measure.unit == "percent" else _("%(n)s of 5") % {"n": number(measure.good)}
            good = _("Good programmes reach %(n)s.") % {"n": reached}
        return Line(figure, measure.label, self._sentence(figure), good)

    def _sentence(self, figure):
        if figure.hidden:
            return hidden_sentence()
        if figure.value is None:
            return NOTHING[figure.key]()
        words = {"part": _plain(figure.part), "whole": _plain(figure.whole), "days": self.programme.first_meeting_days}
        if figure.key == "hours":
            reached, students = figures.students_with_hours(self.facts)
            return _("%(part)s of %(whole)s planned hours are done. %(reached)s of %(students)s students have reached %(least)s hours.") % {
                **words,
                "reached": reached,
                "students": students,
                "least": figures.PLACEMENT_HOURS,
            }
        return SENTENCES[figure.key, figure.basis]() % words

    # --- for the downloads ------------------------------------------------------------------

    def table(self):
        """(header, rows): one row a figure, then answers and change; the same in both files."""
        header = [_("Programme"), _("Part"), _("What"), _("Value"), _("Unit"), _("Number"), _("Of"), _("In words")]
        name = self.programme.name
        units = {"percent": _("per cent"), "points": _("points of 5"), "hours": _("hours")}
        rows = []
        for line in self.lines:
            figure = line.figure
            rows.append(
                [name, _("Measures"), line.label, _rounded(figure.value), units[figure.unit], _rounded(figure.part), _rounded(figure.whole), line.sentence]
            )
        ended = figures.endings(self.facts)
        for state, count in ended:
            whole = sum(number for _state, number in ended)
            words = _("Mentorships that ended this way, of those that ended.")
            rows.append([name, _("How mentorships ended"), ENDED[state], _rounded(100 * count / whole), units["percent"], count, whole, words])
        for one in self.answered:
            share = 100 * one["done"] / one["asked"]
            rows.append([name, one["survey"], one["voice"], _rounded(share), units["percent"], one["done"], one["asked"], _("Answered, of those asked.")])
        for voice, figure in self.by_voice:
            words = hidden_sentence() if figure.hidden else _("Mean of the newest answers.")
            rows.append([name, _("Satisfaction"), VOICE[voice], _rounded(figure.value), units["points"], figure.part, figure.whole, words])
        for group in self.changed:
            for row in group["rows"]:
                words = hidden_sentence() if row.hidden else _change_words(row.change)
                difference = _rounded(row.change.difference)
                rows.append([name, _("Change, review to exit"), f"{group['voice']}: {row.change.label}", difference, units["points"], row.pairs, row.pairs, words])
        return header, rows

    def weeks_table(self):
        """(header, rows): check-ins planned and held in each week."""
        rows = [[day, planned, held] for day, planned, held in figures.check_ins_by_week(self.facts)]
        return [_("Week of"), _("Planned"), _("Held")], rows

    def sheets(self, names=None):
        """The workbook's sheets. names: (header, rows) of mentorships, for coordinators only."""
        sheets = [Sheet(_("Report"), *self.table()), Sheet(_("Check-ins by week"), *self.weeks_table())]
        return [*sheets, Sheet(_("Mentorships"), *names)] if names else sheets


def hidden_sentence():
    return _("Fewer than %(n)s people answered, so the number is not shown: one person’s answer could be read from it.") % {"n": figures.FEWEST}


def _change_words(change):
    if change.before is None:
        return _("Nobody gave a number both times.")
    return _("%(before)s half-way, %(after)s at the end.") % {"before": number(change.before), "after": number(change.after)}


def _plain(value):
    return number(value) if value is not None else "0"


def _rounded(value):
    if value is None or isinstance(value, int):
        return value
    return round(value, 1)


SENTENCES = {
    ("participation", ""): lambda: _("%(part)s of %(whole)s people in the programme have met in a mentorship at least once."),
    ("matched", ""): lambda: _("%(part)s of %(whole)s students have a mentor."),
    ("first_contact", ""): lambda: _("%(part)s of %(whole)s mentorships met within %(days)s days of their start."),
    ("check_ins_held", ""): lambda: _("%(part)s of %(whole)s check-ins planned up to today were held."),
    ("goal_progress", ""): lambda: _("%(part)s of %(whole)s students in a mentorship have made progress on a goal."),
    ("satisfaction", ""): lambda: _("Mean of the newest answers of %(whole)s people to what the mentoring is worth."),
    ("mentor_skills", "checklist"): lambda: _(
        "%(part)s of %(whole)s mentors need less training or support at the end than at the start. Who needed none at the start is not counted."
    ),
    ("mentor_skills", "survey"): lambda: _("%(part)s of %(whole)s mentors say in the exit survey that their skills improved."),
    ("recommend", ""): lambda: _("%(part)s of %(whole)s people who answered the exit survey would recommend it."),
    ("completion", ""): lambda: _("%(part)s of %(whole)s mentorships that ended ran to a planned ending or ended in agreement."),
    ("mentor_hours", ""): lambda: _("%(part)s hours in check-ins, by %(whole)s mentors."),
}
NOTHING = {
    "participation": lambda: _("Nobody is in the programme yet."),
    "matched": lambda: _("There are no students in the programme yet."),
    "first_contact": lambda: _("No mentorship has met, and none has been waiting longer than its days."),
    "check_ins_held": lambda: _("No check-in was planned up to today."),
    "goal_progress": lambda: _("No mentorship has begun yet."),
    "satisfaction": lambda: _("Nobody has answered this question yet."),
    "mentor_skills": lambda: _("No mentor has filled the closing checklist or the exit survey yet."),
    "recommend": lambda: _("Nobody has answered the exit survey yet."),
    "completion": lambda: _("No mentorship has ended yet."),
    "hours": lambda: _("No placement is recorded yet."),
    "mentor_hours": lambda: _("No check-in was held yet."),
}
