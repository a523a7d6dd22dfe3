"""Every component on one page, with long names, empty and failed states. For developers: in the demo and while debugging only."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from common.charts import bar_chart, dot_timeline, line_chart, stacked_bar_chart
from common.forms import ChipSelect, ChipSelectMultiple, HouseForm, LongChipSelect, MoodSelect, ScaleSelect

LONG = "Wolfeschlegelsteinhausenbergerdorff-Nguyễn, Małgorzata Anne-Marie van der Berg y Fernández de Córdoba"


@dataclass(frozen=True)
class Letter:
    letter: str
    name: str
    ok: bool


@dataclass(frozen=True)
class SampleJob:
    """Stands in for organisations.Job."""

    pk: int
    status: str
    done: int = 0
    total: int = 0
    message: str = ""
    is_over: bool = False

    @property
    def percent(self):
        return round(100 * self.done / self.total) if self.total else 0

    def get_status_display(self):
        return {"waiting": _("Waiting to start"), "cancelled": _("Cancelled")}.get(self.status, self.status)


class GalleryForm(HouseForm, forms.Form):
    name = forms.CharField(label=_("Name of the programme"), help_text=_("Students and mentors see it in their letters."))
    starts_on = forms.DateField(label=_("First day"))
    places = forms.IntegerField(label=_("Students a mentor may have"), min_value=1, required=False)
    employer = forms.ChoiceField(label=_("Employer"), choices=[("", _("Choose one")), ("a", "Bell, Book & Co."), ("b", LONG)])
    way = forms.ChoiceField(
        label=_("How do you meet?"),
        choices=[("in_person", _("In person")), ("video", _("Video")), ("phone", _("Phone"))],
        widget=ChipSelect(icons={"in_person": "map-pin", "video": "video", "phone": "phone"}),
    )
    days = forms.MultipleChoiceField(
        label=_("Which days suit you?"),
        choices=[("mo", _("Monday")), ("tu", _("Tuesday")), ("we", _("Wednesday")), ("th", _("Thursday"))],
        widget=ChipSelectMultiple,
        help_text=_("As many as you like."),
    )
    mood = forms.ChoiceField(
        label=_("How is Gwen getting on?"),
        choices=[(1, _("Stuck")), (2, _("A bit lost")), (3, _("Steady")), (4, _("Good")), (5, _("Flying"))],
        widget=MoodSelect,
    )
    value = forms.ChoiceField(
        label=_("How valuable was the relationship?"),
        choices=[(n, str(n)) for n in range(1, 6)],
        widget=ScaleSelect(ends=(_("not at all"), _("very"))),
    )
    who = forms.ChoiceField(
        label=_("Who can read this?"),
        choices=[("me", _("Only me")), ("both", _("Gwen and me")), ("all", _("Gwen, me and the coordinators of the programme"))],
        widget=LongChipSelect,
    )
    notes = forms.CharField(label=_("Anything to remember?"), widget=forms.Textarea, required=False)
    roster = forms.FileField(label=_("Roster file"), help_text=_("CSV or Excel, at most 20 MB."), required=False)
    agree = forms.BooleanField(label=_("I have read the code of conduct"), help_text=_("Seven short parts, two minutes."))


def gallery(request):
    """Components with sample data. ?page=N turns the pager."""
    if not (settings.DEBUG or getattr(settings, "ALONGSIDE_DEMO", False)):
        raise Http404
    good = {"name": "Autumn placements 2026", "way": "video", "days": ["tu"], "mood": "3", "value": "4", "who": "both"}
    context = {
        "long": LONG,
        "form": GalleryForm(initial=good),
        "bad_form": GalleryForm({"starts_on": "31 February", "employer": "z"}, prefix="bad"),
        "page": Paginator(range(1, 400), 25).get_page(request.GET.get("page", 4)),
        "empty_rows": [],
        **_figures(),
        **_relationship(),
        **_charts(),
    }
    return render(request, "gallery.html", context)


def _figures():
    return {
        "kpis": [
            {"value": 112, "of": _("of 120"), "label": _("students matched · 8 waiting"), "url": "#kpis"},
            {"value": "87\u00a0%", "label": _("check-ins held this fortnight")},
            {"value": "71\u00a0%", "label": _("goals on track, up 6")},
            {"value": 34, "of": _("of 55"), "label": _("mentors finished their training"), "kind": "warn"},
        ],
        "phases": [
            ("identify", _("Identify")),
            ("match", _("Match")),
            ("prepare", _("Prepare")),
            ("support", _("Support")),
            ("review", _("Review")),
            ("close", _("Close")),
        ],
        "step_names": [_("File"), _("Columns"), _("Rows"), _("Done")],
        "jobs": [
            SampleJob(1, "waiting"),
            SampleJob(2, "running", 1840, 5000, _("Reading row 1,840 of students.csv")),
            SampleJob(3, "done", 5000, 5000, _("4,998 students are in, 2 rows were left out."), is_over=True),
            SampleJob(4, "failed", message=_("The file is empty. Nothing was changed."), is_over=True),
        ],
    }


def _relationship():
    smart = zip("SMART", ["Specific", "Measurable", "Achievable", "Relevant", "Time-bound"], strict=True)
    letters = [Letter(letter, name, letter in "ART") for letter, name in smart]
    return {
        "letters": letters,
        "all_letters": [Letter(one.letter, one.name, ok=True) for one in letters],
        "stages": [
            ("rapport", _("Rapport building")),
            ("direction", _("Setting direction")),
            ("progression", _("Progression")),
            ("winding_down", _("Winding down")),
            ("moving_on", _("Moving on")),
        ],
        "axes": [(_("Role"), 82), (_("Goals"), 74), (_("Place"), 35), (_("Time"), 45), (_("Fit"), 66)],
        "fors": [_("same trade, 14 years in it"), _("both speak Polish")],
        "against": [_("35 minutes apart, one shared slot")],
        "line": [
            {"title": _("Next: Tuesday 24 November, 10:00, in person"), "text": _("Agenda: the briefing"), "state": "next"},
            {"title": _("10 November, missed"), "text": _("Dafydd was on another site."), "state": "missed"},
            {
                "title": _("3 November, 50 minutes, video"),
                "text": _("Talked through the first briefing."),
                "tag": _("A bit lost"),
                "tag_kind": "warn",
                "private": _("Only coordinators"),
            },
        ],
        "facts": [(_("Placement"), "Marketing assistant"), (_("Employer"), LONG), (_("Hours"), _("168 of 315")), (_("Tutor"), "")],
        "subnav": [
            {"label": _("All"), "url": "#", "on": True, "count": 112},
            {"label": _("Need attention"), "url": "#", "count": 4},
            {"label": _("Ended"), "url": "#", "count": 0},
        ],
    }


def _charts():
    weeks = [(date(2026, 10, 5 + 7 * week) if week < 4 else date(2026, 11, 7 * week - 26), value) for week, value in enumerate([52, 61, 58, 74, 87, 84])]
    held = [(date(2026, 10, 6), "60 min", "held"), (date(2026, 10, 20), "45 min", "held"), (date(2026, 11, 10), _("missed"), "missed")]
    return {
        "charts": [
            bar_chart(_("Value of the relationship"), [(_("Students"), 4.2), (_("Mentors"), 3.9), (_("Line managers"), None)], maximum=5),
            stacked_bar_chart(
                _("Goals by course"),
                [("HND Business", [12, 5, 1]), ("Health and social care", [8, 9, 4])],
                [(_("on track"), 1), (_("slow"), 2), (_("stuck"), 4)],
            ),
            line_chart(_("Check-ins held each week"), weeks, unit="%", maximum=100, target=80, text=_("84 % this week; the aim is 80 %.")),
            dot_timeline(
                _("Check-ins"),
                [*held, (date(2026, 11, 24), _("planned"), "next")],
                start=date(2026, 10, 5),
                end=date(2026, 12, 18),
                today=date(2026, 11, 22),
            ),
        ]
    }
