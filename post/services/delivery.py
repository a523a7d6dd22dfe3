"""Out of the outbox. A worker claims letters with a lease, hands them over, notes it. A killed worker's lease runs out.

Nothing is lost; a letter can go twice only when the worker dies between handing over and noting it.
"""

import logging
import re
from datetime import timedelta
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from email.utils import formataddr
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string

from common.tenancy import system_scope

from ..models import Letter
from . import returns, wanted

logger = logging.getLogger(__name__)
BATCH = 200
LEASE = timedelta(minutes=5)
MARGIN = timedelta(seconds=60)  # a slow mail server may take so long over one letter
MOST_ATTEMPTS = 12
PERMANENT = 500  # SMTP's answers from here on are final
STATUS = re.compile(r"\d\.\d{1,3}\.\d{1,3}")  # at the start of the answer (RFC 2034)
LONGEST_WAIT = timedelta(hours=4)
FIRST_WAIT = timedelta(minutes=1)


def deliver_waiting(*, batch=BATCH) -> int:
    """Send what is due, one batch; returns how many were handed over or no longer needed. Call again while it returns a full batch."""
    claimed = claim(batch)
    letters = _without_unreachable(wanted.still_wanted(claimed))
    if not letters:
        return len(claimed)
    sent, answers_to = len(claimed) - len(letters), _answers_to(letters)
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:
        for letter in letters:
            _put_back(letter, error)
        return 0
    try:
        for place, letter in enumerate(letters):
            if timezone.now() > letter.leased_until - MARGIN:
                _give_back(letters[place:])
                break
            sent += _send(letter, connection, answers_to.get(letter.pk, ""))
    finally:
        connection.close()
    return sent


def claim(batch) -> list[Letter]:
    """Lease the next due letters to this worker. Two workers never get the same one."""
    now = timezone.now()
    with system_scope("claim letters of every organisation"):
        due = Letter.objects.filter(status=Letter.Status.WAITING, due_at__lte=now).exclude(leased_until__gt=now)
        due = due.order_by("due_at", "id").prefetch_related("attachments")
        letters = list(due.select_for_update(skip_locked=True)[:batch])
        Letter.objects.filter(pk__in=[letter.pk for letter in letters]).update(
            leased_until=now + LEASE, attempts=F("attempts") + 1
        )
    for letter in letters:
        letter.attempts, letter.leased_until = letter.attempts + 1, now + LEASE
    return letters


def _without_unreachable(letters):
    """Those that may go. One to an address that is known not to be reached fails at once, where a coordinator sees it."""
    if not letters:
        return letters
    with system_scope("keep back letters to addresses that cannot be reached"):
        why = returns.unreachable(letters)
        for letter in letters:
            if letter.pk in why:
                Letter.objects.filter(pk=letter.pk).update(
                    status=Letter.Status.FAILED, leased_until=None, last_error=why[letter.pk][:500]
                )
    return [letter for letter in letters if letter.pk not in why]


def _give_back(letters):
    """The mail server is slow and the lease ends soon: what is left goes to whoever claims next, or it would go twice."""
    with system_scope("give back letters that were not sent in time"):
        mine = Letter.objects.filter(pk__in=[letter.pk for letter in letters], leased_until=letters[0].leased_until)
        mine.update(leased_until=None, attempts=F("attempts") - 1)


def _answers_to(letters) -> dict:
    """{letter id: the address a person reads}: letters come from a machine, yet people answer them."""
    return import_string(settings.ALONGSIDE_ANSWERS_TO)(letters)


def _send(letter, connection, answers_to) -> int:
    try:
        message(letter, connection, answers_to=answers_to).send()
    except SMTPRecipientsRefused as error:
        _refused(letter, error)
        return 0
    except Exception as error:  # noqa: BLE001  whatever the mail server says, the letter goes back
        _put_back(letter, error)
        return 0
    with system_scope("note a letter as sent"):
        Letter.objects.filter(pk=letter.pk).update(
            status=Letter.Status.SENT, sent_at=timezone.now(), leased_until=None, last_error=""
        )
    return 1


def _refused(letter, error):
    """For good only where the mail server says that the address is wrong; else it may be us, or a bad day: try again."""
    code, words = next(iter(error.recipients.values()), (0, b""))
    words = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    status = STATUS.match(words)
    if code < PERMANENT or not status or not status[0].startswith(returns.ADDRESS_IS_WRONG):
        _put_back(letter, error)
        return
    logger.warning("letter %s refused: %s", letter.pk, status[0])
    with system_scope("note that an address is wrong"):
        Letter.objects.filter(pk=letter.pk).update(
            status=Letter.Status.FAILED, leased_until=None, last_error=f"{code} {words}"[:500]
        )
        returns.note_refused(letter, status=status[0], reason=words)


def message(letter, connection=None, *, answers_to="") -> EmailMultiAlternatives:
    """The letter as an e-mail. Its Message-ID is its key, so that a mail server can see a letter that comes twice."""
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        from_email=settings.ALONGSIDE_RETURN_ADDRESS or settings.DEFAULT_FROM_EMAIL,  # the envelope's
        reply_to=[answers_to] if answers_to else None,
        to=[formataddr((letter.to_name[:100], letter.to_email)) if letter.to_name else letter.to_email],
        headers=_headers(letter),
        connection=connection,
    )
    mail.attach_alternative(letter.html, "text/html")
    for file in letter.attachments.all():
        mail.attach(_part(file))
    return mail


def _headers(letter) -> dict[str, str]:
    """List-Unsubscribe: mail programs show a button of their own, which posts to the address (RFC 8058)."""
    headers = {
        "From": settings.DEFAULT_FROM_EMAIL,
        "Message-ID": f"<{returns.tag_of(letter)}@{settings.ALONGSIDE_MAIL_DOMAIN}>",
        "Auto-Submitted": "auto-generated",
    }
    if letter.unsubscribe_url:
        headers |= {"List-Unsubscribe": f"<{letter.unsubscribe_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return headers


def _part(file) -> MIMEBase:
    """Base64, so that nobody on the way changes line ends: calendar programs mind."""
    kind, _semicolon, parameters = file.content_type.partition(";")
    part = MIMEBase(*kind.strip().split("/"))
    for parameter in filter(None, parameters.split(";")):
        name, _equals, value = parameter.strip().partition("=")
        part.set_param(name, value)
    part.set_payload(bytes(file.content))
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=file.name)
    return part


def _put_back(letter, error):
    """Try again later: after 1, 2, 4 … minutes, at most four hours apart; after twelve tries a person must look."""
    logger.warning("letter %s not handed over (try %s): %s", letter.pk, letter.attempts, type(error).__name__)
    over = letter.attempts >= MOST_ATTEMPTS
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (letter.attempts - 1))
    with system_scope("put a letter back"):
        Letter.objects.filter(pk=letter.pk).update(
            status=Letter.Status.FAILED if over else Letter.Status.WAITING,
            due_at=timezone.now() + wait,
            leased_until=None,
            last_error=f"{type(error).__name__}: {error}"[:500],
        )
