"""Placements, employers, sites and line managers by hand."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit.services import record

from ..models import Employer, LineManager, Placement, Site
from ..signals import placement_made
from .programmes import ProgrammeError


def save_placement(*, placement, student, by, **facts) -> Placement:
    """Change a placement, or make one (``placement`` None) for a student of a programme."""
    made = placement is None
    placement = placement or Placement(organisation_id=by.organisation_id, student=student, programme_id=student.programme_id)
    for name, value in facts.items():
        setattr(placement, name, value)
    try:
        with transaction.atomic():
            placement.save()
    except IntegrityError as error:
        raise ProgrammeError(_("The student has this placement already: same site, role and first day.")) from error
    record("placement made" if made else "placement changed", by=by, about=placement)
    if made:
        placement_made.send(sender=Placement, placement=placement, by=by)
    return placement


def save_employer(*, employer, by, **facts) -> Employer:
    """Change an employer, or make one (``employer`` None)."""
    employer = employer or Employer(organisation_id=by.organisation_id)
    for name, value in facts.items():
        setattr(employer, name, value)
    try:
        with transaction.atomic():
            employer.save()
    except IntegrityError as error:
        raise ProgrammeError(_("An employer of this name is here already.")) from error
    record("employer saved", by=by, about=employer)
    return employer


def add_site(*, employer, town, by) -> Site:
    site, made = Site.objects.get_or_create(employer=employer, town=town.strip())
    if made:
        record("site added", by=by, about=site)
    return site


def add_line_manager(*, employer, name, email, by) -> LineManager:
    """Add a line manager; the same address again is the same person, with the newer name."""
    found, made = LineManager.objects.update_or_create(employer=employer, email=email.strip().lower(), defaults={"name": name.strip()})
    if made:
        record("line manager added", by=by, about=found)
    return found
