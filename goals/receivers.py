"""What goals do when something happens below them."""

from django.dispatch import receiver

from matching.signals import mentorship_handed_over
from programmes.signals import placement_made

from .services import handover, objectives


@receiver(placement_made)
def take_in_its_objectives(sender, placement, by, **kwargs):
    objectives.take_in_lines(placement=placement, by=by)


@receiver(mentorship_handed_over)
def take_the_goals_along(sender, old, new, by, **kwargs):
    handover.carry_over(old=old, new=new, by=by)
