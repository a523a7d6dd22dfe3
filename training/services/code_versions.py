"""The organisation's own wording of the code of conduct: a draft, and publishing it."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from organisations.models import Organisation

from ..models import CodeClause, CodeVersion
from .code import code_of, current_code_version
from .refused import TrainingError

MOST_OWN = 3  # clauses beside the seven


def draft_code() -> CodeVersion | None:
    return CodeVersion.objects.filter(published_at=None).first()


@transaction.atomic
def begin_code(*, by) -> CodeVersion:
    """A draft filled with the words that bind now; the draft that is there where there is one already."""
    _hold(by)
    draft = draft_code()
    if draft is None:
        newest = CodeVersion.objects.aggregate(number=Max("number"))["number"] or 0
        draft = CodeVersion.objects.create(number=newest + 1)
        _write(draft, [(one.key, str(one.title), str(one.text)) for one in code_of(current_code_version()).clauses])
        record("code of conduct drafted", by=by, about=draft)
    return draft


@transaction.atomic
def save_code(*, version, clauses, by) -> CodeVersion:
    """Keep a draft's words. clauses: [(key, title, text)] in order. TrainingError where it was published in the meantime."""
    _hold(by)
    _refuse_unless_draft(version)
    version.clauses.all().delete()
    _write(version, clauses)
    return version


@transaction.atomic
def publish_code(*, version, by, at=None) -> CodeVersion:
    """Let the draft bind: everybody signs anew, what was signed before is kept. TrainingError when that is done already."""
    _hold(by)
    _refuse_unless_draft(version)
    before = code_of(current_code_version())
    if [(one.title, one.text) for one in code_of(version).clauses] == [(str(one.title), str(one.text)) for one in before.clauses]:
        raise TrainingError(_("Nothing in it differs from the version that binds now, so nobody has to sign again. Change the wording first."))
    version.published_at, version.published_by = at or timezone.now(), by
    version.save(update_fields=["published_at", "published_by"])
    record("code of conduct published", by=by, about=version, number=version.number)
    return version


@transaction.atomic
def drop_code(*, by) -> bool:
    """Throw the draft away."""
    _hold(by)
    gone, _rows = CodeVersion.objects.filter(published_at=None).delete()
    return bool(gone)


def _write(version, clauses):
    CodeClause.objects.bulk_create(
        CodeClause(organisation_id=version.organisation_id, version=version, key=key, position=position, title=title, text=text)
        for position, (key, title, text) in enumerate(clauses, 1)
    )


def _refuse_unless_draft(version):
    version.refresh_from_db(fields=["published_at", "published_by"])
    if version.published_at:
        who = version.published_by.name if version.published_by else _("Somebody")
        raise TrainingError(_("%(name)s has published this version already, so it stays as it is.") % {"name": who})


def _hold(by):
    """One at a time in an organisation."""
    Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation_id)
