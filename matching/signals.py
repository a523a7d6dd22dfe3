"""News from matching, for the apps above."""

from django.dispatch import Signal

match_confirmed = Signal()  # mentorship=, by= : both sides said yes, or a coordinator paired them
agreement_signed = Signal()  # agreement=, by= : by everybody
mentorship_ended = Signal()  # mentorship=, by=
contact_paused = Signal()  # mentorship= : its members are told; planned contact waits
contact_resumed = Signal()  # mentorship=
mentorship_handed_over = Signal()  # old=, new=, by= : another mentor carries it on
member_joined = Signal()  # mentorship=, participant=, by= : a seat in a running group
member_left = Signal()  # mentorship=, participant=, by= : the group goes on without them
