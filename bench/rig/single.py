"""The other way to remind: a task for each reminder, which reads, writes the letter, opens a connection, sends, notes."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from tests.faults.program import app

from bench.rig.reminders import NAME, context_of  # isort: skip  need the apps, which the line above readies
from common.tenancy import organisation_scope  # isort: skip
from organisations.models import Membership  # isort: skip
from post.models import Letter  # isort: skip
from post.rendering import render_letter  # isort: skip

__all__ = ["app"]


@app.task(name="bench.remind", ignore_result=True)
def remind(organisation_id, membership_id):
    with organisation_scope(organisation_id):
        person = Membership.objects.select_related("organisation").get(pk=membership_id)
    body = render_letter(NAME, context_of(person, person.organisation))
    mail = EmailMultiAlternatives(body.subject, body.text, settings.DEFAULT_FROM_EMAIL, [person.email])
    mail.attach_alternative(body.html, "text/html")
    mail.send()
    with organisation_scope(organisation_id):
        Letter.objects.create(
            organisation_id=organisation_id,
            dedupe_key=f"{organisation_id}:single:{membership_id}",
            name=NAME,
            to_email=person.email,
            subject=body.subject,
            text=body.text,
            html=body.html,
            status=Letter.Status.SENT,
            due_at=timezone.now(),
            sent_at=timezone.now(),
        )
