"""An agreement as plain text: put together, told from another by a fingerprint, and compared sentence by sentence. No queries."""

import hashlib
import json
import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import override

from .expectation_topics import BY_KEY, KEYS

_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")


@dataclass(frozen=True)
class Difference:
    """What changed in one part of the text: sentences that went and sentences that came, each in their order."""

    title: str
    gone: list[str]
    new: list[str]


def compose(text, settled, *, code_version) -> dict:
    """The whole agreement in plain words.

    text: an AgreementText. settled: topic key -> wording that holds. code_version: label of the code of conduct in it.
    """
    with override(settings.LANGUAGE_CODE):
        return {
            "title": str(text.title),
            "intro": str(text.intro),
            "sections": [
                {"key": one.key, "title": str(one.title), "intro": str(one.intro), "points": [str(point) for point in one.points]}
                for one in text.sections
            ],
            "settled": [{"topic": key, "question": str(BY_KEY[key].question), "text": settled[key]} for key in KEYS if settled.get(key)],
            "signing": str(text.signing),
            "code": code_version,
        }


def fingerprint(text: dict) -> str:
    """The same for two texts that say the same; 64 characters."""
    return hashlib.sha256(json.dumps(text, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def differences(old: dict, new: dict) -> list[Difference]:
    """What a reader of ``old`` finds changed in ``new``, part by part in the order of ``new``; parts that went come last."""
    before, after = _parts(old), _parts(new)
    found = []
    for key in [*after, *(key for key in before if key not in after)]:
        title, was = before.get(key, ("", []))
        title, now = after.get(key, (title, []))
        gone = [one for one in was if one not in now]
        came = [one for one in now if one not in was]
        if gone or came:
            found.append(Difference(title, gone, came))
    return found


def _parts(text):
    """{key: (title, sentences)} of every part."""
    parts = {one["key"]: (one["title"], _sentences([one["intro"], *one["points"]])) for one in text.get("sections", [])}
    parts |= {f"settled {one['topic']}": (one["question"], _sentences([one["text"]])) for one in text.get("settled", [])}
    return parts


def _sentences(texts):
    return [sentence.strip() for text in texts for sentence in _SENTENCE.split(text) if sentence.strip()]
