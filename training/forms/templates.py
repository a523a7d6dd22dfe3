"""Forms about an organisation's own checklists."""

import secrets

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import HouseForm

from ..library import resources
from ..models import TemplateAspect


class NameForm(HouseForm, forms.Form):
    name = forms.CharField(label=_("Its name"), max_length=120, help_text=_("For you and other coordinators, such as “Mentors on building sites”."))


class AspectForm(HouseForm, forms.ModelForm):
    """One point of a checklist. ``token`` makes a form that is sent twice one point."""

    token = forms.RegexField(r"^[0-9a-f]{16}$", widget=forms.HiddenInput(), required=False)

    class Meta:
        model = TemplateAspect
        fields = ["title", "explanation", "resource", "must_be_covered"]
        widgets = {"explanation": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "title": _("The point"),
            "explanation": _("When is it covered?"),
            "resource": _("Something to read"),
            "must_be_covered": _("Has to be covered before a mentor is matched"),
        }
        help_texts = {
            "title": _("A few words, such as “Safety on the site”."),
            "explanation": _("One sentence that begins with “You”, so that a mentor can say yes or no to it."),
            "must_be_covered": _("Whoever asks for more here is not matched until it is met."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        texts = [("", _("nothing")), *((item.slug, item.title) for item in resources())]
        label, required = self.fields["resource"].label, False
        self.fields["resource"] = forms.ChoiceField(label=label, choices=texts, required=required, help_text=_("Offered where a mentor asks for more."))
        self.fields["token"].initial = lambda: secrets.token_hex(8)

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())

    def _post_clean(self):
        """The service writes the row."""
