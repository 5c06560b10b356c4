"""What people say to each other about a project: threads with replies on one level.

Who may see and write them is held by row security, and so is that words are their author's.
"""

import datetime
import uuid
from typing import Any

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.faults import Fault
from builder import mentions
from builder.models import Comment, Project, Wireframe

log = structlog.get_logger(__name__)


class CommentError(Exception):
    """A comment cannot be like this; `faults` say where."""

    def __init__(self, pointer: str, code: str, detail: str) -> None:
        super().__init__(detail)
        self.faults = [Fault(pointer, code, detail)]


def write(
    *,
    project: Project,
    author_id: uuid.UUID | None,
    body: str,
    now: datetime.datetime,
    parent: Comment | None = None,
    wireframe: Wireframe | None = None,
    component_id: str = "",
) -> Comment:
    """Begin a thread, on a page or a component of it where these are given, or reply to one.

    Whoever the words call, of those who see the project, is told by mail. `author_id` is None for
    a program. Raises `CommentError`, `mentions.MentionError`.
    """
    if parent is not None and (wireframe is not None or component_id):
        text = _("A reply stands where its thread does.")
        raise CommentError("/wireframe", "reply", text)
    with transaction.atomic():
        thread = _thread(parent, project) if parent is not None else None
        comment = Comment.objects.create(
            workspace_id=project.workspace_id,
            project=project,
            author_id=author_id,
            body=body,
            parent=thread,
            **_anchor(project, wireframe, component_id),
        )
        mentions.note(comment=comment, now=now)
    log.info("comment.written", comment_id=str(comment.pk), is_reply=comment.is_reply)
    return comment


def change(*, comment: Comment, body: str, now: datetime.datetime) -> Comment:
    """Give a comment other words; who is called for the first time is told by mail.

    Raises `CommentError` for one that was deleted, `mentions.MentionError`.
    """
    with transaction.atomic():
        held = _held(comment)
        if held is None or held.deleted_at is not None:
            raise CommentError("", "deleted", _("The comment was deleted."))
        before, held.body = held.body, body
        held.save(update_fields=["body", "updated_at"])
        mentions.note(comment=held, now=now, before=before)
    comment.refresh_from_db(fields=["body", "updated_at"])
    return comment


def remove(*, comment: Comment, now: datetime.datetime) -> None:
    """Delete a comment; twice is once.

    A thread to which somebody has replied keeps its place without its words until the last reply
    goes, and whoever it calls and has had no mail yet gets none.
    """
    with transaction.atomic():
        held = _held(comment)
        if held is None or held.deleted_at is not None:
            return
        if held.replies.exists():
            # Whoever replies meanwhile waits for this row, and finds it deleted.
            held.body, held.deleted_at = "", now
            held.save(update_fields=["body", "deleted_at", "updated_at"])
        else:
            held.delete()
    log.info("comment.removed", comment_id=str(comment.pk))


def resolve(*, comment: Comment, by: uuid.UUID | None, now: datetime.datetime) -> Comment:
    """Settle a thread; one that is settled keeps its time and its person.

    `by` is None for a program. Raises `CommentError` for a reply.
    """
    _refuse_reply(comment)
    found = Comment.objects.open().threads().filter(pk=comment.pk)
    if found.update(resolved_at=now, resolved_by_id=by, updated_at=now):
        log.info("comment.resolved", comment_id=str(comment.pk))
    return _as_it_stands(comment)


def reopen(*, comment: Comment, now: datetime.datetime) -> Comment:
    """Take a settled thread up again. Raises `CommentError` for a reply."""
    _refuse_reply(comment)
    settled = Comment.objects.filter(pk=comment.pk, resolved_at__isnull=False)
    if settled.update(resolved_at=None, resolved_by_id=None, updated_at=now):
        log.info("comment.reopened", comment_id=str(comment.pk))
    return _as_it_stands(comment)


def _as_it_stands(comment: Comment) -> Comment:
    comment.refresh_from_db(fields=["resolved_at", "resolved_by", "updated_at"])
    return comment


def _refuse_reply(comment: Comment) -> None:
    if comment.is_reply:
        raise CommentError("", "reply", _("A reply is settled with its thread."))


def _held(comment: Comment) -> Comment | None:
    """The comment's row, held until the transaction ends; None where it has gone."""
    return Comment.objects.select_for_update(of=("self",)).filter(pk=comment.pk).first()


def _thread(parent: Comment, project: Project) -> Comment:
    """The thread that is replied to, held so that nobody deletes it meanwhile."""
    held = _held(parent)
    if held is None or held.deleted_at is not None:
        raise CommentError("/parent", "deleted", _("The comment was deleted."))
    if held.project_id != project.pk:
        text = _("The comment is on another project.")
        raise CommentError("/parent", "other_project", text)
    if held.is_reply:
        text = _("This is a reply itself; reply to its thread.")
        raise CommentError("/parent", "one_level", text)
    return held


def _anchor(project: Project, wireframe: Wireframe | None, component_id: str) -> dict[str, Any]:
    if wireframe is None:
        if component_id:
            text = _("Say on which page the component is.")
            raise CommentError("/wireframe", "required", text)
        return {}
    if wireframe.sitemap.project_id != project.pk:
        text = _("The page is of another project.")
        raise CommentError("/wireframe", "other_project", text)
    if component_id and component_id not in _component_ids(wireframe.layout):
        text = _("The page has no component %(id)s.") % {"id": component_id}
        raise CommentError("/component_id", "unknown_component", text)
    return {"wireframe": wireframe, "page_key": wireframe.page_key, "component_id": component_id}


def _component_ids(layout: Any) -> set[str]:
    """As `CommentQuerySet.with_place` looks for them, in SQL."""
    content = layout.get("content") if isinstance(layout, dict) else None
    found = (item.get("props") for item in content or [] if isinstance(item, dict))
    return {str(props.get("id")) for props in found if isinstance(props, dict)}
