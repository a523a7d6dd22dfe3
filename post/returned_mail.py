"""What a mail that came to the return address says: pure reading, no Django.

read(raw) understands delivery reports (RFC 3464), complaints (RFC 5965) and tells what machines send by themselves
(RFC 3834) from what a person answers. A report is only as good as the tag of our own letter in it: see services/returns.py.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

TAG = re.compile(r"(letter-\d+-\d+\.[0-9a-f]+)@")  # the left side of our Message-IDs
LONGEST_ANSWER = 5000


@dataclass(frozen=True)
class Returned:
    """kind: "returned" (did not arrive), "delayed" (may still), "unwanted" (complaint), "automatic" (out of office …), "answer".

    tag: our letter's, or "". status: "5.1.1" or "". reason: the mail server's words. sender, text: of an answer.
    """

    kind: str
    tag: str = ""
    status: str = ""
    reason: str = ""
    sender: str = ""
    text: str = ""


def read(raw: bytes) -> Returned:
    """Read one mail, whole, as the mail server hands it over. Never raises for what stands in it."""
    mail = message_from_bytes(raw, policy=policy.default)
    tag = _tag(mail)
    report = str(mail.get_param("report-type") or "").lower() if mail.get_content_type() == "multipart/report" else ""
    if report == "delivery-status":
        return _delivery(mail, tag)
    if report == "feedback-report":
        return Returned("unwanted", tag)
    if _is_automatic(mail):
        return Returned("automatic", tag)
    return Returned("answer", tag, sender=parseaddr(str(mail.get("From", "")))[1], text=_text(mail)[:LONGEST_ANSWER])


def _delivery(mail, tag):
    fields = {}
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            for block in part.get_payload():
                fields = dict(block.items()) if "Action" in block else fields
    fields = {name.lower(): str(value) for name, value in fields.items()}
    action = fields.get("action", "").strip().lower()
    kind = {"failed": "returned", "delayed": "delayed"}.get(action, "automatic")
    reason = fields.get("diagnostic-code", "").partition(";")[2] or fields.get("diagnostic-code", "")
    status = re.match(r"\s*(\d\.\d{1,3}\.\d{1,3})", fields.get("status", ""))
    return Returned(kind, tag, status[1] if status else "", " ".join(reason.split()))


def _is_automatic(mail):
    if str(mail.get("Auto-Submitted", "no")).partition(";")[0].strip().lower() != "no":
        return True
    if str(mail.get("Precedence", "")).strip().lower() in {"bulk", "junk", "list", "auto_reply"}:
        return True
    null_sender = str(mail.get("Return-Path", "?")).strip() == "<>"
    return null_sender or "X-Autoreply" in mail or "X-Auto-Response-Suppress" in mail


def _tag(mail):
    """Our tag, from the headers of the mail or of the letter it gives back."""
    for part in mail.walk():
        for name in ("In-Reply-To", "References", "Message-ID", "Original-Message-ID"):
            if found := TAG.search(str(part.get(name, ""))):
                return found[1]
    for part in mail.walk():
        if part.get_content_type() in {"text/rfc822-headers", "text/plain"} and (found := TAG.search(_content(part))):
            return found[1]
    return ""


def _text(mail):
    body = mail.get_body(("plain",)) if isinstance(mail, EmailMessage) else None
    return _content(body).strip() if body is not None else ""


def _content(part):
    return (part.get_payload(decode=True) or b"").decode("utf-8", "replace").replace("\0", "")
