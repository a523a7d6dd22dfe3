from datetime import time
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


def validate_time_zone(name):
    if name not in available_timezones():
        raise ValidationError(_("This is not a time zone we know, such as Europe/London."))


class Organisation(models.Model):
    """The tenant: a college, university, employer or charity that runs programmes."""

    slug = models.SlugField(
        _("address"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9-]+$", _("Use small letters, digits and hyphens."))],
    )
    name = models.CharField(_("name"), max_length=200)
    time_zone = models.CharField(_("time zone"), max_length=60, default="Europe/London", validators=[validate_time_zone])
    letters_from = models.TimeField(_("reminders go from"), default=time(8), db_default=time(8))
    letters_until = models.TimeField(_("reminders go until"), default=time(20), db_default=time(20))
    contact_email = models.EmailField(_("contact address"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("organisation")
        ordering = ["name"]

    def __str__(self):
        return self.name
