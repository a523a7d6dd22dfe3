"""What surveys do when something happens below."""

from django.dispatch import receiver

from matching.signals import mentorship_ended
from programmes.signals import programme_created

from .services import asking, surveys


@receiver(programme_created)
def make_the_surveys(sender, programme, by, **kwargs):
    surveys.make_surveys(programme=programme, by=by)


@receiver(mentorship_ended)
def ask_the_exit_survey(sender, mentorship, by, **kwargs):
    asking.ask_at_the_end(mentorship=mentorship, by=by)
