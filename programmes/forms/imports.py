from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from common.forms import ChipSelect, HouseForm

from ..models import RosterImport
from ..roster import FIELDS, MAX_BYTES


class UploadForm(HouseForm, forms.Form):
    """One roster file, and what is in it."""

    file = forms.FileField(
        label=_("Your file"),
        help_text=_("CSV or Excel (.xlsx), at most 10 MB. Nothing is changed until you have seen it and said yes."),
        error_messages={"empty": _("This file is empty.")},
    )
    kind = forms.ChoiceField(
        label=_("What is in it?"),
        choices=[("", _("Tell from its headers")), *RosterImport.Kind.choices],
        required=False,
        widget=ChipSelect(),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".csv,.txt,.tsv,.xlsx"

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("This file has %(size)d MB; at most %(most)d MB can be read. Leave out what is not a row of the table."),
                code="too_big",
                params={"size": round(file.size / 2**20), "most": MAX_BYTES // 2**20},
            )
        return file


class ColumnsForm(HouseForm, forms.Form):
    """What each column of a file means. columns: (header, field name or None) in the file's order."""

    def __init__(self, *args, kind, columns, **kwargs):
        super().__init__(*args, **kwargs)
        self.columns = {}
        choices = [("", _("not used")), *((field.name, capfirst(field.label)) for field in FIELDS[kind])]
        for index, (header, field) in enumerate(columns):
            if not header or header in self.columns.values():
                continue
            name = f"column-{index}"
            self.columns[name] = header
            self.fields[name] = forms.ChoiceField(label=header, choices=choices, required=False, initial=field or "")

    def clean(self):
        cleaned = super().clean()
        seen = {}
        for name, header in self.columns.items():
            field = cleaned.get(name)
            if field and field in seen:
                self.add_error(name, _("“%(other)s” says this already. Choose one of the two.") % {"other": seen[field]})
            elif field:
                seen[field] = header
        return cleaned

    @property
    def mapping(self) -> dict:
        """Header → field name, or None for a column that is not used."""
        return {header: self.cleaned_data.get(name) or None for name, header in self.columns.items()}
