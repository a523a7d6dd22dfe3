"""News from programmes, for the apps above."""

from django.dispatch import Signal

programme_created = Signal()  # programme=, by=
participants_joined = Signal()  # programme=, participants= (list of ids), by=
participant_withdrawn = Signal()  # participant=, by=
