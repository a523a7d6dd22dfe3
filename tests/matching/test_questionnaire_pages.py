"""The builder's pages, as a coordinator uses them: without script, with bad input, in another script."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from matching.models import Question, Questionnaire
from matching.services import questionnaire_sheets as sheets
from matching.services import questionnaires
from tests.queries import MOST, count_queries

SHIFT = {
    "label": "Which shift suits you?", "help": "", "kind": "choice", "options": "early\nlate\nEarly\n\n", "axis": "time", "weight": "4",
    "is_hard": "on",
}  # fmt: skip


@pytest.fixture
def client_in(northfield, sign_in):
    return sign_in(northfield.people["coordinator"])


@pytest.fixture
def at(northfield):
    def address(name, *args):
        return reverse(f"matching:{name}", args=["northfield", *(args or [northfield.programme.pk, "student"])])

    return address


@pytest.fixture
def draft(northfield):
    with northfield.scope():
        yield questionnaires.start_draft(programme=northfield.programme, side="student", by=northfield.people["coordinator"])


def newest():
    return Question.objects.order_by("pk").last()


def errors(answer):
    assert answer.status_code == 422
    return {name: list(found) for name, found in answer.context["form"].errors.items()}


def test_copy_change_publish(northfield, client_in, at):
    page = client_in.get(at("questionnaire_build"))
    assert "Our preset" in page.text
    assert "Move up" not in page.text  # nothing to change before it is a copy
    assert [client_in.post(at("questionnaire_start")).status_code for _ in range(2)] == [302, 302]
    client_in.post(at("question_add"), SHIFT)
    with northfield.scope():
        assert Questionnaire.objects.count() == 1
        row = newest()
        assert (row.label, row.options, row.axis, row.weight, row.is_hard) == (SHIFT["label"], ["early", "late"], "time", 4, True)
    page = client_in.get(at("questionnaire_build"))
    assert "Mentors are not asked this, so it cannot count yet." in page.text
    client_in.post(at("question_ask_too", row.pk))
    assert "Mentors are not asked this" not in client_in.get(at("questionnaire_build")).text
    asks = client_in.get(at("questionnaire_publish"))
    assert "Nobody has answered yet" in asks.text
    client_in.post(at("questionnaire_publish"))
    with northfield.scope():
        assert sheets.sheet_now(northfield.programme, "student").question("which-shift-suits-you").is_hard
    assert client_in.get(at("questionnaire_publish")).status_code == 302  # nothing to publish any more
    assert "Version 1." in client_in.get(at("questionnaire_build")).text


def test_move_and_remove_by_buttons(northfield, client_in, at, draft):
    keys = list(draft.questions.values_list("key", flat=True))
    second = draft.questions.all()[1]
    client_in.post(at("question_move", second.pk), {"to": "up"})
    assert "Remove this question?" in client_in.get(at("question_remove", second.pk)).text
    with northfield.scope():
        assert list(draft.questions.values_list("key", flat=True)) == [keys[1], keys[0], *keys[2:]]
    client_in.post(at("question_remove", second.pk))
    assert client_in.post(at("question_remove", second.pk)).url == at("questionnaire_build")
    page = client_in.get(at("questionnaire_build"))
    assert [one.key for one in page.context["lacking"]] == [keys[1]]
    client_in.post(at("question_add"), {"ready": keys[1]})
    client_in.post(at("question_add"), {"ready": keys[1]})
    with northfield.scope():
        assert list(draft.questions.values_list("key", flat=True)) == [keys[0], *keys[2:], keys[1]]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"label": ""}, {"label": ["Please fill this in."]}),
        ({"label": "x" * 301}, {"label": ["Ensure this value has at most 300 characters (it has 301)."]}),
        ({"options": "only"}, {"options": ["Write at least two options, one on each line."]}),
        ({"options": "\n".join(f"o{n}" for n in range(41))}, {"options": ["40 options are the most."]}),
        ({"options": "a\n" + "b" * 101}, {"options": [f"“{'b' * 40}…” is too long. An option has at most 100 letters."]}),
        ({"weight": "9999"}, {"weight": ["Select a valid choice. 9999 is not one of the available choices."]}),
        ({"weight": "-1"}, {"weight": ["Select a valid choice. -1 is not one of the available choices."]}),
        ({"axis": "luck"}, {"axis": ["Select a valid choice. luck is not one of the available choices."]}),
        ({"kind": "essay"}, {"kind": ["Select a valid choice. essay is not one of the available choices."]}),
        ({"kind": "text"}, {"axis", "is_hard"}),
        ({"axis": ""}, {"is_hard": ["Say what it counts for too; an answer that only you read cannot be a must."]}),
    ],
)
def test_bad_input_is_said_by_its_field_and_nothing_typed_is_lost(northfield, client_in, at, change, said):
    found = client_in.post(at("question_add"), SHIFT | change)
    given = errors(found)
    assert given == said if isinstance(said, dict) else set(given) == said
    html = BeautifulSoup(found.text, "html.parser")
    assert html.select_one("#id_label")["value"] == (SHIFT | change)["label"] if (SHIFT | change)["label"] else True
    with northfield.scope():
        assert not Question.objects.filter(key="which-shift-suits-you").exists()


@pytest.mark.parametrize("label", ["x" * 300, "ما هي اللغة التي تفضلها؟", "<script>alert(1)</script>?", "🙂"])
def test_long_foreign_and_hostile_words_are_shown_as_they_are(northfield, client_in, at, label):
    client_in.post(at("question_add"), SHIFT | {"label": label, "options": "نعم\nلا"})
    for name in ("questionnaire_build", "questionnaire_preview"):
        page = BeautifulSoup(client_in.get(at(name)).text, "html.parser")
        assert label in page.get_text()
    with northfield.scope():
        assert (newest().label, newest().options) == (label, ["نعم", "لا"])


def test_a_fact_keeps_its_kind_and_its_place_in_the_engine(northfield, client_in, at, draft):
    town, channel = draft.questions.get(key="town"), draft.questions.get(key="channel")
    form = client_in.get(at("question", channel.pk)).context["form"]
    assert set(form.fields) == {"label", "help", "kind", "options", "allows_other", "low", "high", "required", "is_hard"}
    assert "is_hard" not in client_in.get(at("question", town.pk)).context["form"].fields
    data = {"label": "How?", "kind": "text", "options": "pigeon\nphone", "axis": "goals", "is_hard": "on"}
    client_in.post(at("question", channel.pk), data)
    with northfield.scope():
        channel.refresh_from_db()
        assert (channel.label, channel.kind, channel.key, channel.options) == ("How?", "choice", "channel", ["pigeon", "phone"])
        assert (channel.axis, channel.is_hard) == ("", True)


def test_a_scale_says_what_its_ends_mean(northfield, client_in, at):
    client_in.post(at("question_add"), {"label": "Talk or try?", "kind": "scale", "low": "talk", "high": "try", "axis": "compatibility"})
    with northfield.scope():
        assert newest().options == ["talk", "try"]
        pk = newest().pk
    assert client_in.get(at("question", pk)).context["form"]["high"].value() == "try"


def test_a_mentors_question_is_paired_in_words(northfield, client_in, at, draft):
    programme = northfield.programme.pk
    client_in.post(at("question_add"), SHIFT)
    add = at("question_add", programme, "mentor")
    choices = [label for _key, label in client_in.get(add).context["form"].fields["pair_with"].choices]
    assert SHIFT["label"] in choices
    assert "In which town could you meet?" not in choices  # rosters' facts are compared anyway
    mine = {"label": "When do you work?", "kind": "scale", "pair_with": "which-shift-suits-you"}
    assert list(errors(client_in.post(add, mine))) == ["pair_with"]
    good = mine | {"kind": "many", "options": "early\nlate"}
    assert client_in.post(add, good).status_code == 302
    again = errors(client_in.post(add, good))
    assert again == {"pair_with": ["That question has its counterpart already. Choose another, or remove the first."]}
    assert list(errors(client_in.post(add, good | {"pair_with": "nonsense"}))) == ["pair_with"]


def test_the_published_is_not_changed_by_an_old_page(northfield, client_in, at, draft):
    row = draft.questions.first()
    with northfield.scope():
        questionnaires.publish_questionnaire(questionnaire=draft, by=northfield.people["coordinator"])
    late = client_in.post(at("question", row.pk), {"label": "Sneaky?", "kind": row.kind, "options": "a\nb"})
    assert "published or dropped meanwhile" in errors(late)["__all__"][0]
    client_in.post(at("question_move", row.pk), {"to": "down"})
    client_in.post(at("question_remove", row.pk))
    client_in.post(at("question_ask_too", row.pk))
    with northfield.scope():
        assert draft.questions.first() == row
        assert sheets.sheet_now(northfield.programme, "student").questions[0].label == row.label
        assert Questionnaire.objects.count() == 1


def test_a_draft_is_thrown_away_and_background_is_offered_or_not(northfield, client_in, at, draft):
    client_in.post(at("questionnaire_offer"), {"offered": "0"})
    assert "It is not offered." in client_in.get(at("questionnaire_build")).text
    client_in.post(at("questionnaire_offer"), {"offered": "1"})
    assert "It is offered." in client_in.get(at("questionnaire_build")).text
    assert [client_in.post(at("questionnaire_drop")).status_code for _ in range(2)] == [302, 302]
    assert [client_in.post(at("questionnaire_offer")).status_code] == [302]
    with northfield.scope():
        assert not Questionnaire.objects.exists()


@pytest.mark.parametrize("side", ["student", "mentor"])
def test_the_preview_is_the_page_and_keeps_nothing(northfield, client_in, at, side):
    page = client_in.get(at("questionnaire_preview", northfield.programme.pk, side))
    assert "nothing is kept" in page.text
    html = BeautifulSoup(page.text, "html.parser")
    assert html.select("form.may-skip button") == []
    table = html.select_one("table.slots")
    assert [cell.get_text() for cell in table.select("thead th")] == ["Morning", "Afternoon"]
    assert next(cell.get_text() for cell in table.select("tbody th[scope=row]")) == "Monday"
    assert len(table.select("input[type=checkbox]")) == 14


def test_a_side_that_is_none_and_a_closed_programme(northfield, client_in, at):
    for name in ("questionnaire_build", "questionnaire_preview", "question_add", "questionnaire_publish"):
        assert client_in.get(at(name, northfield.programme.pk, "tutor")).status_code == 404
    with northfield.scope():
        type(northfield.programme).objects.filter(pk=northfield.programme.pk).update(closed_at="2026-01-01T00:00Z")
    page = client_in.get(at("questionnaire_build"))
    assert "Copy and change" not in page.text
    client_in.post(at("questionnaire_start"))
    assert "closed" in str(errors(client_in.post(at("question_add"), SHIFT)))
    with northfield.scope():
        assert not Questionnaire.objects.exists()


def test_pages_cost_the_same_for_few_and_for_many_questions(northfield, client_in, at, draft):
    names = ("questionnaire_build", "questionnaire_preview", "question_add")
    before = [count_queries(client_in, at(name)) for name in names]
    for number in range(12):
        client_in.post(at("question_add"), SHIFT | {"label": f"Shift {number}?"})
    assert [count_queries(client_in, at(name)) for name in names] == before
    assert max(before) <= MOST
