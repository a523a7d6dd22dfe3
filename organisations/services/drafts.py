"""Drafts of long forms: nobody loses what they typed."""

from ..models import Draft

MAX_BYTES = 50_000


def save_draft(*, author_key, form_key, data):
    """Keep ``data`` (a dict of strings and lists) as the latest draft; too large ones are refused with ValueError."""
    if sum(len(str(value)) for value in data.values()) > MAX_BYTES:
        raise ValueError("draft too large")
    clean = {name: _without_nulls(value) for name, value in data.items()}
    Draft.objects.update_or_create(author_key=author_key, form_key=form_key, defaults={"data": clean})


def load_draft(*, author_key, form_key) -> dict:
    """The latest draft, or an empty dict."""
    draft = Draft.objects.filter(author_key=author_key, form_key=form_key).first()
    return draft.data if draft else {}


def drop_draft(*, author_key, form_key):
    Draft.objects.filter(author_key=author_key, form_key=form_key).delete()


def _without_nulls(value):
    """The null character is the one that PostgreSQL keeps in no text."""
    return [_without_nulls(one) for one in value] if isinstance(value, list) else str(value).replace("\x00", "")
