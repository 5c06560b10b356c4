"""Who is called in a comment, and that they are told once by mail.

A call is resolved by the platform among those who see the project: the members of its workspace
and its collaborators. Nobody else is ever called, and the answer tells nobody who that is whom
they do not see anyway: a guest finds no mention but of themselves (row security).
"""

import datetime
import uuid
from collections.abc import Collection
from typing import Final

import structlog
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts import tenancy
from accounts.faults import Fault
from accounts.models import User
from accounts.privacy import hints
from builder import calling
from builder.models import Comment, CommentMention, Project, ProjectCollaborator

log = structlog.get_logger(__name__)

MOST_AN_HOUR: Final = 100
TASK: Final = "builder.tasks.mail_mentions"


class MentionError(Exception):
    """More people are called than one comment, or one person within an hour, may call."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.faults = [Fault("/body", "too_many_mentions", detail)]


def note(*, comment: Comment, now: datetime.datetime, before: str = "") -> None:
    """Keep whom the comment's words call, and have those told who were not called before.

    Whoever was called in the words `before`, is called no more and has had no mail gets none.
    Raises `MentionError`.
    """
    called = calling.calls(comment.body)
    if len(called) > calling.MOST_CALLS:
        text = _("A comment calls at most %(count)s people.") % {"count": calling.MOST_CALLS}
        raise MentionError(text)
    if not called and not calling.calls(before):
        return
    with tenancy.owner(reason="note_mentions", user_id=comment.author_id):
        meant = calling.resolve(called, _people(comment)) if called else set()
        _keep(comment, meant, now)


def may_see(*, person: User, project: Project) -> bool:
    """Whether somebody sees a project: its workspace's member, or its collaborator."""
    return _seers(project).filter(pk=person.pk).exists() and project.trashed_at is None


def _keep(comment: Comment, meant: Collection[uuid.UUID], now: datetime.datetime) -> None:
    kept = CommentMention.objects.filter(workspace_id=comment.workspace_id, comment=comment)
    kept.untold().exclude(user_id__in=meant).delete()
    new = set(meant) - set(kept.values_list("user_id", flat=True))
    if not new:
        return
    lately = CommentMention.objects.filter(
        comment__author_id=comment.author_id, created_at__gte=now - datetime.timedelta(hours=1)
    )
    if lately.count() + len(new) > MOST_AN_HOUR:
        text = _("You have called %(count)s people within an hour; wait a little.")
        raise MentionError(text % {"count": MOST_AN_HOUR})
    CommentMention.objects.bulk_create(
        [
            CommentMention(workspace_id=comment.workspace_id, comment=comment, user_id=user_id)
            for user_id in sorted(new)
        ],
        ignore_conflicts=True,
    )
    hints.ask(TASK)
    log.info("comment.mentions", comment_id=str(comment.pk), count=len(new))


def _people(comment: Comment) -> list[calling.Person]:
    """Who may be called: nobody calls themselves."""
    names = ("id", "email", "first_name", "last_name", "preferred_name")
    return [
        calling.Person(**row)
        for row in _seers(comment.project).values(*names)
        if row["id"] != comment.author_id
    ]


def _seers(project: Project) -> QuerySet[User]:
    asked = ProjectCollaborator.objects.filter(project=project).values("user_id")
    members = Q(memberships__workspace_id=project.workspace_id)
    seers: QuerySet[User] = User.objects.filter(members | Q(pk__in=asked), is_active=True)
    return seers.distinct()
