"""News from programmes, for the apps above."""

from django.dispatch import Signal

programme_created = Signal()  # programme=, by=
holiday_added = Signal()  # holiday=, by= : receivers return how many things they moved out of its way
participants_joined = Signal()  # programme=, participants= (list of ids), by=
participant_withdrawn = Signal()  # participant=, by=
placement_made = Signal()  # placement=, by= : by hand; what was typed as its learning objectives stands in it
consent_changed = Signal()  # programme=, participants= (list of ids): a guardian answered, or the rules changed
