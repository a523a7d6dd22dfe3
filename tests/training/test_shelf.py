"""The library: who finds what, what is suggested, and files that are what they say."""

import io
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from documents.services import clearing
from tests import factories as make
from tests.queries import MOST, count_queries
from tests.training.making import own_checklist
from training.models import ChecklistTemplate, OwnResource, ResourceRead
from training.services.checklist import answer_aspect, response_for
from training.services.templates import begin_version, publish_version, retire_checklist, save_aspect
from training.shelf import books_for

PDF = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"
COMMON = {"title": "How we do things here", "summary": "Whom to ask.", "roles": ["mentor"], "minutes": "5"}


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def url(house, name, *args):
    return reverse(f"training:{name}", args=[house.organisation.slug, *args])


def words(answer):
    return " ".join(BeautifulSoup(answer.content, "html.parser").main.get_text(" ").split())


def titles(membership, **chosen):
    return {book.title for book in books_for(membership, **chosen)}


@pytest.fixture
def coordinator(northfield, sign_in):
    return sign_in(northfield.people["coordinator"])


def test_a_text_is_previewed_put_on_the_shelf_and_read(northfield, coordinator, sign_in):
    page = url(northfield, "resource_add", "text")
    text = COMMON | {"body": "## Whom\n\n<script>x</script> **Rosa**", "aspects": ["purpose"]}
    preview = coordinator.post(page, text | {"preview": "1"}).content.decode()
    assert ("<h2>Whom</h2>" in preview, "<strong>Rosa</strong>" in preview, "<script>x" in preview) == (True, True, False)
    with northfield.scope():
        assert not OwnResource.objects.exists()
    for _double_click in range(2):
        made = coordinator.post(page, text)
    with northfield.scope():
        resource = OwnResource.objects.get()
    mentor = sign_in(northfield.people["mentor"])
    assert made.url == url(northfield, "own_resource", resource.pk)
    assert "Rosa" in words(mentor.get(made.url))
    for _double_click in range(2):
        mentor.post(made.url)
    with northfield.scope():
        assert list(ResourceRead.objects.values_list("resource", flat=True)) == [resource.key]
        assert next(book for book in books_for(northfield.people["mentor"]) if book.own).read


@pytest.mark.parametrize(
    ("kind", "wrong", "message"),
    [
        ("text", {"body": " "}, "Please fill this in."),
        ("text", {"body": "x", "roles": []}, "Choose whom it is for."),
        ("text", {"body": "x", "stages": ["nirvana"]}, "nirvana is not one of the available choices"),
        ("link", {"url": "javascript:alert(1)"}, "This is not a web address."),
        ("link", {"url": "ftp://files.example/x"}, "This is not a web address."),
        ("file", {}, "Please choose a file."),
        ("text", {"body": "x", "minutes": "0"}, "greater than or equal to 1"),
    ],
)
def test_what_cannot_be_is_said_by_the_field(northfield, coordinator, kind, wrong, message):
    answer = coordinator.post(url(northfield, "resource_add", kind), COMMON | wrong)
    assert (answer.status_code, message in words(answer), COMMON["title"] in answer.content.decode()) == (422, True, True)
    with northfield.scope():
        assert not OwnResource.objects.exists()


def upload(client, house, name, content, **more):
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    return client.post(url(house, "resource_add", "file"), COMMON | {"file": file} | more)


def picture():
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(made, "PNG")
    return made.getvalue()


def test_a_file_is_kept_privately_and_handed_out_as_what_it_is(northfield, coordinator, sign_in):
    upload(coordinator, northfield, "Whom to ask.pdf", PDF)
    with northfield.scope():
        resource = OwnResource.objects.get()
    answer = sign_in(northfield.people["mentor"]).get(url(northfield, "own_file", resource.pk))
    assert (b"".join(answer.streaming_content), answer["Content-Type"]) == (PDF, "application/pdf")
    assert answer["Content-Disposition"] == 'attachment; filename="Whom to ask.pdf"'
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.pdf", b"<html><script>alert(1)</script></html>"),
        ("plan.pdf", b"MZ\x90\x00 this program"),
        ("plan.pdf", picture()),
        ("page.html", b"<!doctype html><script>alert(1)</script>"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"),
        ("empty.pdf", b""),
        ("large.pdf", PDF + b" " * (10 * 1024 * 1024) + b"%%EOF"),
    ],
)
def test_a_file_that_lies_is_refused_and_nothing_is_kept(northfield, coordinator, name, content, tmp_path):
    answer = upload(coordinator, northfield, name, content)
    assert answer.status_code == 422
    assert BeautifulSoup(answer.content, "html.parser").select_one(".error-summary a[href='#id_file']")
    with northfield.scope():
        assert not OwnResource.objects.exists()
    assert [path for path in Path(tmp_path).rglob("*") if path.is_file()] == []


def test_a_new_file_takes_the_old_ones_place_and_clearing_up_takes_that(northfield, coordinator, tmp_path):
    from datetime import timedelta

    from django.utils import timezone

    upload(coordinator, northfield, "one.pdf", PDF)
    with northfield.scope():
        resource = OwnResource.objects.get()
    page = url(northfield, "resource_change", resource.pk)
    coordinator.post(page, COMMON | {"title": "Another title"})
    with northfield.scope():
        assert OwnResource.objects.get().path == resource.path
    coordinator.post(page, COMMON | {"file": SimpleUploadedFile("two.pdf", PDF + b"2\n%%EOF")})
    clearing.clear_up_everywhere(at=timezone.now() + timedelta(days=2))
    with northfield.scope():
        changed = OwnResource.objects.get()
    assert changed.path != resource.path
    assert ((tmp_path / "private" / changed.path).exists(), (tmp_path / "private" / resource.path).exists()) == (True, False)


@pytest.mark.parametrize("role", ["mentor", "student", "tutor", "owner", "lead", "coordinator"])
def test_who_finds_what(northfield, riverside, role):
    with riverside.scope():
        make.OwnResourceFactory(title="Riverside’s")
    with northfield.scope():
        for reader in ("mentor", "student", "tutor", "line_manager"):
            make.OwnResourceFactory(title=reader, roles=[reader])
        make.OwnResourceFactory(title="gone", retired_at=northfield.organisation.created_at)
        found = titles(northfield.people[role])
    assert "Riverside’s" not in found
    assert "gone" not in found
    everything = {"mentor", "student", "tutor", "line_manager"}
    assert found & everything == ({role} if role in everything else everything)
    assert ("What a mentor does" in found) is (role not in {"student", "tutor"})


def test_another_roles_resource_is_refused_by_its_address_too(northfield, riverside, sign_in):
    with northfield.scope():
        private = make.OwnResourceFactory(roles=["mentor"], kind="file", path="x")
        retired = make.OwnResourceFactory(roles=["student"], retired_at=northfield.organisation.created_at)
    with riverside.scope():
        theirs = make.OwnResourceFactory()
    client = sign_in(northfield.people["student"])
    for resource, status in ((private, 403), (retired, 403), (theirs, 404)):
        assert client.get(url(northfield, "own_resource", resource.pk)).status_code == status
        assert client.get(url(northfield, "own_file", resource.pk)).status_code == status


def test_filters_by_words_point_stage_and_reader(northfield, sign_in):
    with northfield.scope():
        make.OwnResourceFactory(title="Saying goodbye", aspects=["relationship"], stages=["winding_down"])
        make.OwnResourceFactory(title="At any time", aspects=["purpose"])
        make.OwnResourceFactory(title="At the start", stages=["rapport"])
        who = northfield.people["mentor"]
        own = {"Saying goodbye", "At any time", "At the start"}
        assert titles(who, stage="winding_down") & own == {"Saying goodbye", "At any time"}
        assert books_for(who, stage="winding_down")[0].stages == ("rapport", "winding_down", "moving_on")
        assert titles(who, aspect="relationship") & own == {"Saying goodbye"}
        assert titles(who, query="GOODBYE") & own == {"Saying goodbye"}
        assert titles(northfield.people["coordinator"], reader="line_manager") & own == own
    client = sign_in(who)
    assert "Nothing on the shelf fits" in words(client.get(url(northfield, "resources") + "?q=zzzz&stage=nonsense&aspect=%3Cb%3E"))


def test_points_of_the_organisations_own_checklist_can_be_chosen_and_found(northfield, riverside, coordinator, sign_in):
    for house, title in ((northfield, "Shift work"), (riverside, "Deep water")):
        with house.scope():
            template, _version = own_checklist(house)
            draft = begin_version(template=template, by=house.people["coordinator"])
            point = save_aspect(version=draft, by=house.people["coordinator"], title=title, explanation="x", resource="")
            publish_version(version=draft, by=house.people["coordinator"])
            save_aspect(
                version=begin_version(template=template, by=house.people["coordinator"]), by=house.people["coordinator"],
                title="Not in use yet", explanation="x", resource="",
            )  # fmt: skip
            if house is northfield:
                ours = point.key
    page = coordinator.get(url(northfield, "resource_add", "link"))
    offered = [str(title) for _key, title in page.context["form"].fields["aspects"].choices]
    assert (offered[0], offered[-1], len(offered)) == ("What mentoring is for", "Shift work", 11)
    coordinator.post(url(northfield, "resource_add", "link"), COMMON | {"url": "https://example.org/", "aspects": [ours]})
    mentor = sign_in(northfield.people["mentor"])
    with northfield.scope():
        resource = OwnResource.objects.get()
    assert "About: Shift work" in words(mentor.get(url(northfield, "own_resource", resource.pk)))
    assert COMMON["title"] in words(mentor.get(url(northfield, "resources"), {"aspect": ours}))
    assert COMMON["title"] not in words(mentor.get(url(northfield, "resources"), {"aspect": "purpose"}))
    with northfield.scope():
        retire_checklist(template=ChecklistTemplate.objects.get(), by=northfield.people["coordinator"])
    changed = sign_in(northfield.people["coordinator"]).post(
        url(northfield, "resource_change", resource.pk), COMMON | {"url": "https://example.org/", "aspects": ["purpose"]}
    )
    assert changed.status_code == 302
    with northfield.scope():
        resource.refresh_from_db()
        assert resource.aspects == ["purpose", ours]  # it comes back with the checklist


def test_what_is_open_is_suggested_until_it_is_read(northfield, sign_in):
    with northfield.scope():
        answer_aspect(response=response_for(northfield.mentor), aspect="purpose", value="need", by=northfield.people["mentor"])
        answer_aspect(response=response_for(northfield.mentor), aspect="learning", value="covered", by=northfield.people["mentor"])
        own = make.OwnResourceFactory(title="Why we mentor here", aspects=["purpose"])
        make.OwnResourceFactory(title="For students", aspects=["purpose"], roles=["student"])
    client = sign_in(northfield.people["mentor"])

    def suggestions():
        soup = BeautifulSoup(client.get(url(northfield, "resources")).content, "html.parser")
        card = next((card for card in soup.select("section.card") if "Suggested for you" in card.text), None)
        return [link.text for link in card.select("li a")] if card else []

    assert suggestions() == ["Why we mentor here", "What mentoring is for"]
    client.post(url(northfield, "own_resource", own.pk))
    assert suggestions() == ["What mentoring is for"]
    with northfield.scope():
        ResourceRead.objects.create(membership=northfield.people["mentor"], resource="what-mentoring-is-for")
    assert suggestions() == []


def test_off_the_shelf_and_back(northfield, coordinator):
    with northfield.scope():
        resource = make.OwnResourceFactory()
    page = url(northfield, "resource_retire", resource.pk)
    for _double_click in range(2):
        coordinator.post(page)
    assert "Taken off the shelf" in words(coordinator.get(url(northfield, "resources")))
    with northfield.scope():
        assert resource.title not in titles(northfield.people["mentor"])
    coordinator.post(page, {"back": "1"})
    with northfield.scope():
        assert resource.title in titles(northfield.people["mentor"])


def test_the_shelf_costs_the_same_for_one_and_for_many(northfield, sign_in):
    for role in ("coordinator", "mentor", "student"):
        client = sign_in(northfield.people[role])
        with northfield.scope():
            make.OwnResourceFactory()
        before = count_queries(client, url(northfield, "resources"))
        with northfield.scope():
            make.OwnResourceFactory.create_batch(3)
        assert count_queries(client, url(northfield, "resources")) == before <= MOST
