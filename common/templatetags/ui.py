"""The components of docs/components.md as template tags. Each renders templates/components/<name>.html.

Tags rather than bare includes, so that a missing or misspelt parameter is an error at once.
"""

import zlib

import lucide as lucide_icons
from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from common import words
from common.forms import summary_of

register = template.Library()


def _in_words(function):
    """A filter that leaves nothing as nothing."""

    def said(value, argument=None):
        if value in (None, ""):
            return ""
        return function(value) if argument is None else function(value, argument)

    return said


for function in [words.day, words.short_day, words.when, words.day_time, words.ago, words.days, words.percent]:
    register.filter(function.__name__, _in_words(function))
register.simple_tag(words.period, name="period")

COLOURS = 6
TOAST = {"success": "good", "error": "bad", "warning": "warn", "info": "info", "debug": "info"}
NOTICE_ICONS = {"good": "circle-check", "bad": "circle-alert", "warn": "triangle-alert", "info": "info", "priv": "eye-off"}


@register.simple_tag
def icon(name, size=18, label="", css=""):
    """An icon of lucide. Hidden from readers unless ``label`` says what it means."""
    attributes = {"class": f"lucide i {css}".strip(), "focusable": "false"}
    attributes |= {"role": "img", "aria_label": str(label)} if label else {"aria_hidden": "true"}
    plain = {key: value + "" if isinstance(value, SafeString) else value for key, value in attributes.items()}
    return mark_safe(lucide_icons._render_icon(name + "", f"{size / 16:g}rem", **plain))  # noqa: S308  lucide escapes attributes itself


def _colour(name):
    return f"c{(zlib.crc32(str(name).encode()) >> 8) % COLOURS}"


@register.inclusion_tag("components/avatar.html")
def avatar(name, size=""):
    """Round initials. ``name``: the person's name (stands beside it in words; the avatar is not spoken). size: "", "lg", "sm"."""
    return {"initials": words.initials(name), "colour": _colour(name), "size": size}


@register.inclusion_tag("components/pair.html")
def pair(first, second="", size=""):
    """Two avatars side by side, in two different colours."""
    colour = _colour(second)
    if colour == _colour(first):
        colour = f"c{(int(colour[1:]) + 1) % COLOURS}"
    return {
        "first": {"initials": words.initials(first), "colour": _colour(first)},
        "second": {"initials": words.initials(second), "colour": colour} if second else None,
        "size": size,
    }


@register.inclusion_tag("components/person.html")
def person(name, text="", url="", size=""):
    """Avatar, name (a link with ``url``), one line under it."""
    return {"name": name, "text": text, "url": url, "size": size}


@register.inclusion_tag("components/tag.html")
def tag(text, kind="", icon=""):
    """A word on a coloured ground. kind: "" good warn bad info priv pine."""
    return {"text": text, "kind": kind, "icon": icon}


@register.inclusion_tag("components/tag.html")
def privacy(who):
    """Who can read a note, said on the note itself: {% privacy note.get_visibility_display %}."""
    return {"text": who, "kind": "priv", "icon": "eye-off"}


@register.simple_block_tag
def card(content, title="", link="", link_label="", icon="", kind="", id="", level=2):  # noqa: A002  HTML's own word; keywords by custom
    """A white card: {% card title=_("Goals") link=url link_label=_("All goals") %}…{% endcard %}. kind: "" quiet priv warn flush."""
    context = {"title": title, "link": link, "link_label": link_label, "icon": icon, "kind": kind, "id": id, "level": level}
    return template.loader.render_to_string("components/card.html", context | {"content": content})


@register.simple_block_tag
def notice(content, kind="info", title="", close=False):
    """A coloured message in the page. kind: info good warn bad priv."""
    context = {"content": content, "kind": kind, "title": title, "icon": NOTICE_ICONS[kind], "close": close}
    return template.loader.render_to_string("components/notice.html", context)


@register.filter
def toast_kind(level_tag):
    """Our colour for a level of Django's messages."""
    return TOAST.get(level_tag, "info")


@register.filter
def notice_icon(kind):
    return NOTICE_ICONS.get(kind, "info")


@register.inclusion_tag("components/kpis.html")
def kpis(rows):
    """A row of figures: dicts with value and label, and maybe of ("of 120"), note, url, kind (warn, bad)."""
    return {"rows": rows}


@register.inclusion_tag("components/attention.html")
def attention(title, why="", kind="", icon="bell", url="", action="", main=False, post=False):
    """One need: who or what, the reason in words, one action. main=True fills the button (one a page). post=True makes it a form."""
    return locals()


@register.inclusion_tag("components/bar.html")
def bar(value, maximum=100, label="", kind="", words="", show=False):
    """Progress of ``value`` in ``maximum``. label: what it measures (spoken). words, show: a line of text over it, and the per cent."""
    share = round(100 * value / maximum) if maximum else 0
    return {"value": value, "maximum": maximum or 1, "label": label, "kind": kind, "words": words, "show": show, "share": share}


@register.inclusion_tag("components/axes.html")
def axes(rows, big=False, low=50):
    """The five axes of fit: (label, value 0 to 100) each; below ``low`` it turns amber. big=True: one under the other, with words."""
    rows = list(rows.items()) if hasattr(rows, "items") else rows
    return {"rows": [{"label": label, "value": value, "low": value < low} for label, value in rows], "big": big}


@register.inclusion_tag("components/reasons.html")
def reasons(fors=(), against=()):
    """Reasons in words, for and against."""
    return {"fors": fors, "against": against}


@register.inclusion_tag("components/smart.html")
def smart(letters):
    """S M A R T. letters: objects with .letter, .name and .ok (goals.smart.Letter), in order."""
    return {"letters": letters}


def _states(choices, current):
    """[(label, "done" | "now" | "")] of (value, label) choices; all done when current is "done", none when it is empty."""
    choices = list(choices)
    values = [value for value, _label in choices]
    at = len(values) if current == "done" else values.index(current) if current in values else -1
    return [
        {"label": label, "state": "done" if place < at else "now" if place == at else ""}
        for place, (_value, label) in enumerate(choices)
    ]


@register.inclusion_tag("components/stages.html")
def stages(choices, current, label=""):
    """Stage stepper. choices: (value, label) pairs (Stage.choices); current: the value, or "done"."""
    return {"rows": _states(choices, current), "label": label or _("Stages")}


@register.inclusion_tag("components/phases.html")
def phases(choices, current, share=50, label=""):
    """Phases of a programme as a bar in parts. share: how much of the present phase is over, 0 to 100."""
    return {"rows": _states(choices, current), "share": share, "label": label or _("Phases of the programme")}


@register.inclusion_tag("components/timeline.html")
def timeline(rows):
    """A line in time: dicts with title, and maybe text, url, state ("" held, missed, next, off), tag, tag_kind, private."""
    return {"rows": rows}


@register.inclusion_tag("components/facts.html")
def facts(rows):
    """A list of (label, value) pairs; empty values are left out."""
    return {"rows": [(label, value) for label, value in rows if value not in (None, "")]}


@register.inclusion_tag("components/empty.html")
def empty(title, text="", icon="sprout", url="", action="", small=False, level=2):
    """What will stand here, and the first step."""
    return locals()


@register.inclusion_tag("components/subnav.html")
def subnav(rows, label=""):
    """Links as tabs: dicts with label, url, and maybe on, count."""
    return {"rows": rows, "label": label or _("On this page")}


@register.inclusion_tag("components/steps.html")
def steps(rows, current):
    """Where one is in a task of several pages: labels, and the number (from 1) of the present one."""
    return {
        "rows": [
            {"label": label, "state": "done" if place < current else "now" if place == current else ""}
            for place, label in enumerate(rows, 1)
        ]
    }


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, page, param="page", anchor=""):
    """Pages of a Paginator's page; keeps the rest of the query. Nothing when there is one page. anchor: the list's id."""
    numbers = list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
    rows = [{"number": n, "query": _query(context["request"], param, n, anchor) if isinstance(n, int) else ""} for n in numbers]
    return {"page": page, "rows": rows, "gap": page.paginator.ELLIPSIS}


def _query(request, param, number, anchor):
    query = request.GET.copy()
    query[param] = number
    return f"?{query.urlencode()}" + (f"#{anchor}" if anchor else "")


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms):
    """The list on top of a page with forms: every error, each a link to its field. Nothing when all is well."""
    return {"rows": [row for form in forms if form for row in summary_of(form)]}


@register.inclusion_tag("components/job.html", takes_context=True)
def job(context, job, title="", poll_url="", cancel_url="", done_url="", done_label="", retry_url=""):
    """Long work: its bar while it runs (asked anew by htmx each second), then how it ended. job: organisations.Job."""
    return {"request": context.get("request"), "csrf_token": context.get("csrf_token")} | {
        key: value for key, value in locals().items() if key != "context"
    }


@register.inclusion_tag("components/saved.html")
def saved(state="saved"):
    """Says whether a form that saves itself is saved: "saved", "saving", "failed", or "" for nothing yet."""
    return {"state": state}


@register.simple_tag
def chart(drawing):
    """A chart of common.charts, with its numbers beside it."""
    return drawing.render()


@register.inclusion_tag("components/crumb.html")
def crumb(*parts):
    """Where one is: label, url, label, url … ; a last label without url stands plain. {% crumb programme.name url _("Matching") %}."""
    urls = [*parts[1::2], ""]
    return {"rows": list(zip(parts[::2], urls, strict=False))}
