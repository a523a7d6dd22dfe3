"""Steps and progress with what shows it: a note, a link, a file that is what it says."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from common.refused import Refused
from documents.services.clearing import drop_files_without_row
from goals.models import GoalChange, GoalProgress, GoalStep
from goals.services import progress, steps
from tests.goals.helpers import fresh, soon, url, write

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def private_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def goal(northfield):
    with northfield.scope():
        return write(northfield, due_on=soon(20))


def picture():
    exif = Image.Exif()
    exif[0x010F] = "Telephone of Gwen"
    made = io.BytesIO()
    Image.new("RGB", (60, 40), "#0f5f5c").save(made, "JPEG", exif=exif)
    return made.getvalue()


def send(client, house, goal, **fields):
    return client.post(url(house, "progress", goal.pk), {"percent": "50"} | fields)


def get(client, address):
    answer = client.get(address)
    return answer.status_code, b"".join(answer.streaming_content) if answer.streaming else b"", answer


def test_a_photo_is_kept_without_its_place_and_shown_in_the_page(northfield, sign_in, goal):
    client = sign_in(northfield.people["student"])
    for _double_click in range(2):
        assert send(client, northfield, goal, note="Done!", file=SimpleUploadedFile("IMG 1.png", picture())).status_code == 302
    with northfield.scope():
        entry = GoalProgress.objects.get(goal=goal, percent=50)
        assert (entry.file_name, entry.note, fresh(goal).percent) == ("IMG 1.jpg", "Done!", 50)
    assert f'<img class="evidence" src="{url(northfield, "evidence", entry.pk)}"' in client.get(url(northfield, "detail", goal.pk)).content.decode()
    status, content, answer = get(client, url(northfield, "evidence", entry.pk))
    assert (status, b"Telephone" in content, len(content)) == (200, False, entry.file_size)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("image/jpeg", "nosniff", "private, no-store")
    assert answer["Content-Disposition"].startswith("inline")


def test_any_other_file_is_a_download(northfield, sign_in, goal):
    client = sign_in(northfield.people["student"])
    send(client, northfield, goal, file=SimpleUploadedFile("plan.pdf", PDF))
    with northfield.scope():
        entry = GoalProgress.objects.exclude(path="").get()
    status, content, answer = get(client, url(northfield, "evidence", entry.pk))
    assert (status, content, answer["Content-Disposition"][:10]) == (200, PDF, "attachment")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"file": ("plan.pdf", b"MZ\x90\x00" * 40)}, "This cannot be kept"),
        ({"file": ("plan.pdf", b"PNG")}, "The name says .pdf"),
        ({"file": ("page.svg", b"<svg onload='alert(1)'/>")}, "This cannot be kept"),
        ({"file": ("empty.pdf", b"")}, "This file is empty."),
        ({"file": ("big.pdf", b"x" * (11 * 1024 * 1024))}, "at most 10 MB"),
        ({"link": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"link": "ftp://example.com/x"}, "A link begins with https://"),
        ({"percent": "900"}, "Select a valid choice"),
        ({"percent": ""}, "Choose how far the goal is."),
        ({"note": "x" * 501}, "at most 500"),
    ],
)
def test_what_cannot_be_kept_is_said_by_the_field_and_the_note_stays(northfield, sign_in, goal, fields, words):
    fields = dict(fields)
    if "file" in fields:
        fields["file"] = SimpleUploadedFile(*fields["file"])
    answer = send(sign_in(northfield.people["student"]), northfield, goal, **({"note": "Typed with care"} | fields))
    html = answer.content.decode()
    assert (answer.status_code, words in html) == (422, True)
    assert ("Typed with care" if len(fields.get("note", "")) < 500 else "x" * 501) in html
    with northfield.scope():
        assert (GoalProgress.objects.count(), fresh(goal).percent) == (1, 0)


@pytest.mark.parametrize(
    ("who", "status"), [("student", 200), ("mentor", 200), ("tutor", 200), ("coordinator", 200), ("owner", 403), ("lead", 403)]
)
def test_who_may_see_a_file(northfield, riverside, sign_in, goal, who, status):
    with northfield.scope():
        entry = _kept(northfield, goal)
    assert get(sign_in(northfield.people[who]), url(northfield, "evidence", entry.pk))[0] == status
    assert get(sign_in(riverside.people["student"]), url(northfield, "evidence", entry.pk))[0] == 404
    assert get(sign_in(riverside.people["student"]), url(riverside, "evidence", entry.pk))[0] == 404


def _kept(house, goal, who="student"):
    from common.uploads import examine

    upload = examine(SimpleUploadedFile("plan.pdf", PDF))
    return progress.record_progress(goal=goal, percent=10, by=house.people[who], upload=upload)


def test_who_put_it_there_takes_it_away_for_good_and_the_history_keeps_that(northfield, sign_in, goal, private_folder):
    with northfield.scope():
        entry = _kept(northfield, goal)
    assert sign_in(northfield.people["mentor"]).post(url(northfield, "evidence_remove", entry.pk)).status_code == 403
    stored = [path for path in private_folder.rglob("*") if path.is_file()]
    client = sign_in(northfield.people["student"])
    client.post(url(northfield, "evidence_remove", entry.pk))
    with northfield.scope():
        assert (GoalProgress.objects.get(pk=entry.pk).path, GoalChange.objects.get(kind="evidence_removed").text) == ("", "plan.pdf")
    assert len(stored) == 1
    assert client.get(url(northfield, "evidence", entry.pk)).status_code == 404


def test_clearing_up_keeps_files_of_goals(northfield, goal, private_folder):
    with northfield.scope():
        entry = _kept(northfield, goal)
        from django.utils import timezone

        later = timezone.now() + timezone.timedelta(days=3)
        assert drop_files_without_row(organisation_id=northfield.organisation.pk, at=later) == 0
        GoalProgress.objects.filter(pk=entry.pk).delete()
        assert drop_files_without_row(organisation_id=northfield.organisation.pk, at=later) == 1


@pytest.mark.parametrize(
    ("days", "words"), [(-1, "This day has passed"), (25, "The goal itself is due on"), (20, ""), (None, "")]
)
def test_a_step_is_dated_between_today_and_the_goals_own_day(northfield, sign_in, goal, days, words):
    due = soon(days).isoformat() if days is not None else ""
    answer = sign_in(northfield.people["student"]).post(url(northfield, "step_add", goal.pk), {"text": "Ask Amara", "due_on": due})
    assert answer.status_code == (422 if words else 302)
    if words:
        assert words in answer.content.decode()
        assert "Ask Amara" in answer.content.decode()
    with northfield.scope():
        assert GoalStep.objects.count() == (0 if words else 1)


def test_a_step_can_be_given_to_somebody_else_and_another_day(northfield, sign_in, goal):
    with northfield.scope():
        step = steps.add_step(goal=goal, text="Ask Amara", by=northfield.people["student"], owner=northfield.student)
    client = sign_in(northfield.people["mentor"])
    assert "Ask Amara" in client.get(url(northfield, "step_edit", step.pk)).content.decode()
    assert client.post(url(northfield, "step_edit", step.pk), {"text": "", "due_on": ""}).status_code == 422
    sent = {"text": "Ask Amara twice", "owner": northfield.mentor.pk, "due_on": soon(5).isoformat()}
    client.post(url(northfield, "step_edit", step.pk), sent)
    with northfield.scope():
        step.refresh_from_db()
        assert (step.text, step.owner, step.due_on) == ("Ask Amara twice", northfield.mentor, soon(5))
        assert list(GoalChange.objects.values_list("kind", flat=True)) == ["step_added", "step_changed"]


def test_a_goal_is_not_moved_before_its_open_steps(northfield, sign_in, goal):
    with northfield.scope():
        step = steps.add_step(goal=goal, text="Ask Amara", by=northfield.people["student"], due_on=soon(15))
    client = sign_in(northfield.people["student"])
    sent = {"title": goal.title, "due_on": soon(10).isoformat(), "base": "1"}
    assert "Move it first" in client.post(url(northfield, "edit", goal.pk), sent).content.decode()
    with northfield.scope():
        steps.toggle_step(step=step, done=True, by=northfield.people["student"])
    assert client.post(url(northfield, "edit", goal.pk), sent).status_code == 302


def test_steps_of_the_same_words_and_steps_that_are_gone_break_nothing(northfield, goal):
    with northfield.scope():
        by = northfield.people["student"]
        first, second = (steps.add_step(goal=goal, text=text, by=by) for text in ("Ask Amara", "Ask Lena"))
        steps.change_step(step=second, by=by, text="Ask Amara", owner=None, due_on=None)
        steps.add_step(goal=goal, text="Ask Amara", by=by)
        assert GoalStep.objects.count() == 2
        for _double_click in range(2):
            steps.remove_step(step=GoalStep(pk=first.pk, goal=goal, text=first.text), by=by)
        assert GoalChange.objects.filter(kind="step_removed").count() == 1
        for work, words in ((steps.toggle_step, {"done": True}), (steps.change_step, {"text": "Other", "owner": None, "due_on": None})):
            with pytest.raises(Refused, match="removed this step"):
                work(step=GoalStep(pk=first.pk, goal=goal, text=first.text), by=by, **words)


def test_a_step_that_is_done_can_be_added_once_more(northfield, goal):
    with northfield.scope():
        by = northfield.people["student"]
        steps.toggle_step(step=steps.add_step(goal=goal, text="Ask Amara", by=by), done=True, by=by)
        steps.add_step(goal=goal, text="Ask Amara", by=by)
        assert GoalStep.objects.count() == 2
