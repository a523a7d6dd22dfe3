"""News from check-ins, for the apps above."""

from django.dispatch import Signal

check_in_logged = Signal()  # check_in=, by= : held, missed or moved
concern_raised = Signal()  # concern=  (who raised it and what it says stay with the lead)
