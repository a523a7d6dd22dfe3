"""Uploads are what is inside them: true ones are kept, those that lie about themselves are told so."""

import io
import zipfile

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFile

from common import uploads
from common.forms import HouseForm

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n"


def picture(kind="PNG", size=(40, 30), mode="RGB", **options):
    made = io.BytesIO()
    Image.new(mode, size, "#0f5f5c" if mode == "RGB" else 0).save(made, kind, **options)
    return made.getvalue()


def office(part="word/document.xml", *more):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in ("[Content_Types].xml", part, *more):
            archive.writestr(name, "<x/>")
    return made.getvalue()


def short_id(value):
    """Of a parameter: words stay, contents are told by their length."""
    return f"{len(value)}b" if isinstance(value, bytes) else value.rpartition("\\")[2].replace("/", "|")


def look(name, content, **options):
    return uploads.examine(SimpleUploadedFile(name, content, content_type="image/png"), **options)


@pytest.mark.parametrize(
    ("name", "content", "kept_as"),
    [
        ("plan.pdf", PDF, "plan.pdf"),
        ("PLAN.PDF", PDF, "PLAN.pdf"),
        ("no ending", PDF, "no ending.pdf"),
        ("photo.jpeg", picture("JPEG"), "photo.jpg"),
        ("photo.png", picture("JPEG"), "photo.jpg"),  # phones do that; a picture is a picture
        ("moving.gif", picture("GIF"), "moving.jpg"),
        ("new.webp", picture("WEBP"), "new.jpg"),
        ("clear.png", picture("PNG", mode="RGBA"), "clear.png"),
        ("letter.docx", office(), "letter.docx"),
        ("totals.xlsx", office("xl/workbook.xml"), "totals.xlsx"),
        ("talk.pptx", office("ppt/presentation.xml"), "talk.pptx"),
        ("notes.txt", "Zażółć gęślą jaźń\n".encode(), "notes.txt"),
        ("utf16.txt", "Łukasz".encode("utf-16"), "utf16.txt"),
        ("C:\\Users\\me\\plan.pdf", PDF, "plan.pdf"),
        ("../../etc/passwd", PDF, "passwd.pdf"),
        ("עברית 🙂.pdf", PDF, "עברית 🙂.pdf"),
        (".pdf", PDF, "pdf.pdf"),
        ("...", PDF, "PDF.pdf"),
    ],
    ids=short_id,
)
def test_true_files_are_kept_under_their_name(name, content, kept_as):
    found = look(name, content)
    assert found.name == kept_as
    assert found.size == len(found.content.read()) > 0
    assert uploads.media_type_of(found.name) == found.kind.media_type


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("report.pdf", b"MZ\x90\x00\x03" + b"\x00" * 200, "cannot be kept"),
        ("report.pdf", picture(), "The name says .pdf"),
        ("photo.jpg", PDF, "The name says .jpg"),
        ("photo.jpg", b"<html><script>alert(1)</script>", "cannot be kept"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "cannot be kept"),
        ("program.exe", PDF, "The name says .exe"),
        ("page.html", b"just words", "The name says .html"),
        ("letter.docx", office("word/document.xml", "word/vbaProject.bin"), "cannot be kept"),
        ("letter.docx", office("xl/workbook.xml"), "The name says .docx"),
        ("archive.zip", office("anything.txt"), "cannot be kept"),
        ("broken.docx", b"PK\x03\x04 and no more", "cannot be kept"),
        ("half.pdf", PDF[:20], "The name says .pdf"),
        ("half.png", picture()[:60], "cannot be kept"),
        ("photo.heic", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40, "HEIC"),
        ("nulls.txt", b"a\x00b", "cannot be kept"),
    ],
    ids=short_id,
)
def test_a_file_that_lies_or_cannot_be_read_is_refused_in_words(name, content, words):
    with pytest.raises(ValidationError) as refused:
        look(name, content)
    assert words in refused.value.messages[0]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_half_a_picture_is_refused_though_a_library_lets_pillow_take_it(kind, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    whole = picture(kind, size=(400, 300))
    assert look("whole.png", whole).size
    with pytest.raises(ValidationError):
        look("half.png", whole[: len(whole) * 6 // 10])
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True  # as it was found


def test_a_photo_loses_where_it_was_taken_and_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned to the right
    exif[0x010F] = "Telephone"
    exif.get_ifd(0x8825)[1] = "N"
    content = picture("JPEG", size=(60, 20), exif=exif)
    assert b"Telephone" in content
    kept = look("me.jpg", content).content.read()
    with Image.open(io.BytesIO(kept)) as image:
        assert (image.size, dict(image.getexif())) == ((20, 60), {})
    assert b"Telephone" not in kept


def test_a_large_photo_is_made_smaller_and_one_that_unfolds_too_far_is_refused(monkeypatch):
    with Image.open(look("big.png", picture(size=(3000, 1000))).content) as image:
        assert image.size == (uploads.LONGEST_SIDE, 800)
    monkeypatch.setattr(uploads, "MOST_PIXELS", 100)
    with pytest.raises(ValidationError):
        look("bomb.png", picture(size=(20, 20)))


def test_only_what_is_asked_for_and_no_more_than_may_be():
    with pytest.raises(ValidationError) as refused:
        look("plan.pdf", PDF, kinds=uploads.PICTURES)
    assert refused.value.messages == ["This cannot be kept: what is inside is none of picture, or it is damaged."]
    with pytest.raises(ValidationError) as refused:
        look("plan.pdf", b"x" * (3 * uploads.MEGABYTE), most_bytes=2 * uploads.MEGABYTE)
    assert refused.value.messages[0].startswith("This file has 3 MB; at most 2 MB")


class _Form(HouseForm, forms.Form):
    file = uploads.UploadField(label="A file", required=False)


def test_the_field_gives_the_upload_or_says_by_the_field_why_not():
    def clean(name=None, content=b""):
        form = _Form({}, {"file": SimpleUploadedFile(name, content)} if name else {})
        return form.cleaned_data["file"] if form.is_valid() else form.errors["file"]

    assert clean() is None
    assert clean("plan.pdf", PDF).kind is uploads.PDF
    assert clean("plan.pdf") == ["This file is empty."]
    assert clean("x.pdf", b"no pdf at all\x00")[0].startswith("This cannot be kept")
