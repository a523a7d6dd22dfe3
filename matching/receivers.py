"""What matching does when something happens below it."""

from django.dispatch import receiver

from organisations.signals import asked_what_goes, person_taken_out
from programmes.signals import consent_changed, participant_withdrawn

from .services import agreements, background, choosing, consent, leaving
from .signals import match_confirmed


@receiver(participant_withdrawn)
def withdraw_open_proposals(sender, participant, by, **kwargs):
    leaving.withdraw_proposals_of(participant=participant, by=by)
    background.delete_background(participant=participant, by=by)
    agreements.complete_without(participant=participant, by=by)
    choosing.withdraw_from_rounds(participant=participant)


@receiver(person_taken_out)
def withdraw_proposals_of_who_left(sender, membership, by, **kwargs):
    leaving.withdraw_proposals_of_person(membership=membership, by=by)
    background.delete_background_of_person(membership=membership, by=by)
    agreements.complete_without_person(membership=membership, by=by)
    choosing.withdraw_person_from_rounds(membership=membership)


@receiver(asked_what_goes)
def say_what_leaving_does(sender, membership, **kwargs):
    return leaving.what_goes(membership)


@receiver(match_confirmed)
def wait_for_a_guardian(sender, mentorship, **kwargs):
    consent.settle_consent(mentorship=mentorship)


@receiver(consent_changed)
def go_by_what_guardians_say(sender, programme, participants, **kwargs):
    consent.settle_consent_of(programme=programme, participants=participants)
