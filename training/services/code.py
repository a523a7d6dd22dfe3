"""The code of conduct: which version binds now, and signing it."""

from django.db.models import Subquery
from django.utils.translation import gettext as _

from audit.services import record

from ..models import CodeSignature, CodeVersion
from ..presets import CODE_OF_CONDUCT, Clause, CodeOfConduct
from .refused import TrainingError


def current_code_version() -> CodeVersion | None:
    """The organisation's newest published version; None where our preset binds."""
    return CodeVersion.objects.exclude(published_at=None).order_by("-number").first()


def code_version_at(at) -> CodeVersion | None:
    """The version that bound at that moment; None where our preset did."""
    return CodeVersion.objects.filter(published_at__lte=at).order_by("-number").first()


def binding_version():
    """The id of the same as a subquery: NULL where our preset binds."""
    return Subquery(CodeVersion.objects.exclude(published_at=None).order_by("-number").values("pk")[:1])


def code_of(version: CodeVersion | None) -> CodeOfConduct:
    """The words of a version, our preset for None."""
    if version is None:
        return CODE_OF_CONDUCT
    clauses = version.clauses.order_by("position", "id")
    return CodeOfConduct(str(version.number), tuple(Clause(row.key, row.title, row.text) for row in clauses))


def current_label() -> str:
    """What a signature of today's version is kept under."""
    version = current_code_version()
    return str(version.number) if version else CODE_OF_CONDUCT.version


def sign_code(*, mentor, name, by, version="") -> CodeSignature:
    """Put a name under the code of conduct in its current version. A second signature changes nothing.

    version: the label of the version that was read; TrainingError when a newer one was published in the meantime.
    """
    name = " ".join(name.split())
    if len(name) < 2:
        raise TrainingError(_("Type your full name to sign."), "signed_name")
    current = current_code_version()
    label = code_of(current).version
    if version and version != label:
        raise TrainingError(_("The code of conduct has changed since you opened this page. Please read the new version below."))
    signature, made = CodeSignature.objects.get_or_create(
        mentor=mentor, version=label, defaults={"signed_name": name[:300], "code_version": current}
    )
    if made:
        record("code of conduct signed", by=by, about=signature, version=label)
    return signature
