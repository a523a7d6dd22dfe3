"""Forms in our look: label, hint, error by the field, a summary on top, chips instead of bare radios.

    class CheckInForm(HouseForm, forms.ModelForm): ...

    <form method="post" data-once>{% csrf_token %}{% crispy form %}…</form>      (the page writes the form tag and its button)
"""

from crispy_forms.helper import FormHelper
from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _


class AlongsideFormHelper(FormHelper):
    """crispy's helper without form tag, token or buttons: those stand in the page."""

    form_tag = False
    disable_csrf = True


class HouseForm:
    """Mixin for every form a page shows. Gives ``form.helper`` and native inputs for dates and times."""

    # The summary and the field say it in our words; the browser's own bubbles would speak first.
    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _use_native_input(field)
            _speak_plainly(field)

    @property
    def helper(self):
        return AlongsideFormHelper(self)


class ChipSelect(forms.RadioSelect):
    """One of a few, as thumb-sized chips. icons: {value: icon name}."""

    house_style = "chips"

    def __init__(self, *args, icons=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.icons = icons or {}

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        option["icon"] = self.icons.get(getattr(value, "value", value), "")
        return option

    def __deepcopy__(self, memo):
        copy = super().__deepcopy__(memo)
        copy.icons = self.icons
        return copy


class ChipSelectMultiple(ChipSelect, forms.CheckboxSelectMultiple):
    """Several of a few, as chips with a tick."""

    allow_multiple_selected = True
    input_type = "checkbox"

    def use_required_attribute(self, initial):
        return False

    def id_for_label(self, id_, index=None):
        return forms.CheckboxSelectMultiple.id_for_label(self, id_, index)


class LongChipSelect(ChipSelect):
    """Answers that are sentences: one under the other, full width."""

    house_style = "chips long"


class MoodSelect(ChipSelect):
    """Five faces from low to high. icons may name others."""

    house_style = "mood"
    FACES = ["frown", "annoyed", "meh", "smile", "laugh"]

    def optgroups(self, name, value, attrs=None):
        groups = super().optgroups(name, value, attrs)
        shown = [option for _group, options, _index in groups for option in options if option["value"] != ""]
        for face, option in zip(self.FACES, shown, strict=False):
            option["icon"] = option["icon"] or face
        return groups


class ScaleSelect(ChipSelect):
    """A scale of numbers; ``ends``: what the lowest and the highest mean."""

    house_style = "scale"

    def __init__(self, *args, ends=("", ""), **kwargs):
        super().__init__(*args, **kwargs)
        self.ends = ends

    def __deepcopy__(self, memo):
        copy = super().__deepcopy__(memo)
        copy.ends = self.ends
        return copy


class SliderInput(forms.NumberInput):
    """A number, and a slider for it, which move together. Without script whichever was moved counts: the page keeps what it was.

    lowest, highest: the slider's ends.
    """

    def __init__(self, *args, lowest=0, highest=100, **kwargs):
        super().__init__(*args, **kwargs)
        self.ends = {"min": lowest, "max": highest}

    def __deepcopy__(self, memo):
        copy = super().__deepcopy__(memo)
        copy.ends = self.ends
        return copy

    def render(self, name, value, attrs=None, renderer=None):
        number = super().render(name, value, {**(attrs or {}), **self.ends}, renderer)
        shown = "" if value is None else str(self.format_value(value))
        slider = {"type": "range", "name": f"{name}-slider", "value": shown or self.ends["min"], **self.ends}
        slider["aria-labelledby"] = f"label-{(attrs or {}).get('id', name)}"
        was = {"type": "hidden", "name": f"{name}-was", "value": shown}
        return format_html(
            '<div class="slide" data-slide><input{}>{}<input{}></div>', flatatt(slider), number, flatatt(was)
        )

    def value_from_datadict(self, data, files, name):
        """The number, unless only the slider was moved."""
        number, slider, was = (data.get(key) for key in (name, f"{name}-slider", f"{name}-was"))
        moved = slider is not None and was is not None and slider != (was or str(self.ends["min"]))
        return slider if moved and number == was else number


def summary_of(form) -> list[dict]:
    """Every error of a bound form: {"target": id to link to, or "", "text", "field": label}. Field order, whole-form errors first."""
    if not form.is_bound:
        return []
    rows = [{"target": "", "text": text, "field": ""} for text in form.non_field_errors()]
    for field in form:
        rows += [
            {"target": "" if field.is_hidden else _target(field), "text": text, "field": _lead_in(field.label)} for text in field.errors
        ]
    return rows


def _lead_in(label):
    """The label as the beginning of a line: "First day:", but a question stays as it is."""
    return label if str(label).endswith(("?", "…", ":")) else f"{label}:"


def _target(field):
    """Radios and checkboxes have no element with the field's own id: link to the first of them."""
    if isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


def _speak_plainly(field):
    """Django's standing sentence for an empty field in our words, unless the form has its own."""
    if str(field.error_messages.get("required")) != str(forms.Field.default_error_messages["required"]):
        return
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        field.error_messages["required"] = _("Please choose.")
    elif isinstance(field, forms.BooleanField):
        field.error_messages["required"] = _("Please tick this to go on.")
    elif isinstance(field, forms.FileField):
        field.error_messages["required"] = _("Please choose a file.")
    else:
        field.error_messages["required"] = _("Please fill this in.")


def _use_native_input(field):
    kinds = {forms.DateInput: "date", forms.TimeInput: "time", forms.DateTimeInput: "datetime-local"}
    widget = field.widget
    kind = kinds.get(type(widget))
    if kind:
        widget.input_type = kind
        widget.format = {"date": "%Y-%m-%d", "time": "%H:%M", "datetime-local": "%Y-%m-%dT%H:%M"}[kind]
    if isinstance(widget, forms.Textarea):
        widget.attrs.setdefault("rows", 3)
