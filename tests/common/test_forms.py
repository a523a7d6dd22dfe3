from datetime import date

import pytest
from bs4 import BeautifulSoup
from crispy_forms.utils import render_crispy_form
from django import forms

from common.forms import ChipSelect, ChipSelectMultiple, HouseForm, MoodSelect, ScaleSelect, SliderInput, summary_of


class SampleForm(HouseForm, forms.Form):
    name = forms.CharField(label="Name", help_text="As in letters.")
    starts_on = forms.DateField(label="First day")
    way = forms.ChoiceField(label="How?", choices=[("video", "Video"), ("phone", "Phone")], widget=ChipSelect(icons={"video": "video"}))
    days = forms.MultipleChoiceField(label="Days", choices=[("mo", "Monday"), ("tu", "Tuesday")], widget=ChipSelectMultiple)
    mood = forms.ChoiceField(label="Mood", choices=[(1, "Stuck"), (2, "Lost"), (3, "Steady"), (4, "Good"), (5, "Flying")], widget=MoodSelect)
    value = forms.ChoiceField(label="Value", choices=[(1, "1"), (2, "2")], widget=ScaleSelect(ends=("not at all", "very")))
    notes = forms.CharField(label="Notes", required=False)
    token = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("The dates overlap.")


GOOD = {"name": "Autumn", "starts_on": "2026-10-05", "way": "video", "days": ["tu"], "mood": "3", "value": "2", "token": "x"}


def page(form):
    return BeautifulSoup(render_crispy_form(form), "html.parser")


def test_every_error_stands_in_the_summary_and_leads_to_a_control():
    html = page(SampleForm({}))
    links = html.select(".error-summary a")
    assert [link.text for link in links] == [
        "Name: Please fill this in.",
        "First day: Please fill this in.",
        "How? Please choose.",
        "Days: Please choose.",
        "Mood: Please choose.",
        "Value: Please choose.",
    ]
    controls = {element["id"] for element in html.select("input[id], select[id]")}
    assert {link["href"][1:] for link in links} <= controls
    # What has no control in sight is said without a link, and not lost.
    assert [li.text for li in html.select(".error-summary li") if not li.a] == ["The dates overlap.", "Token: Please fill this in."]


def test_a_form_nobody_sent_has_no_summary():
    assert summary_of(SampleForm()) == []
    assert page(SampleForm()).select(".error-summary") == []


def test_a_field_names_its_hint_and_its_error():
    html = page(SampleForm({}))
    field = html.select_one("#id_name")
    ids = field["aria-describedby"].split()
    assert ids == ["id_name_helptext", "id_name_error"]
    assert [html.find(id=name).get_text(strip=True) for name in ids] == ["As in letters.", "Error:Please fill this in."]
    assert field["aria-invalid"] == "true"


def test_only_optional_fields_are_marked():
    html = page(SampleForm())
    assert [mark.parent.get_text(" ", strip=True) for mark in html.select(".optional")] == ["Notes (optional)"]


def test_choices_are_chips_in_a_named_group_with_the_chosen_one_marked():
    html = page(SampleForm(GOOD))
    group = html.select_one("#div_id_way")
    assert (group.name, group.legend.get_text(strip=True)) == ("fieldset", "How?")
    assert [chip.get_text(strip=True) for chip in group.select("label.chip")] == ["Video", "Phone"]
    assert [box["value"] for box in html.select("fieldset input[checked]")] == ["video", "tu", "3", "2"]
    assert [box["type"] for box in html.select("#div_id_days input")] == ["checkbox", "checkbox"]
    assert len(html.select("#div_id_way svg")) == 1  # the icon of video; phone has none
    assert len(html.select("#div_id_mood svg")) == 5
    assert [end.text for end in html.select(".scale-ends span")] == ["not at all", "very"]


def test_dates_use_the_devices_own_picker_and_keep_their_value():
    html = page(SampleForm(initial={"starts_on": date(2026, 10, 5)}))
    assert (html.select_one("#id_starts_on")["type"], html.select_one("#id_starts_on")["value"]) == ("date", "2026-10-05")


def test_markup_in_a_label_or_value_stays_text():
    class Bad(HouseForm, forms.Form):
        name = forms.CharField(label="<img src=x>")
        way = forms.ChoiceField(choices=[("<b>", "<script>alert(1)</script>")], widget=ChipSelect)

    html = page(Bad({"name": '"><script>x</script>', "way": "no"}))
    assert html.select("script, img") == []


def test_a_form_keeps_its_own_sentence_for_an_empty_field():
    class Own(HouseForm, forms.Form):
        name = forms.CharField(error_messages={"required": "Tell us what to call it."})

    assert Own({}).errors["name"] == ["Tell us what to call it."]


class WeightForm(HouseForm, forms.Form):
    weight = forms.IntegerField(min_value=0, max_value=100, required=False, label="Weight", widget=SliderInput())


def test_a_slider_and_its_number_start_alike_and_both_have_a_name():
    html = page(WeightForm(initial={"weight": 30}))
    slider, number = html.select_one("input[type=range]"), html.select_one("input[type=number]")
    assert (slider["value"], number["value"], slider["min"], slider["max"]) == ("30", "30", "0", "100")
    assert html.select_one(f"#{slider['aria-labelledby']}").text.strip().startswith("Weight")
    assert page(WeightForm()).select_one("input[type=range]")["value"] == "0"  # a browser would put an empty one in the middle


@pytest.mark.parametrize(
    ("number", "slider", "was", "counts"),
    [("30", "30", "30", 30), ("30", "45", "30", 45), ("50", "30", "30", 50), ("50", "45", "30", 50), ("", "0", "", None), ("", "20", "", 20)],
)
def test_without_script_whichever_was_moved_counts(number, slider, was, counts):
    form = WeightForm({"weight": number, "weight-slider": slider, "weight-was": was})
    assert form.is_valid()
    assert form.cleaned_data["weight"] == counts


def test_a_number_alone_is_enough():
    form = WeightForm({"weight": "12"})
    assert form.is_valid()
    assert form.cleaned_data["weight"] == 12
