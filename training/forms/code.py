"""The organisation's own wording of the code of conduct on one page."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import HouseForm

from ..presets import CODE_OF_CONDUCT
from ..services.code_versions import MOST_OWN

LONGEST_TITLE, LONGEST_TEXT = 120, 1000
OWN = [f"own-{number}" for number in range(1, MOST_OWN + 1)]


class CodeForm(HouseForm, forms.Form):
    """Seven parts, each with a title and what is promised, and up to three of the organisation's own. ``clauses``: the words now."""

    def __init__(self, *args, clauses, **kwargs):
        super().__init__(*args, **kwargs)
        words = {one.key: one for one in clauses}
        for number, part in enumerate(CODE_OF_CONDUCT.clauses, 1):
            self._add(part.key, str(part.title), number, words.get(part.key, part), required=True)
        for number, key in enumerate(OWN, len(CODE_OF_CONDUCT.clauses) + 1):
            self._add(key, _("One more of your own"), number, words.get(key), required=False)

    def _add(self, key, name, number, words, *, required):
        self.fields[f"title-{key}"] = forms.CharField(
            label=f"{number}. {name}", max_length=LONGEST_TITLE, required=required, initial=str(words.title) if words else ""
        )
        self.fields[f"text-{key}"] = forms.CharField(
            label=_("What is promised"),
            max_length=LONGEST_TEXT,
            required=required,
            widget=forms.Textarea(attrs={"rows": 3}),
            initial=str(words.text) if words else "",
        )
        for field in (self.fields[f"title-{key}"], self.fields[f"text-{key}"]):
            field.error_messages["required"] = gettext_lazy("Please fill this in: each of the seven parts stays in the code.")

    def clean(self):
        cleaned = super().clean()
        for key in OWN:
            title, text = cleaned.get(f"title-{key}", ""), cleaned.get(f"text-{key}", "")
            if title and not text:
                self.add_error(f"text-{key}", _("Say what is promised, or take the title away."))
            if text and not title:
                self.add_error(f"title-{key}", _("Give it a title."))
        return cleaned

    @property
    def clauses(self):
        """[(key, title, text)] in order, the empty ones left out."""
        keys = [*(one.key for one in CODE_OF_CONDUCT.clauses), *OWN]
        rows = [(key, self.cleaned_data.get(f"title-{key}", ""), self.cleaned_data.get(f"text-{key}", "")) for key in keys]
        return [(key, " ".join(title.split()), text.strip()) for key, title, text in rows if title]
