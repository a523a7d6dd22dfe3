"""A resource of the organisation's own, in the three kinds there are."""

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from common.forms import ChipSelectMultiple, HouseForm
from common.uploads import UploadField
from programmes.enums import Stage

from ..models import OwnResource


class ResourceForm(HouseForm, forms.Form):
    """What every kind has. Subclasses add the thing itself. points: services.aspects.points_in_use."""

    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(label=_("What is it good for?"), max_length=400, required=False, help_text=_("One sentence on the shelf."))
    roles = forms.MultipleChoiceField(
        label=_("For whom?"),
        choices=OwnResource.Reader.choices,
        widget=ChipSelectMultiple,
        error_messages={"required": _("Choose whom it is for.")},
        help_text=_("Others do not find it. Line managers have no pages here: send it to them."),
    )
    aspects = forms.MultipleChoiceField(
        label=_("Points of the checklist"),
        required=False,
        widget=ChipSelectMultiple,
        help_text=_("It is suggested to mentors who ask for support with these."),
    )
    stages = forms.MultipleChoiceField(
        label=_("Stages of the mentorship"),
        choices=Stage.choices,
        required=False,
        widget=ChipSelectMultiple,
        help_text=_("None: it suits any stage."),
    )
    minutes = forms.IntegerField(label=_("Minutes it takes"), min_value=1, max_value=600, required=False)

    def __init__(self, *args, points, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["aspects"].choices = [(point.key, point.title) for point in points]

    def values(self) -> dict:
        """What the services take; a file is called ``upload`` there. Points that are no longer in use stay with it."""
        data = dict(self.cleaned_data)
        offered = dict(self.fields["aspects"].choices)
        data["aspects"] += [key for key in self.initial.get("aspects", ()) if key not in offered]
        return data | ({"upload": data.pop("file")} if "file" in data else {})


class TextForm(ResourceForm):
    body = forms.CharField(
        label=_("Text"),
        max_length=40_000,
        widget=forms.Textarea,
        help_text=_("An empty line begins a paragraph, ## a heading, - a list, > a quote; **two stars** make words bold."),
    )
    field_order = ["title", "summary", "body"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].widget.attrs["rows"] = 14


class LinkForm(ResourceForm):
    url = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(schemes=["https", "http"])],
        error_messages={"invalid": _("This is not a web address. It begins with https://.")},
    )
    field_order = ["title", "summary", "url"]


class FileForm(ResourceForm):
    file = UploadField(
        label=_("File"), help_text=_("PDF, Word, Excel, PowerPoint, a picture or plain text; at most 10 MB.")
    )
    field_order = ["title", "summary", "file"]

    def __init__(self, *args, has_file=False, **kwargs):
        super().__init__(*args, **kwargs)
        if has_file:
            self.fields["file"].required = False
            self.fields["file"].label = _("Another file in its place")


FORMS = {OwnResource.Kind.TEXT: TextForm, OwnResource.Kind.LINK: LinkForm, OwnResource.Kind.FILE: FileForm}


class ShelfForm(HouseForm, forms.Form):
    """The filters over the shelf; what is not among the choices filters nothing."""

    q = forms.CharField(label=_("Words"), max_length=100, required=False)
    aspect = forms.ChoiceField(label=_("Point"), required=False)
    stage = forms.ChoiceField(label=_("Stage"), choices=[("", _("Any")), *Stage.choices], required=False)
    reader = forms.ChoiceField(label=_("For whom"), choices=[("", _("Everybody")), *OwnResource.Reader.choices], required=False)

    def __init__(self, *args, readers, points, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["aspect"].choices = [("", _("All")), *((point.key, point.title) for point in points)]
        if len(readers) < 2:
            del self.fields["reader"]
        else:
            self.fields["reader"].choices = [choice for choice in self.fields["reader"].choices if not choice[0] or choice[0] in readers]

    def chosen(self) -> dict:
        """The filters that make sense, as books_for takes them."""
        self.is_valid()
        data = self.cleaned_data
        return {"query": data.get("q", "").strip()} | {name: data.get(name) or "" for name in ("aspect", "stage", "reader")}
