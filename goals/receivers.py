"""What goals do when something happens below them."""

from django.dispatch import receiver

from matching.signals import member_left, mentorship_handed_over
from programmes.signals import placement_made

from .services import handover, leaving, objectives


@receiver(placement_made)
def take_in_its_objectives(sender, placement, by, **kwargs):
    objectives.take_in_lines(placement=placement, by=by)


@receiver(mentorship_handed_over)
def take_the_goals_along(sender, old, new, by, **kwargs):
    handover.carry_over(old=old, new=new, by=by)


@receiver(member_left)
def set_their_goals_aside(sender, mentorship, participant, by, **kwargs):
    leaving.set_aside(mentorship=mentorship, participant=participant, by=by)
