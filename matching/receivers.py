"""What matching does when something happens below it."""

from django.dispatch import receiver

from programmes.signals import participant_withdrawn

from .services import leaving


@receiver(participant_withdrawn)
def withdraw_open_proposals(sender, participant, by, **kwargs):
    leaving.withdraw_proposals_of(participant=participant, by=by)
