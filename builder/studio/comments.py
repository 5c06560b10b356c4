"""What people say about a page and its sections, beside it."""

import contextlib
import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from builder import comments, editing, mentions
from builder.models import Comment, Project, Wireframe
from builder.studio.access import may_comment, member, person_of, project_of

MOST = 50
_LONGEST = 10_000


@require_http_methods(["GET", "HEAD", "POST"])
@member
def threads(request: HttpRequest, project_id: uuid.UUID) -> HttpResponse:
    """The threads on the page `?page=`; POST begins one on its `section`, or answers `parent`."""
    project = project_of(request, project_id)
    asked = request.POST if request.method == "POST" else request.GET
    page = editing.page_of(project, asked.get("page", ""))
    section = _section(asked)
    faults: list[str] = []
    if request.method == "POST":
        if not may_comment(request, project):
            raise PermissionDenied
        faults = _write(request, project, page, section)
    return _shown(request, project, page, section, faults)


@require_POST
@member
def settle(
    request: HttpRequest, project_id: uuid.UUID, comment_id: uuid.UUID, work: str
) -> HttpResponse:
    """Settle a thread, take it up again, or delete a comment of one's own."""
    project = project_of(request, project_id)
    comment = get_object_or_404(Comment, project=project, pk=comment_id)
    person = person_of(request)
    if not may_comment(request, project) or (work == "delete" and comment.author_id != person.pk):
        raise PermissionDenied
    now = timezone.now()
    if work == "resolve":
        comments.resolve(comment=comment, by=person.pk, now=now)
    elif work == "reopen":
        comments.reopen(comment=comment, now=now)
    else:
        comments.remove(comment=comment, now=now)
    page = editing.page_of(project, request.POST.get("page", ""))
    return _shown(request, project, page, _section(request.POST), [])


def _thread(project: Project, parent: str) -> Comment | None:
    with contextlib.suppress(ValidationError):
        return Comment.objects.filter(project=project, pk=parent).first()
    return None


def _section(asked: Mapping[str, str]) -> str:
    return asked.get("section", "").replace("\0", "")[:128]


def _write(
    request: HttpRequest, project: Project, page: Wireframe | None, section: str
) -> list[str]:
    """Write what was sent; returns why it was not."""
    body = request.POST.get("body", "").strip()
    if not body:
        return [_("Write something first.")]
    if len(body) > _LONGEST or "\0" in body:
        return [_("This cannot be kept as a comment.")]
    parent = request.POST.get("parent", "")
    replied = _thread(project, parent) if parent else None
    if parent and replied is None:
        return [_("The comment was deleted.")]
    anchor: dict[str, Any] = {} if replied else {"wireframe": page, "component_id": section}
    try:
        comments.write(
            project=project,
            author_id=person_of(request).pk,
            body=body,
            now=timezone.now(),
            parent=replied,
            **anchor,
        )
    except (comments.CommentError, mentions.MentionError) as error:
        return [str(fault.detail) for fault in error.faults]
    return []


def _shown(
    request: HttpRequest,
    project: Project,
    page: Wireframe | None,
    section: str,
    faults: list[str],
) -> HttpResponse:
    replies = Comment.objects.order_by("id").select_related("author")
    rows = Comment.objects.filter(project=project, wireframe=page).threads().with_place()
    found = rows.select_related("author").prefetch_related(Prefetch("replies", queryset=replies))
    context = {
        "project": project,
        "page": page,
        "section": section,
        "threads": list(found.order_by("resolved_at", "-id")[:MOST]),
        "may_comment": may_comment(request, project),
        "person": person_of(request),
        "faults": faults,
        "body": request.POST.get("body", "") if faults else "",
    }
    return render(request, "studio/comments.html", context, status=422 if faults else 200)
