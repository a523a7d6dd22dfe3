"""Charts as small SVG drawings with their numbers in a table: no script, the same on the page and on paper.

Each function returns a Chart; ``{% chart drawing %}`` or ``drawing.render()`` makes the HTML. The colours are written as
attributes (paper) and classes (pages, where charts.css overrides them and knows the dark scheme).
"""

from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from .words import short_day

PAINT = {0: "#e3ded3", 1: "#0f5f5c", 2: "#c98a1c", 3: "#245f91", 4: "#a43425", 5: "#6b3f78"}
WIDTH, HEIGHT = 640, 150
EDGE, TOP, BOTTOM = 8, 8, 2  # room inside the drawing; its words stand outside, so that they never shrink


@dataclass(frozen=True)
class Chart:
    """One drawing. kind names its template; title and text stand over it; the rest is the template's own context."""

    kind: str
    title: str
    text: str = ""
    context: dict = field(default_factory=dict)

    def render(self) -> str:
        return render_to_string(f"charts/{self.kind}.html", {"title": self.title, "text": self.text, **self.context})


def bar_chart(title, rows, *, unit="", maximum=None, text="", paint=1):
    """Bars side by side with their numbers. rows: (label, number or None when nothing was measured); unit: "%", "h" …

    maximum: the value of a full bar (default: the largest row)."""
    rows = list(rows)
    top = maximum or max((value for _label, value in rows if value is not None), default=0) or 1
    bars = [
        {"label": label, "value": value, "width": _share(value, top), "shown": _shown(value, unit)} for label, value in rows
    ]
    return Chart("bar", title, text, {"bars": bars, "paint": paint, "hex": PAINT[paint], "hex_track": "#efebe2"})


def stacked_bar_chart(title, rows, series, *, text=""):
    """Bars in parts. rows: (label, [number per part]); series: the parts' names, or (name, paint 0 to 5) pairs."""
    parts = [part if isinstance(part, tuple) else (part, place) for place, part in enumerate(series, 1)]
    bars = []
    for label, values in rows:
        total, start, pieces = sum(values), 0.0, []
        for value, (name, paint) in zip(values, parts, strict=True):
            width = _share(value, total)
            pieces.append({"x": round(start, 2), "width": width, "paint": paint, "hex": PAINT[paint], "value": value, "name": name})
            start += width
        bars.append({"label": label, "pieces": pieces, "total": total})
    legend = [{"name": name, "paint": paint, "hex": PAINT[paint]} for name, paint in parts]
    return Chart("stacked", title, text, {"bars": bars, "legend": legend})


def change_chart(title, rows, *, maximum, names, text=""):
    """Before and after on one scale: a mark and a bar. rows: (label, before, after), None where not measured; names: of both."""
    drawn = [
        {
            "label": label,
            "before": before,
            "after": after,
            "before_x": round(max(0, _share(before, maximum) - 0.8), 2),
            "after_width": _share(after, maximum),
            "before_shown": "–" if before is None else _shown(before, ""),
            "after_shown": "–" if after is None else _shown(after, ""),
        }
        for label, before, after in rows
    ]
    return Chart("change", title, text, {"rows": drawn, "before_name": names[0], "after_name": names[1]})


def line_chart(title, points, *, unit="", maximum=None, target=None, text=""):
    """A line over time. points: (date or label, number), in order; target: a level drawn as a dashed line."""
    points = [(label, value) for label, value in points if value is not None]
    top = maximum or _round_up(max([value for _label, value in points] + [target or 0], default=0))
    step = (WIDTH - 2 * EDGE) / max(1, len(points) - 1)
    dots = [
        {"x": round(EDGE + place * step, 1), "y": _height(value, top), "label": _label(label), "shown": _shown(value, unit)}
        for place, (label, value) in enumerate(points)
    ]
    line = " ".join(f"{dot['x']},{dot['y']}" for dot in dots)
    floor = HEIGHT - BOTTOM
    area = f"{dots[0]['x']},{floor} {line} {dots[-1]['x']},{floor}" if dots else ""
    levels = [{"y": _height(top * share, top), "shown": _shown(top * share, unit)} for share in (1, 0.5, 0)]
    goal = {"y": _height(target, top), "shown": _shown(target, unit)} if target is not None else None
    context = {"dots": dots, "line": line, "area": area, "levels": levels, "target": goal}
    return Chart("line", title, text, {**context, "ends": [dots[0], dots[-1]] if len(dots) > 1 else dots})


def course_chart(title, points, *, start, end=None, today=None, unit="", maximum=100, text=""):
    """How far something came, on a scale of days, beside an even pace. points: (date, number), in order, from ``start`` on.

    end: the day it should be done by; without one no pace is drawn. today: marked where it lies inside; the line goes on to it.
    """
    last = max([when for when, _value in points] + [day for day in (end, today) if day] + [start])
    span = max(1, (last - start).days)
    dots = [
        {"x": _along_days(when, start, span), "y": _height(value, maximum), "label": short_day(when), "shown": _shown(value, unit)}
        for when, value in points
    ]
    line, level = [], None
    for dot in dots:  # a level holds until the next is noted
        if level is not None:
            line.append(f"{dot['x']},{level}")
        line.append(f"{dot['x']},{dot['y']}")
        level = dot["y"]
    now = _along_days(today, start, span) if today and start <= today <= last else None
    if now is not None and dots and now > dots[-1]["x"]:
        line.append(f"{now},{level}")
    pace = {"x1": EDGE, "y1": _height(0, maximum), "x2": _along_days(end, start, span), "y2": _height(maximum, maximum)} if end else None
    levels = [{"y": _height(maximum * share, maximum), "shown": _shown(round(maximum * share), unit)} for share in (1, 0.5, 0)]
    context = {"dots": dots, "line": " ".join(line), "levels": levels, "pace": pace, "today": now}
    return Chart("course", title, text, {**context, "start": short_day(start), "end": short_day(last)})


def _along_days(when, start, span):
    share = min(1, max(0, (when - start).days / span))
    return round(EDGE + share * (WIDTH - 2 * EDGE), 1)


def dot_timeline(title, rows, *, start, end, today=None, text=""):
    """Events on a line of dates. rows: (date, words, state) with state "held", "missed" or "next"."""
    span = max(1, (end - start).days)
    dots = [
        {"x": _along(when, start, span), "label": short_day(when), "words": words, "state": state}
        for when, words, state in sorted(rows, key=lambda row: row[0])
    ]
    now = _along(today, start, span) if today and start <= today <= end else None
    context = {"dots": dots, "today": now, "start": short_day(start), "end": short_day(end)}
    return Chart("timeline", title, text, context)


def _along(when, start, span):
    share = min(1, max(0, (when - start).days / span))
    return round(12 + share * (WIDTH - 24), 1)


def _share(value, top):
    return round(min(100, 100 * (value or 0) / top), 2) if top else 0


def _height(value, top):
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value or 0) / (top or 1)), 1)


def _label(label):
    return short_day(label) if hasattr(label, "strftime") else str(label)


def _shown(value, unit):
    if value is None:
        return _("no answers yet")
    number = f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return f"{number}\u00a0{unit}" if unit else number


def _round_up(value):
    """The next round number an axis may end on: 1, 2 or 5 times a power of ten."""
    if value <= 0:
        return 1
    power = 1
    while power * 10 <= value:
        power *= 10
    return next(power * step for step in (1, 2, 5, 10) if power * step >= value)
