"""What check-ins do when something happens in matching."""

from django.dispatch import receiver

from matching.signals import contact_paused, match_confirmed, mentorship_ended, mentorship_handed_over
from programmes.signals import holiday_added

from .services import planning


@receiver(match_confirmed)
def plan_the_check_ins(sender, mentorship, by, **kwargs):
    planning.plan_check_ins(mentorship=mentorship, by=by)


@receiver(mentorship_ended)
def drop_what_was_planned(sender, mentorship, by, **kwargs):
    planning.drop_the_rest(mentorship=mentorship, by=by)


@receiver(mentorship_handed_over)
def drop_what_the_old_one_planned(sender, old, new, by, **kwargs):
    planning.drop_the_rest(mentorship=old, by=by)


@receiver(holiday_added)
def make_way_for_a_holiday(sender, holiday, by, **kwargs):
    return planning.make_way(holiday=holiday, by=by)


@receiver(contact_paused)
def take_back_what_waits(sender, mentorship, **kwargs):
    planning.take_back_letters(mentorship=mentorship)
