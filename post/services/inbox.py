"""The demo's inbox: what FolderBackend wrote, newest first. Only where settings.ALONGSIDE_DEMO is on."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

NAME = re.compile(r"^[0-9]{8}-[0-9]{6}-[0-9]{6}-[0-9a-f]{8}$")


@dataclass(frozen=True)
class MailFile:
    """A file that came with a letter."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """One letter as it left the house. ``name``: its file without the ending."""

    name: str
    to: str
    subject: str
    at: datetime | None
    text: str
    html: str
    files: tuple[MailFile, ...] = ()


def names() -> list[str]:
    """Every letter, newest first."""
    folder = Path(settings.EMAIL_FILE_PATH)
    return sorted((path.stem for path in folder.glob("*.eml") if NAME.match(path.stem)), reverse=True)


def read(name) -> Mail | None:
    """One letter, or None where there is none of that name. Never reads outside the folder."""
    if not NAME.match(name):
        return None
    try:
        raw = (Path(settings.EMAIL_FILE_PATH) / f"{name}.eml").read_bytes()
    except OSError:
        return None
    mail = message_from_bytes(raw, _class=EmailMessage, policy=policy.default)
    return Mail(
        name=name,
        to=str(mail["to"] or ""),
        subject=str(mail["subject"] or ""),
        at=parsedate_to_datetime(str(mail["date"])) if mail["date"] else None,
        text=_body(mail, "plain"),
        html=_body(mail, "html"),
        files=tuple(_file(part, number) for number, part in enumerate(mail.iter_attachments(), 1)),
    )


def _body(mail, kind):
    part = mail.get_body((kind,))
    return part.get_content() if part else ""


def _file(part, number):
    return MailFile(part.get_filename() or f"file-{number}", part.get_content_type(), part.get_payload(decode=True) or b"")
