"""History by triggers: who changed what, written by the database, under the same policy as the row itself."""

import pghistory
import pgtrigger
from django.db import models

from .tenancy import OrganisationIsolation


def tracked(cls=None, *, only=""):
    """Class decorator: every insert, update and delete of the model leaves a row in ``<Model>Event``.

    only: SQL on ``{row}``; a row that comes or goes without fitting leaves none. Its updates always do.
    """

    def decorate(cls):
        label = f"{cls._meta.app_label}_{cls._meta.model_name}event"
        coming, going = (pgtrigger.Condition(only.format(row=row)) if only else None for row in ("NEW", "OLD"))
        return pghistory.track(
            pghistory.InsertEvent(condition=coming),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(condition=going),
            meta={
                "constraints": [OrganisationIsolation(name=f"{label}_own")],
                "indexes": [models.Index(fields=["organisation", "pgh_obj"])],
            },
        )(cls)

    return decorate(cls) if cls else decorate
