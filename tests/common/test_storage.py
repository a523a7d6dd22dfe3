"""Private files: whole or not at all, one organisation never reaches another's, zips from disk."""

import os
import stat
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.apps import apps

from common import storage

NORTHFIELD, RIVERSIDE = 1, 2


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def stored_files(media: Path) -> list[Path]:
    return sorted(path for path in media.rglob("*") if path.is_file())


def read_back(organisation_id: int, path: str) -> bytes:
    with storage.open_private(organisation_id, path) as file:
        return file.read()


def test_what_is_saved_is_read_back(media):
    path = storage.save_private(NORTHFIELD, "Gwen Ørsted.PDF", b"%PDF-1.7")
    other = storage.save_private(NORTHFIELD, "big.zip", BytesIO(b"x" * 3_000_000))
    assert read_back(NORTHFIELD, path) == b"%PDF-1.7"
    assert read_back(NORTHFIELD, other) == b"x" * 3_000_000
    assert path.startswith("1/")
    assert path.endswith(".pdf")
    assert "Gwen" not in path
    assert stored_files(media) == sorted([media / "private" / path, media / "private" / other])


def test_two_files_of_one_name_are_two_files():
    first, second = (storage.save_private(NORTHFIELD, "plan.pdf", content) for content in (b"one", b"two"))
    assert (read_back(NORTHFIELD, first), read_back(NORTHFIELD, second)) == (b"one", b"two")


@pytest.mark.parametrize("name", ["evil.html", "evil.svg", "plan.pdf.exe", "noending", "../../etc/passwd", ".pdf/.."])
def test_an_ending_we_do_not_store_is_dropped(name):
    assert "." not in storage.save_private(NORTHFIELD, name, b"x")


def test_only_this_program_may_read(media):
    path = media / "private" / storage.save_private(NORTHFIELD, "plan.pdf", b"x")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_another_organisations_file_is_missing():
    path = storage.save_private(RIVERSIDE, "plan.pdf", b"riverside's secret")
    with pytest.raises(storage.PrivateFileMissingError):
        storage.open_private(NORTHFIELD, path)
    assert storage.delete_private(NORTHFIELD, path) is False
    assert read_back(RIVERSIDE, path) == b"riverside's secret"


@pytest.mark.parametrize(
    "shape", ["{o}/../2/aa/{n}.pdf", "/etc/passwd", "{o}/{n}.pdf", "", "{o}/aa/../aa/{n}.pdf", "{o}/aa/{n}.pdf\n"]
)
def test_only_the_shape_we_make_is_opened(media, shape):
    name = "a" * 32
    target = media / "private" / "1" / "aa" / f"{name}.pdf"
    target.parent.mkdir(parents=True)
    target.write_bytes(b"here")
    assert read_back(NORTHFIELD, f"1/aa/{name}.pdf") == b"here"
    with pytest.raises(storage.PrivateFileMissingError):
        storage.open_private(NORTHFIELD, shape.format(o=1, n=name))


def test_a_symbolic_link_is_not_followed(media, tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    link = media / "private" / "1" / "aa" / f"{'a' * 32}.pdf"
    link.parent.mkdir(parents=True)
    link.symlink_to(secret)
    with pytest.raises(storage.PrivateFileMissingError):
        storage.open_private(NORTHFIELD, f"1/aa/{'a' * 32}.pdf")


def test_a_failed_write_leaves_nothing(media):
    class Broken(BytesIO):
        def read(self, _size=-1):
            raise OSError("the disk went away")

    with pytest.raises(OSError, match="disk went away"):
        storage.save_private(NORTHFIELD, "plan.pdf", Broken())
    assert stored_files(media) == []


def test_deleting_is_safe_twice():
    path = storage.save_private(NORTHFIELD, "plan.pdf", b"x")
    assert [storage.delete_private(NORTHFIELD, path) for _ in range(2)] == [True, False]


def test_erasing_an_organisation_leaves_the_others():
    kept = storage.save_private(RIVERSIDE, "plan.pdf", b"kept")
    for _ in range(3):
        storage.save_private(NORTHFIELD, "plan.pdf", b"gone")
    assert [storage.delete_organisation_files(NORTHFIELD) for _ in range(2)] == [3, 0]
    assert read_back(RIVERSIDE, kept) == b"kept"


def test_an_organisation_must_be_a_number_or_uuid():
    for name in ("..", "", "1/2", "northfield"):
        with pytest.raises(ValueError, match="number or UUID"):
            storage.save_private(name, "plan.pdf", b"x")


def test_zip_holds_every_file_under_its_title():
    paths = [storage.save_private(NORTHFIELD, "plan.pdf", content) for content in (b"one", b"two", b"three")]
    packed = []
    titles = ["Gwen Ørsted.pdf", "gwen ørsted.pdf", "../Łukasz/Żółć.pdf"]
    path = storage.save_zip(NORTHFIELD, "plans.zip", zip(titles, paths, strict=True), progress=packed.append)
    with storage.open_private(NORTHFIELD, path) as file, zipfile.ZipFile(file) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "Gwen Ørsted.pdf": b"one",
            "gwen ørsted (2).pdf": b"two",
            "Łukasz Żółć.pdf": b"three",
        }
        assert archive.testzip() is None
    assert packed == [1, 2, 3]


def test_zip_with_a_missing_or_foreign_file_is_not_kept(media):
    theirs = storage.save_private(RIVERSIDE, "plan.pdf", b"riverside's secret")
    with pytest.raises(storage.PrivateFileMissingError):
        storage.save_zip(NORTHFIELD, "plans.zip", [("theirs.pdf", theirs)])
    assert stored_files(media) == [media / "private" / theirs]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Gwen Ørsted.pdf", "Gwen Ørsted.pdf"),
        ("../../etc/passwd", "etc passwd"),
        ("a/b\\c:d.pdf", "a b c d.pdf"),
        ("line\nbreak\x00\u202e.pdf", "line break.pdf"),
        ("...", "document"),
        (".pdf", "pdf"),
        ("", "document"),
    ],
)
def test_safe_names(title, name):
    assert storage.safe_name(title) == name


def test_a_long_name_keeps_its_ending_and_counts_bytes():
    name = storage.safe_name("Ł" * 300 + ".pdf")
    assert name == "Ł" * 58 + ".pdf"
    assert len(os.fsencode(name)) == 120


def test_every_row_that_names_a_stored_file_keeps_it_from_being_cleared_up():
    named = {model for model in apps.get_models() if any(field.name == "path" for field in model._meta.fields)}
    assert named
    assert {model for model, _field in storage._holders} == {model for model in named if not hasattr(model, "pgh_tracked_model")}
