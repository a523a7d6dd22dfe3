"""History by triggers: who changed what, written by the database, under the same policy as the row itself."""

import pghistory
from django.db import models

from .tenancy import OrganisationIsolation


def tracked(cls):
    """Class decorator: every insert, update and delete of the model leaves a row in ``<Model>Event``."""
    label = f"{cls._meta.app_label}_{cls._meta.model_name}event"
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        meta={
            "constraints": [OrganisationIsolation(name=f"{label}_own")],
            "indexes": [models.Index(fields=["organisation", "pgh_obj"])],
        },
    )(cls)
