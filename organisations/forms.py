"""Forms about people and the organisation. What a form offers is what the service would allow."""

from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.forms import ChipSelectMultiple, HouseForm

from .enums import Role
from .models import Membership, Organisation
from .models.organisation import validate_time_zone
from .rights import may_name_lead, roles_to_give
from .roles import POSTER


class PersonForm(HouseForm, forms.ModelForm):
    """A person's details and rights. ``membership``: who fills it in; they see only what they may give."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"), required=False, widget=ChipSelectMultiple, help_text=_("One person may have several.")
    )

    class Meta:
        model = Membership
        fields = ["first_name", "last_name", "email", "phone", "roles", "is_safeguarding_lead"]
        help_texts = {
            "email": _("Letters go here. The address they sign in with stays theirs to change."),
            "is_safeguarding_lead": _("Reads the concerns people raise. Each reading is logged."),
        }

    def __init__(self, *args, membership, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = membership
        self.kept = [role for role in self.instance.roles if role not in roles_to_give(membership)]
        self.fields["roles"].choices = [(role.value, role.label) for role in roles_to_give(membership)]
        self.fields["roles"].error_messages["required"] = _("Choose at least one role.")
        if not may_name_lead(membership):
            del self.fields["is_safeguarding_lead"]
            self.fields["roles"].required = not self.instance.is_safeguarding_lead

    def clean_email(self):
        email = self.cleaned_data["email"].strip().lower()
        others = Membership.objects.filter(email__iexact=email).exclude(pk=self.instance.pk)
        if person := others.first():
            if person.left_at:
                raise forms.ValidationError(
                    _("%(name)s was here before. Bring them back from the list of those who left.") % {"name": person.name}
                )
            raise forms.ValidationError(_("%(name)s is on the list with this address already.") % {"name": person.name})
        return email

    def clean_roles(self):
        """Roles that are not this member's to give stay as they are."""
        return [*self.kept, *self.cleaned_data["roles"]]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("roles") == [] and not cleaned.get("is_safeguarding_lead", self.instance.is_safeguarding_lead):
            self.add_error("roles", _("Choose at least one role."))
        return cleaned

    def _post_clean(self):
        """The service writes the row; the instance stays as it was until then."""

    @property
    def meanings(self):
        """What each role is for, from the poster."""
        return [(role.label, POSTER[role].description) for role in roles_to_give(self.by)]


class FilterForm(forms.Form):
    """What the list of people can be narrowed to. Nonsense in the address narrows nothing."""

    q = forms.CharField(label=_("Name or address"), required=False, max_length=100)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("All roles")), *Role.choices])
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("Everybody here")),
            ("joined", _("Joined")),
            ("invited", _("Invited")),
            ("waiting", _("Not invited")),
            ("left", _("Left")),
        ],
    )

    def chosen(self):
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


def zone_choices(organisation):
    """The organisation's own first, then every place by its name."""
    own = gettext("As %(organisation)s: %(zone)s") % {"organisation": organisation.name, "zone": organisation.time_zone}
    return [("", own), *((name, name.replace("_", " ")) for name in sorted(available_timezones()) if "/" in name and not name.startswith("Etc/"))]


class MeForm(HouseForm, forms.ModelForm):
    class Meta:
        model = Membership
        fields = ["first_name", "last_name", "phone", "time_zone"]
        widgets = {"time_zone": forms.Select}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        zone = self.fields["time_zone"]
        zone.widget.choices = zone_choices(self.instance.organisation)
        zone.help_text = _("Choose one if you live by another clock. Times of check-ins are then shown on yours.")

    def clean_time_zone(self):
        name = self.cleaned_data["time_zone"]
        if name:
            validate_time_zone(name)
        return name

    def _post_clean(self):
        """The service writes the row."""


class OrganisationForm(HouseForm, forms.ModelForm):
    leads = forms.ModelMultipleChoiceField(
        label=_("Named leads for concerns"),
        queryset=Membership.unscoped.none(),
        required=False,
        widget=ChipSelectMultiple,
        help_text=_("One or two people who read the concerns that are raised. Nobody can name themselves."),
    )

    class Meta:
        model = Organisation
        fields = ["name", "time_zone", "contact_email"]
        help_texts = {
            "time_zone": _("Dates and times are shown in it, for instance Europe/London."),
            "contact_email": _("Where people may write when a link no longer works."),
        }

    def __init__(self, *args, membership, **kwargs):
        super().__init__(*args, **kwargs)
        staff = Membership.objects.visible_to(membership).present().exclude(roles__overlap=[Role.STUDENT, Role.MENTOR])
        leads = Membership.objects.visible_to(membership).present().filter(is_safeguarding_lead=True)
        self.by, self.was_lead = membership, membership.is_safeguarding_lead
        self.fields["leads"].queryset = (staff | leads).exclude(pk=membership.pk)
        self.fields["leads"].initial = list(leads)

    def chosen_leads(self):
        return [*self.cleaned_data["leads"], *([self.by] if self.was_lead else [])]

    def clean(self):
        """Model validators (the time zone) run here, since _post_clean does not touch the row."""
        cleaned = super().clean()
        for name in ("name", "time_zone"):
            field = Organisation._meta.get_field(name)
            try:
                if name in cleaned:
                    field.run_validators(cleaned[name])
            except forms.ValidationError as error:
                self.add_error(name, error)
        return cleaned

    def _post_clean(self):
        """The service writes the row."""


class JoinForm(HouseForm, forms.Form):
    """Choosing a password, typed twice so that a slip shows at once."""

    password = forms.CharField(
        label=_("Choose a password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Ten characters or more. Four words that do not belong together are good and easy to keep in mind."),
    )
    again = forms.CharField(
        label=_("The same once more"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user  # unsaved: the password must not be their name or address

    def clean_password(self):
        validate_password(self.cleaned_data["password"], self.user)
        return self.cleaned_data["password"]

    def clean(self):
        cleaned = super().clean()
        if {"password", "again"} <= cleaned.keys() and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("The two passwords differ."))
        return cleaned


class CallForm(HouseForm, forms.Form):
    """What was said when mail did not reach somebody."""

    note = forms.CharField(
        label=_("I have called them"),
        max_length=300,
        error_messages={"required": _("Write a few words, so that the next one knows what was said.")},
        widget=forms.TextInput(attrs={"placeholder": _("New address on Monday")}),
    )
