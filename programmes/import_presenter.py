"""Roster imports in words: what the preview shows of rows, changes and columns."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import RosterImport
from .roster.fields import FIELDS, field_of
from .services.import_preview import SHOWN


def heads(kind) -> list[str]:
    """The column heads of the preview's tables, after the first (the name)."""
    return [_label(kind, name) for name in SHOWN[kind]]


def _label(kind, name):
    return capfirst(field_of(kind, name).label)


def columns_of(found) -> list[tuple]:
    """(header, field name or None) for the form that says what columns mean."""
    if "columns" in found.summary:
        return found.summary["columns"]
    return [(header, found.mapping.get(header)) for header in found.summary["error"]["headers"]]


class Remarks:
    """The refusals or warnings of an import, for a Paginator: what its summary holds is not fetched again."""

    def __init__(self, found, name):
        self.found, self.name, self.first = found, name, found.summary.get(name, [])

    def __len__(self):
        return self.found.summary.get(f"all_{self.name}", 0)

    def __getitem__(self, part):
        known = part.stop <= len(self.first) or len(self) == len(self.first)
        return (self.first if known else self.found.remarks.get(self.name, []))[part]


def preview(found) -> dict:
    """Everything the preview page shows of an import that was read, but for its remarks."""
    kind, kept = found.kind, found.summary
    changed = [line | {"facts": [(_label(kind, name), old, new) for name, old, new in line["facts"]]} for line in kept["changed"]]
    return {
        "counts": kept["counts"],
        "figures": figures(kept["counts"]),
        "headline": headline(found, kept["counts"]),
        "heads": heads(kind),
        "new": kept["new"],
        "changed": changed,
        "same": kept["same"],
        "notes": kept["notes"],
        "columns": [(header, _label(kind, field)) for header, field in kept["columns"] if field],
        "writes": kept["writes"],
    }


def summary(found) -> dict:
    """The same of an import that is brought in, from what was kept of it."""
    counts = found.summary.get("counts", {})
    return {"counts": counts, "figures": figures(counts, done=True), "notes": found.summary.get("notes", [])}


def figures(counts, *, done=False) -> list[dict]:
    refused = counts.get("refused", 0)
    return [
        {"value": counts.get("new", 0), "label": _("brought in") if done else _("new")},
        {"value": counts.get("changed", 0), "label": _("changed") if done else _("to be changed")},
        {"value": counts.get("same", 0), "label": _("the same as before")},
        {"value": refused, "label": _("left out"), "kind": "bad" if refused else ""},
    ]


def headline(found, counts) -> str:
    """What saying yes does, in a sentence: "118 students will be brought in, 2 rows are left out"."""
    writes = counts["new"] + counts["changed"]
    if not writes:
        return _("Nothing in this file is new")
    said = [_counted(found.kind, writes)]
    if counts["refused"]:
        said.append(ngettext("%(n)d row is left out", "%(n)d rows are left out", counts["refused"]) % {"n": counts["refused"]})
    return ", ".join(said)


def doubt(found) -> str:
    """What to ask before bringing in a file whose headers speak for another kind than was chosen; "" when they do not."""
    words = {
        "students": _("The headers look like a file of students."),
        "mentors": _("The headers look like a file of mentors."),
        "placements": _("The headers look like a file of placements."),
    }
    return words.get(found.summary.get("looks_like"), "")


def _counted(kind, n):
    words = {
        RosterImport.Kind.STUDENTS: ngettext("%(n)d student will be brought in", "%(n)d students will be brought in", n),
        RosterImport.Kind.MENTORS: ngettext("%(n)d mentor will be brought in", "%(n)d mentors will be brought in", n),
        RosterImport.Kind.PLACEMENTS: ngettext("%(n)d placement will be brought in", "%(n)d placements will be brought in", n),
    }
    return words[kind] % {"n": n}


def steps() -> list[str]:
    """The pages of an import."""
    return [_("Upload"), _("Look"), _("Bring in")]


def guides() -> list[dict]:
    """The three files a programme is brought in with, in the order that works."""
    words = {
        "students": (_("Students"), "graduation-cap", _("Who they are, what they study, what they hope for, and who their tutor is.")),
        "mentors": (_("Mentors"), "handshake", _("Where they work, what they can help with, how many students they can take.")),
        "placements": (_("Placements"), "building-2", _("Which student is where, from when to when, and who the line manager is. Bring in the students first.")),
    }
    return [
        {
            "kind": kind,
            "title": title,
            "icon": icon,
            "text": text,
            "needed": [capfirst(field.label) for field in FIELDS[kind] if field.need.name != "OPTIONAL" and field.name != "full_name"],
        }
        for kind, (title, icon, text) in words.items()
    ]
