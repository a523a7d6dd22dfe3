"""News from programmes, for the apps above."""

from django.dispatch import Signal

programme_created = Signal()  # programme=, by=
participants_joined = Signal()  # programme=, participants= (list of ids), by=
participant_withdrawn = Signal()  # participant=, by=
placement_made = Signal()  # placement=, by= : by hand; what was typed as its learning objectives stands in it
