"""What the services of training raise; the message is for the person."""

from common.refused import Refused


class TrainingError(Refused):
    """What was asked cannot be done. ``field``: the form field it is about, or ""."""

    def __init__(self, message, field=""):
        super().__init__(message)
        self.field = field
