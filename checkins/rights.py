"""Who may write in a mentorship stands in matching.rights; check-ins ask the same."""

from matching.rights import may_work_in, require_work_in, side_of

__all__ = ["may_work_in", "require_work_in", "side_of"]
