from .base import Owned, VisibleQuerySet
from .drafts import Draft
from .jobs import Job
from .links import SignedLink
from .membership import Membership
from .organisation import Organisation

__all__ = ["Draft", "Job", "Membership", "Organisation", "Owned", "SignedLink", "VisibleQuerySet"]
