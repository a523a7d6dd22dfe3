"""Rosters for the tests of importing: real exports, small ones, and the way from upload to done."""

from pathlib import Path

import programmes
from organisations.services import jobs
from programmes.models import RosterImport
from programmes.services import imports
from tests.programmes.roster.making import GOOD, csv_bytes

NORTHFIELD = Path(programmes.__file__).parent / "samples" / "northfield"
FILES = Path(__file__).parent / "roster" / "files"
RIVERSIDE, LAKEHEAD = FILES / "riverside_mis_export", FILES / "lakehead_sis_export"


def small(kind, *rows):
    """A CSV file of a kind: each row is what differs from a good one."""
    made = [GOOD[kind] | row for row in rows]
    heads = list(dict.fromkeys(name for row in made for name in row))
    return csv_bytes([heads, *([row.get(name, "") for name in heads] for row in made)])


def upload(house, content, kind="", programme=None):
    """Upload a file and have it read, as the worker does. Call inside the scope."""
    found = imports.upload_roster(
        programme=programme or house.programme, kind=kind, file_name="roster.csv", content=content, by=house.people["coordinator"]
    )
    return read(house, found)


def read(house, found):
    """Run the job that reads an import; returns the import as it is then."""
    jobs.run(house.organisation.pk, imports.reading_of(found).pk)
    return RosterImport.objects.select_related("programme").get(pk=found.pk)


def bring_in(house, content, kind="", programme=None):
    """Upload, say yes, run the job as the worker does. Call inside the scope; returns the import as it is then."""
    found = upload(house, content, kind, programme)
    job = imports.confirm_import(roster_import=found, by=house.people["coordinator"])
    jobs.run(house.organisation.pk, job.pk)
    return RosterImport.objects.get(pk=found.pk)


def counts(found):
    return found.summary["counts"]
