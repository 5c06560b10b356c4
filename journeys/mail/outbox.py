"""The outbox: a mail is a row first, and is sent by a worker until that has succeeded.

A row is written in the transaction of what it tells of, so that none is lost and none is made
twice. Sending is at least once: a worker that dies between the server's yes and our note sends it
again, with the same Message-ID.
"""

import datetime
import smtplib
import uuid
from collections.abc import Callable
from email.utils import formataddr, parseaddr
from typing import Final

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.mail import ABOUT_THE_MAIL, is_final, message
from journeys.backoff import delay
from journeys.mail.composition import Composed
from journeys.mail.models import MailMessage
from journeys.workflows.models import WorkflowExecution

log = structlog.get_logger(__name__)

LEASE: Final = datetime.timedelta(minutes=2)
MAX_ATTEMPTS: Final = 8
BATCH: Final = 500

Clock = Callable[[], datetime.datetime]


def enqueue(
    *,
    execution: WorkflowExecution,
    step_index: int,
    to_address: str,
    composed: Composed,
    now: datetime.datetime,
    from_name: str = "",
    reply_to: str = "",
) -> MailMessage:
    """Write a mail into the outbox; the same step and recipient again give the same mail."""
    mail, _made = MailMessage.objects.get_or_create(
        workspace_id=execution.workspace_id,
        execution=execution,
        step_index=step_index,
        to_address=to_address,
        defaults={
            "contact_id": execution.contact_id,
            "reply_to": reply_to,
            "from_name": from_name[:120],
            "subject": composed.subject,
            "text": composed.text,
            "html": composed.html,
            "language": composed.language,
            "due_at": now,
        },
    )
    return mail


def count_to(*, workspace_id: uuid.UUID, address: str, since: datetime.datetime) -> int:
    """How many mails the workspace has written to an address since then."""
    return MailMessage.objects.filter(
        workspace_id=workspace_id, to_address=address, created_at__gte=since
    ).count()


def has_due(*, now: datetime.datetime) -> bool:
    return MailMessage.objects.due(now).exists()


def send_due(*, clock: Clock = timezone.now, limit: int = BATCH) -> int:
    """Send what is due, at most `limit` mails; returns how many were sent.

    Stops at the first mail for which the server itself is away: the next would wait for it too.
    """
    sent = 0
    for _attempt in range(limit):
        mail = _claim(clock())
        if mail is None:
            break
        error = _send(mail, clock=clock)
        if error is None:
            sent += 1
        elif not isinstance(error, ABOUT_THE_MAIL):
            break
    return sent


def _claim(now: datetime.datetime) -> MailMessage | None:
    """Take the next mail for two minutes, so that no other worker sends it meanwhile."""
    with transaction.atomic():
        mail = (
            MailMessage.objects.due(now)
            .select_for_update(skip_locked=True)
            .order_by("due_at")
            .first()
        )
        if mail is None:
            return None
        mail.status = MailMessage.Status.SENDING
        mail.lease, mail.due_at, mail.attempts = uuid.uuid4(), now + LEASE, mail.attempts + 1
        mail.save(update_fields=["status", "lease", "due_at", "attempts", "updated_at"])
    return mail


def _send(mail: MailMessage, *, clock: Clock) -> Exception | None:
    """Hand one claimed mail over; its row says what came of it. Returns what went wrong."""
    try:
        _message(mail).send()
    except (OSError, smtplib.SMTPException, ValueError) as error:
        _failed(mail, error, now=clock())
        return error
    now = clock()
    _note(mail, status=MailMessage.Status.SENT, sent_at=now, error_message="", lease=None)
    log.info("mail.sent", mail=str(mail.id), attempts=mail.attempts)
    return None


def _failed(mail: MailMessage, error: Exception, *, now: datetime.datetime) -> None:
    final = is_final(error) or mail.attempts >= MAX_ATTEMPTS
    status = MailMessage.Status.FAILED if final else MailMessage.Status.QUEUED
    due_at = now + delay(attempt=mail.attempts)
    _note(mail, status=status, due_at=due_at, error_message=str(error)[:500], lease=None)
    log.warning("mail.not_sent", mail=str(mail.id), attempts=mail.attempts, final=final)


def _note(mail: MailMessage, **fields: object) -> None:
    """Write only while the lease is ours: another worker may have taken the mail since."""
    mine = Q(pk=mail.pk, lease=mail.lease)
    MailMessage.objects.filter(mine).update(**fields, updated_at=timezone.now())


def _message(mail: MailMessage) -> EmailMultiAlternatives:
    platform_name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return message(
        key=mail.id,
        language=mail.language,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        to=mail.to_address,
        from_email=formataddr((mail.from_name or platform_name, address)),
        reply_to=[mail.reply_to] if mail.reply_to else None,
    )
