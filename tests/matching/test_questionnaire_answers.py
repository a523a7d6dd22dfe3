"""Answering: signed in and by link, kept as it is filled, facts in the participant's row, what is wrong said by the field."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from matching.models import QuestionnaireAnswer, QuestionnaireResponse
from matching.services import questionnaire_answers as service
from matching.services import questionnaire_asking as asking
from matching.services import questionnaire_questions as questions
from matching.services import questionnaire_sheets as sheets
from matching.services import questionnaires
from organisations.models import Draft
from organisations.services.links import link_url
from post.models import Letter
from programmes.models import Participant
from tests import factories as make
from tests.queries import MOST, count_queries

FULL = {
    "q-industry": "digital", "q-career_goal": "go to university", "q-skills": ["confidence", "planning"], "q-skills-other": "welding, cad",
    "q-help": ["feeling more confident"], "q-town": "Hull", "q-availability": ["Mon am", "Fri pm"], "q-rhythm": "every week",
    "q-channel-other": "carrier pigeon", "q-languages": ["English", "Welsh"], "q-style": "4", "q-note": "أحب البرمجة 🙂",
}  # fmt: skip


@pytest.fixture
def student(northfield):
    return northfield.student


def here(person):
    return reverse("matching:questionnaire_answer", args=["northfield", person.pk])


def stored(house, person):
    with house.scope():
        return dict(QuestionnaireAnswer.objects.filter(response__participant=person).values_list("key", "values"))


def now(house, person):
    with house.scope():
        return Participant.objects.get(pk=person.pk)


def link_of(house, person):
    with house.scope():
        return link_url("matching:questionnaire_by_link", "questionnaire", person.pk, membership=person.membership)


def test_answers_meet_the_roster_in_one_row(northfield, student, sign_in):
    client = sign_in(northfield.people["student"])
    page = client.get(here(student))
    form = page.context["form"]
    assert (form["q-town"].value(), form["q-languages"].value(), form["q-skills"].value()) == ("Leeds", ["English"], ["python", "networking"])
    assert client.post(here(student), FULL).status_code == 302
    person = now(northfield, student)
    assert (person.industry, person.town, person.channel, person.career_goal) == ("digital", "Hull", "carrier pigeon", "go to university")
    assert person.availability == ["Mon am", "Fri pm"]
    assert person.wants_skills == ["confidence", "planning", "welding", "cad"]
    rows = stored(northfield, student)
    assert (rows["rhythm"], rows["style"], rows["note"]) == (["every week"], ["4"], ["أحب البرمجة 🙂"])
    assert rows["town"] == ["Hull"]
    assert "interests" not in rows
    with northfield.scope():
        response = QuestionnaireResponse.objects.get(participant=student)
        assert (response.version, response.by_link, response.answered_at is not None) == (0, False, True)
        assert Event.objects.filter(verb="questionnaire answered").count() == 1


def test_what_came_last_counts_and_is_told(northfield, student, sign_in):
    sign_in(northfield.people["student"]).post(here(student), FULL)
    with northfield.scope():
        Participant.objects.filter(pk=student.pk).update(town="York")
    page = sign_in(northfield.people["coordinator"]).get(
        reverse("matching:questionnaire_person", args=["northfield", northfield.programme.pk, student.pk])
    )
    rows = {row["label"]: row for row in page.context["rows"]}
    town = rows["In which town could you meet?"]
    assert town["text"] == "York"
    assert town["note"].startswith("Changed since by roster or by hand.")
    assert town["note"].endswith("they answered: Hull.")
    assert rows["When are you usually free?"] == {"label": "When are you usually free?", "text": "Mon am, Fri pm", "note": ""}
    assert rows["How do you like to learn something new?"]["text"].startswith("4 of 5")
    again = sign_in(northfield.people["student"]).get(here(student)).context["form"]
    assert again["q-town"].value() == "York"


def test_empty_where_an_answer_is_needed_says_so_by_the_field_and_loses_nothing(northfield, student, sign_in):
    client = sign_in(northfield.people["student"])
    wrong = client.post(here(student), {"q-note": "Typed at length", "q-town": "Hull"})
    assert wrong.status_code == 422
    errors = wrong.context["form"].errors
    assert {name: list(found) for name, found in errors.items()} == {
        "q-industry": ["Please choose one."],
        "q-availability": ["Please tick at least one half day."],
        "q-languages": ["Please choose at least one."],
    }
    assert "Typed at length" in wrong.text
    assert 'href="#id_q-availability_0"' in wrong.text
    assert stored(northfield, student) == {}


def test_a_word_of_their_own_is_an_answer(northfield, student, sign_in):
    client = sign_in(northfield.people["student"])
    data = {**FULL, "q-industry": "", "q-industry-other": "bee keeping", "q-languages": [], "q-languages-other": "Tagalog, tagalog"}
    assert client.post(here(student), data).status_code == 302
    person = now(northfield, student)
    assert (person.industry, person.languages) == ("bee keeping", ["Tagalog"])
    form = client.get(here(student)).context["form"]
    assert (form["q-industry-other"].value(), form["q-languages-other"].value()) == ("bee keeping", "Tagalog")
    client.post(here(student), {**data, "seen": form["seen"].value(), "q-industry": "digital"})  # chosen, the words forgotten
    assert now(northfield, student).industry == "digital"


def test_rather_online_is_the_rosters_word_for_it(northfield, student, sign_in):
    client = sign_in(northfield.people["student"])
    client.post(here(student), {**FULL, "q-town-other": "on"})
    assert now(northfield, student).town == "Online only"
    form = client.get(here(student)).context["form"]
    assert (form["q-town"].value(), form["q-town-other"].value()) == ("", True)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("q-rhythm", "hourly", "is no longer offered"),
        ("q-help", ["mind reading"], "is no longer offered"),
        ("q-style", "9", ""),
        ("q-town", "x" * 101, "100"),
        ("q-note", "x" * 2001, "2000"),
        ("q-availability", ["Mon night"], ""),
        ("q-skills-other", ", ".join(f"skill {n}" for n in range(40)), "30 answers are the most"),
    ],
)
def test_bad_input_is_said_by_its_field(northfield, student, sign_in, field, value, said):
    wrong = sign_in(northfield.people["student"]).post(here(student), {**FULL, field: value})
    assert wrong.status_code == 422
    name = field.removesuffix("-other")
    assert said in " ".join(wrong.context["form"].errors[name])
    assert set(wrong.context["form"].errors) == {name}
    assert stored(northfield, student) == {}


def test_by_link_without_an_account_and_resumed_signed_in(northfield, student, client, sign_in):
    url = link_of(northfield, student)
    page = client.get(url)
    assert page.status_code == 200
    with northfield.scope():
        assert not QuestionnaireResponse.objects.exists()  # looking does nothing
    draft = client.post(page.context["doors"].draft, {"q-note": "Begun on the bus", "q-help": ["feeling more confident"]})
    assert draft.status_code == 204
    mine = sign_in(northfield.people["student"]).get(here(student))
    assert (mine.context["form"]["q-note"].value(), mine.context["form"]["q-help"].value()) == ("Begun on the bus", ["feeling more confident"])
    assert mine.context["has_draft"]
    client.logout()
    assert client.post(url, FULL).status_code == 302
    assert now(northfield, student).town == "Hull"
    with northfield.scope():
        assert QuestionnaireResponse.objects.get().by_link
        assert not Draft.objects.exists()
    done = client.get(url + "?done=1")
    assert "Your answers are in" in done.text


def test_go_on_later_without_script_keeps_it_unjudged(northfield, student, sign_in):
    client = sign_in(northfield.people["student"])
    assert client.post(here(student), {"later": "1", "q-note": "Half a thought", "q-style": "3"}).url == here(student)
    page = client.get(here(student))
    assert "Kept. You can go on whenever you like." in page.text  # signed in there is no link to open
    form = page.context["form"]
    assert (form["q-note"].value(), form["q-style"].value()) == ("Half a thought", "3")
    assert form["q-town"].value() == "Leeds"  # left empty in the draft: what the roster knows still shows
    assert stored(northfield, student) == {}


def test_two_tabs_do_not_overwrite_each_other_unseen(northfield, student, sign_in):
    client = sign_in(northfield.people["student"])
    seen = client.get(here(student)).context["form"]["seen"].value() or ""
    assert client.post(here(student), {**FULL, "seen": seen, "q-town": "York"}).status_code == 302
    stale = client.post(here(student), {**FULL, "seen": seen, "q-town": "Hull"})
    assert stale.status_code == 422
    assert "in another window" in stale.context["form"].non_field_errors()[0]
    assert now(northfield, student).town == "York"
    assert stale.context["form"]["q-town"].value() == "Hull"  # what this window says is still there
    assert client.post(here(student), {**FULL, "seen": stale.context["form"]["seen"].value()}).status_code == 302
    assert now(northfield, student).town == "Hull"


def test_the_same_form_twice_makes_one_of_everything(northfield, student, sign_in):
    client = sign_in(northfield.people["student"])
    client.post(here(student), FULL)
    client.post(here(student), FULL)
    with northfield.scope():
        assert QuestionnaireResponse.objects.count() == 1
        keys = list(QuestionnaireAnswer.objects.values_list("key", flat=True))
        assert len(keys) == len(set(keys)) > 8


def test_a_new_version_keeps_answers_whose_question_stays(northfield, student, sign_in):
    client = sign_in(northfield.people["student"])
    client.post(here(student), FULL)
    with northfield.scope():
        by = northfield.people["coordinator"]
        draft = questionnaires.start_draft(programme=northfield.programme, side="student", by=by)
        questions.remove_question(question=draft.questions.get(key="note"), by=by)
        rhythm = draft.questions.get(key="rhythm")
        questions.change_question(question=rhythm, by=by, options=["every two weeks", "once a month"])
        questionnaires.publish_questionnaire(questionnaire=draft, by=by)
    page = client.get(here(student))
    assert "The questions have changed since you answered" in page.text
    form = page.context["form"]
    assert form["q-help"].value() == ["feeling more confident"]
    assert form["q-rhythm"].value() == ""  # what was chosen is not offered any more
    gone = client.post(here(student), {**FULL, "seen": form["seen"].value()})  # a window from before the change
    assert gone.context["form"].errors["q-rhythm"] == ["“every week” is no longer offered. Please choose again."]
    assert gone.context["form"]["q-help"].value() == ["feeling more confident"]
    assert client.post(here(student), {**FULL, "seen": form["seen"].value(), "q-rhythm": "once a month"}).status_code == 302
    rows = stored(northfield, student)
    assert (rows["rhythm"], rows["help"], "note" in rows) == (["once a month"], ["feeling more confident"], False)
    with northfield.scope():
        assert QuestionnaireResponse.objects.get().version == 1


def test_closed_for_who_left_and_for_a_closed_programme(northfield, student, client):
    url = link_of(northfield, student)
    for model, pk, field in (
        (type(northfield.programme), northfield.programme.pk, "closed_at"), (Participant, student.pk, "withdrawn_at"),
    ):  # fmt: skip
        with northfield.scope():
            model.objects.filter(pk=pk).update(**{field: timezone.now()})
        assert "nothing to answer here any more" in client.get(url).text
        client.post(url, FULL)
        client.post(url.replace("/questionnaire/", "/questionnaire/draft/"), FULL)
        with northfield.scope():
            model.objects.filter(pk=pk).update(**{field: None})
    assert (stored(northfield, student), now(northfield, student).town) == ({}, "Leeds")
    with northfield.scope():
        assert not Draft.objects.exists()


def test_a_link_opens_its_holders_page_only(northfield, student, client):
    with northfield.scope():
        other = make.StudentFactory(programme=northfield.programme)
        wrong = link_url("matching:questionnaire_by_link", "questionnaire", other.pk, membership=northfield.people["student"])
        nobody = link_url("matching:questionnaire_by_link", "questionnaire", student.pk, holder_name="Somebody")
    assert [client.get(url).status_code for url in (wrong, nobody)] == [404, 404]


def test_another_window_is_refused_by_the_service_too(northfield, student):
    with northfield.scope():
        student = Participant.objects.select_related("programme", "membership").get(pk=student.pk)
        sheet = sheets.sheet_now(student.programme, "student")
        service.save_answers(participant=student, sheet=sheet, answers={"note": ["one"]}, by=student.membership)
        with pytest.raises(service.ChangedMeanwhile):
            service.save_answers(participant=student, sheet=sheet, answers={"note": ["two"]}, by=student.membership)
        assert QuestionnaireAnswer.objects.get().values == ["one"]


def test_answering_takes_back_the_letter_that_waits(northfield, student, client):
    with northfield.scope():
        asking.ask(programme=northfield.programme, by=northfield.people["coordinator"])
        waiting = Letter.objects.get(to_email=student.membership.email, name="questionnaire_asked")
    client.post(link_of(northfield, student), FULL)
    with northfield.scope():
        waiting.refresh_from_db()
    assert waiting.status == "dropped"


def test_words_of_several_are_offered_and_of_one_are_not(northfield, student, sign_in):
    with northfield.scope():
        for _number in range(3):
            make.MentorFactory(programme=northfield.programme, skills=["welding"])
        make.MentorFactory(programme=northfield.programme, skills=["something only I do"])
    page = sign_in(northfield.people["student"]).get(here(student))
    offered = [value for value, _label in page.context["form"].fields["q-skills"].choices]
    assert "welding" in offered
    assert "something only I do" not in page.text


def test_the_page_costs_the_same_however_many_take_part(northfield, student, sign_in):
    client = sign_in(northfield.people["student"])
    before = count_queries(client, here(student))
    with northfield.scope():
        for _number in range(10):
            make.MentorFactory(programme=northfield.programme)
    assert count_queries(client, here(student)) == before <= MOST


def test_today_names_the_questionnaire_until_it_is_answered(northfield, student, sign_in):
    client = sign_in(northfield.people["student"])
    with northfield.scope():
        asking.ask(programme=northfield.programme, by=northfield.people["coordinator"], at=timezone.now() - dt.timedelta(days=2))
    assert here(student) in client.get("/o/northfield/").text
    client.post(here(student), FULL)
    assert here(student) not in client.get("/o/northfield/").text
