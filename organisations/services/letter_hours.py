"""The hours in which an organisation's reminders go out."""

from django.db import transaction

from audit.services import record


@transaction.atomic
def set_letter_hours(*, organisation, letters_from, letters_until, by):
    """From when until when, on the organisation's clock; the form has made sure that some of the day is left."""
    if (organisation.letters_from, organisation.letters_until) == (letters_from, letters_until):
        return
    organisation.letters_from, organisation.letters_until = letters_from, letters_until
    organisation.save(update_fields=["letters_from", "letters_until"])
    record("hours of reminders changed", by=by, about=organisation, start=str(letters_from), end=str(letters_until))
