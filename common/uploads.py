"""What somebody uploads, looked at before it is kept: what is inside decides, never the name or what the browser says.

    class EvidenceForm(HouseForm, forms.Form):
        file = UploadField(label=_("A photo or a file"), required=False)        # cleaned: an Upload, or None
    path = save_private(organisation_id, upload.name, upload.content)           # common.storage

Pictures are made anew: turned upright, at most LONGEST_SIDE long, without the place and the phone that a photo carries.
Nothing here looks for viruses; what is kept is handed out as a download, or as a picture that this module wrote.
"""

import io
import threading
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageFile, ImageOps

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
MOST_PIXELS = 80_000_000  # of a picture before it is opened: a few kilobytes can unfold to gigabytes
LONGEST_SIDE = 2400
MOST_PARTS = 5000  # of an office document, which is a zip
MOST_NAME = 150
_HEAD, _TAIL = 1024, 2048


@dataclass(frozen=True)
class Kind:
    """A sort of file that is taken. ``suffix``: what it is kept under; ``claims``: endings people give it."""

    key: str
    suffix: str
    media_type: str
    label: str
    claims: tuple[str, ...]


PDF = Kind("pdf", ".pdf", "application/pdf", "PDF", (".pdf",))
JPEG = Kind("jpeg", ".jpg", "image/jpeg", _("picture"), (".jpg", ".jpeg", ".jfif", ".webp", ".gif", ".png", ".avif"))
PNG = Kind("png", ".png", "image/png", _("picture"), JPEG.claims)
_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = Kind("docx", ".docx", _OFFICE + "wordprocessingml.document", _("Word document"), (".docx",))
XLSX = Kind("xlsx", ".xlsx", _OFFICE + "spreadsheetml.sheet", _("Excel workbook"), (".xlsx",))
PPTX = Kind("pptx", ".pptx", _OFFICE + "presentationml.presentation", _("PowerPoint slides"), (".pptx",))
TEXT = Kind("text", ".txt", "text/plain; charset=utf-8", _("text"), (".txt", ".md", ".csv", ".log"))

KINDS = (PDF, JPEG, PNG, DOCX, XLSX, PPTX, TEXT)
PICTURES = (JPEG, PNG)
_BY_SUFFIX = {kind.suffix: kind for kind in KINDS}
_OFFICE_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
_PICTURE_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")


@dataclass(frozen=True)
class Upload:
    """A file that was looked at. ``name``: safe to show, with the ending it is kept under; ``content``: open, at its start."""

    name: str
    kind: Kind
    size: int
    content: BinaryIO


def media_type_of(path: str) -> str:
    """What to say that a kept file is, by the ending we gave it ourselves."""
    kind = _BY_SUFFIX.get(PurePosixPath(path).suffix)
    return kind.media_type if kind else "application/octet-stream"


def is_picture(path: str) -> bool:
    """Whether a kept file is a picture that this module wrote, and so may be shown in a page."""
    return _BY_SUFFIX.get(PurePosixPath(path).suffix) in PICTURES


def examine(file, *, kinds=KINDS, most_bytes=MOST_BYTES) -> Upload:
    """Look at an uploaded file (a Django UploadedFile). ValidationError, in words for the person, when it is not one of ``kinds``."""
    if file.size > most_bytes:
        most, has = most_bytes // MEGABYTE, max(1, round(file.size / MEGABYTE))
        raise ValidationError(
            _("This file has %(has)d MB; at most %(most)d MB can be kept. A photo of it, or a link, may do as well."),
            params={"has": has, "most": most},
        )
    head = _read(file, _HEAD)
    if not head:
        raise ValidationError(_("This file is empty."))
    kind, content = _look_inside(file, head)
    if kind is None or kind not in kinds:
        raise ValidationError(_refusal(head, kinds))
    claimed = PurePosixPath(file.name or "").suffix.lower()
    if claimed in _ALL_CLAIMS and claimed not in kind.claims:
        raise ValidationError(
            _("The name says %(claimed)s, but inside is something else: %(found)s. Save it again under its right name."),
            params={"claimed": claimed, "found": kind.label},
        )
    content.seek(0, io.SEEK_END)
    size = content.tell()
    content.seek(0)
    return Upload(_name(file.name, kind), kind, size, content)


_ALL_CLAIMS = {claim for kind in KINDS for claim in kind.claims} | {".exe", ".html", ".htm", ".svg", ".js", ".zip", ".docm", ".xlsm"}


class UploadField(forms.FileField):
    """A file field whose cleaned value is an Upload, or None. kinds, most_bytes: see examine."""

    def __init__(self, *, kinds=KINDS, most_bytes=MOST_BYTES, **kwargs):
        self.kinds, self.most_bytes = kinds, most_bytes
        kwargs.setdefault("max_length", 300)
        super().__init__(**kwargs)
        self.error_messages["empty"] = _("This file is empty.")
        self.error_messages["max_length"] = _("The name of this file is too long. Give it a shorter one.")
        # Without HEIC in the list a telephone that keeps photos so hands over a JPEG.
        self.widget.attrs["accept"] = ",".join(dict.fromkeys(claim for kind in kinds for claim in kind.claims))

    def clean(self, data, initial=None):
        found = super().clean(data, initial)
        return examine(found, kinds=self.kinds, most_bytes=self.most_bytes) if found and found is not initial else None


def _read(file, count, *, end=False):
    file.seek(max(0, file.size - count) if end else 0)
    return file.read(count)


def _look_inside(file, head):
    """(kind, what to keep), or (None, None)."""
    if b"%PDF-" in head and b"%%EOF" in _read(file, _TAIL, end=True):
        return PDF, file
    if head.startswith(b"PK\x03\x04"):
        return _office_kind(file), file
    picture = _picture(file)
    if picture:
        return picture
    text = _as_text(file)
    return (TEXT, text) if text else (None, None)


def _office_kind(file):
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return None
    if len(names) > MOST_PARTS or "[Content_Types].xml" not in names or any(name.endswith("vbaProject.bin") for name in names):
        return None  # macros run when the file is opened
    return next((kind for part, kind in _OFFICE_PARTS.items() if part in names), None)


def _picture(file):
    """(kind, the picture made anew), or None when it is no picture, or one that unfolds too far."""
    file.seek(0)
    try:
        with _whole_pictures_only(), Image.open(file, formats=_PICTURE_FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                return None
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            see_through = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
            plain = upright.convert("RGBA" if see_through else "RGB")
    except (OSError, ValueError, SyntaxError, MemoryError, EOFError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    plain.info.clear()
    made = io.BytesIO()
    if see_through:
        plain.save(made, "PNG", optimize=True)
        return PNG, made
    plain.save(made, "JPEG", quality=85, optimize=True)
    return JPEG, made


_one_at_a_time = threading.Lock()


@contextmanager
def _whole_pictures_only():
    """Refuse a picture that breaks off, even where a library (WeasyPrint does) has told Pillow for the whole process to take it."""
    with _one_at_a_time:
        before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def _as_text(file):
    """The same text in UTF-8, or None when it is not plain text."""
    file.seek(0)
    raw = file.read()
    for encoding in ("utf-8-sig", "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(char < " " and char not in "\t\n\r\f" for char in text) or "\x7f" in text:
            return None
        return None if _is_markup(text) else io.BytesIO(text.encode())
    return None


def _is_markup(text):
    start = text.lstrip("\ufeff \t\r\n")[:200].lower()
    return start.startswith(("<!doctype", "<html", "<svg", "<?xml", "<script", "<!--", "{\\rtf", "mz", "#!"))


def _refusal(head, kinds):
    if head[4:8] == b"ftyp" and head[8:12] in {b"heic", b"heix", b"mif1", b"hevc", b"msf1"}:
        return _("This photo is in a form that only some phones can open (HEIC). Send a screenshot of it, or save it as JPEG.")
    named = ", ".join(dict.fromkeys(str(kind.label) for kind in kinds))
    return _("This cannot be kept: what is inside is none of %(kinds)s, or it is damaged.") % {"kinds": named}


def _name(given, kind):
    """The name people gave, without folders and control characters, under the ending that is true."""
    flat = "".join(char if char.isprintable() else " " for char in (given or "").replace("\\", "/").rpartition("/")[2])
    stem = " ".join(flat.split())
    if PurePosixPath(stem).suffix.lower() in _ALL_CLAIMS:
        stem = stem.rpartition(".")[0]
    return (stem.strip(". ")[:MOST_NAME] or str(kind.label)) + kind.suffix
