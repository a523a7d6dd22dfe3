"""Small files that go with a letter. Large ones stay in the house and are linked to."""

from dataclasses import dataclass

from ..models import Attachment

MOST_BYTES = 100_000  # of all files of one letter: mail is no place for large ones


@dataclass(frozen=True)
class File:
    """One file to send along. content_type: with its parameters, as it stands in the mail ("text/calendar; method=REQUEST")."""

    name: str
    content_type: str
    content: bytes


class TooLargeError(ValueError):
    """The files of one letter are larger than MOST_BYTES together."""


def check(files) -> None:
    """TooLargeError where the files are too large to send. Call before the letter is written."""
    size = sum(len(file.content) for file in files)
    if size > MOST_BYTES:
        raise TooLargeError(f"{size} bytes of attachments; at most {MOST_BYTES} go with a letter")


def attach(pairs) -> None:
    """Keep (letter, file) pairs; letters are saved rows. A file of the same name is kept once, however often it is asked for."""
    rows = [
        Attachment(
            organisation_id=letter.organisation_id, letter=letter, name=file.name, content_type=file.content_type, content=file.content
        )
        for letter, file in pairs
    ]
    Attachment.objects.bulk_create(rows, ignore_conflicts=True)
