"""Remarks on projects: settled, and taken up again."""

import datetime

from builder.models import Comment


def resolve(*, comment: Comment, now: datetime.datetime) -> Comment:
    """Settle a comment; one that is settled keeps its time."""
    Comment.objects.open().filter(pk=comment.pk).update(resolved_at=now, updated_at=now)
    comment.refresh_from_db()
    return comment


def reopen(*, comment: Comment, now: datetime.datetime) -> Comment:
    """Take a settled comment up again."""
    settled = Comment.objects.filter(pk=comment.pk, resolved_at__isnull=False)
    settled.update(resolved_at=None, updated_at=now)
    comment.refresh_from_db()
    return comment
