"""The mail to whoever was called in a comment.

A mention's row is the outbox: it is written in the comment's transaction, and sent by a worker
until that has succeeded. At least once: a worker that dies between the server's yes and our note
sends it again, with the same Message-ID.
"""

import datetime
import smtplib
import uuid
from collections.abc import Callable
from typing import Final

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import mail
from accounts.models import UserProfile
from builder import mentions
from builder.models import CommentMention
from builder.models.languages import RIGHT_TO_LEFT

log = structlog.get_logger(__name__)

BATCH: Final = 500
# After so long without a server that takes it, the news is none.
PATIENCE: Final = datetime.timedelta(days=1)
LONGEST: Final = 2000
Clock = Callable[[], datetime.datetime]


def send_due(*, clock: Clock = timezone.now, limit: int = BATCH) -> int:
    """Tell who was called and has not been told, at most `limit` people; returns how many were.

    Whoever has lost sight of the project since, or whose comment was deleted, is not told. A mail
    that is refused for now waits for the next run, others do not wait for it; all wait where the
    server itself is away.
    """
    sent = 0
    later: list[uuid.UUID] = []
    for _attempt in range(limit):
        told = _next(clock(), later)
        if told is None:
            break
        sent += told
    return sent


def message(mention: CommentMention) -> EmailMultiAlternatives:
    """The mail, in the person's language: what was said, where, and a link to it."""
    comment, person = mention.comment, mention.user
    language = _language(mention)
    with translation.override(language):
        author = comment.author.get_full_name() if comment.author else _("Somebody")
        names = {"author": author, "project": comment.project.name}
        context = {
            **names,
            "body": comment.body[:LONGEST] + ("…" if len(comment.body) > LONGEST else ""),
            "url": address_of(comment.parent_id or comment.pk, comment.pk),
            "language": language,
            "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        }
        subject = " ".join((_("%(author)s mentioned you on %(project)s") % names).split())
        text = render_to_string("builder/mention.txt", context)
        html = render_to_string("builder/mention.html", {**context, "subject": subject})
    return mail.message(
        key=mention.pk,
        language=language,
        subject=subject[:200],
        text=text,
        html=html,
        to=person.email,
    )


def address_of(thread_id: uuid.UUID, comment_id: uuid.UUID) -> str:
    """Where the console shows a thread, at one of its comments."""
    page = f"{settings.PUBLIC_OFFICE_URL}{settings.CONSOLE_PATH}builder/comment/{thread_id}/change/"
    return f"{page}#comment-{comment_id}"


def _next(now: datetime.datetime, later: list[uuid.UUID]) -> bool | None:
    """Whether the next mention was told by mail; None where none is left, or can be sent now.

    `later` are those that wait for another run; one more may be added.
    """
    with transaction.atomic():
        waiting = CommentMention.objects.untold().exclude(pk__in=later)
        mention = (
            waiting.select_for_update(of=("self",), skip_locked=True, no_key=True)
            .select_related("comment__project__workspace", "comment__author", "user")
            .order_by("created_at", "pk")
            .first()
        )
        if mention is None:
            return None
        error = _send(mention) if (wanted := _is_wanted(mention)) else None
        if error is not None and not _is_over(mention, error, now):
            later.append(mention.pk)
            return False if isinstance(error, mail.ABOUT_THE_MAIL) else None
        CommentMention.objects.filter(pk=mention.pk).update(mailed_at=now, updated_at=now)
    return wanted and error is None


def _is_wanted(mention: CommentMention) -> bool:
    comment = mention.comment
    return comment.deleted_at is None and mentions.may_see(
        person=mention.user, project=comment.project
    )


def _send(mention: CommentMention) -> Exception | None:
    try:
        message(mention).send()
    except (OSError, smtplib.SMTPException, ValueError) as error:
        log.warning("mention.not_mailed", mention=str(mention.pk), error=type(error).__name__)
        return error
    log.info("mention.mailed", mention=str(mention.pk))
    return None


def _is_over(mention: CommentMention, error: Exception, now: datetime.datetime) -> bool:
    """Whether a mail that failed is not tried again: refused for good, or tried for long."""
    return mail.is_final(error) or now - mention.created_at > PATIENCE


def _language(mention: CommentMention) -> str:
    """The language that the person chose, else the workspace's."""
    profiles = UserProfile.objects.filter(user=mention.user)
    chosen = profiles.values_list("preferred_language", flat=True).first()
    language = chosen or mention.comment.project.workspace.default_language
    return language if language in dict(settings.LANGUAGES) else "en"
