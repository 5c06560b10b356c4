"""Uploaded pictures, as the editor chooses among them."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.faults import Fault
from builder.images import answering, library
from builder.models import Image, Project
from builder.storing import StorageAwayError
from builder.studio.access import body_of, member, person_of, project_of
from builder.studio.answers import json_answers, refused

MOST = 120
THUMBNAIL = 320


@require_http_methods(["GET", "HEAD", "POST"])
@member
@json_answers
def images(request: HttpRequest, project_id: uuid.UUID) -> Any:
    """The workspace's pictures, the newest first; POST takes a `file` in."""
    project = project_of(request, project_id, edits=request.method == "POST")
    if request.method != "POST":
        rows = Image.objects.filter(workspace_id=project.workspace_id).order_by("-id")[:MOST]
        return {"images": [_told(project, image) for image in rows]}
    file = request.FILES.get("file")
    if file is None:
        return refused([Fault("/file", "required", _("Choose a file."))])
    try:
        image, is_new = library.upload(
            workspace_id=project.workspace_id,
            file=file,
            filename=file.name or "",
            project=project,
            user=person_of(request),
        )
    except StorageAwayError as error:
        return refused([Fault("/file", "storage_away", str(error))], status=503)
    return JsonResponse(_told(project, image), status=201 if is_new else 200)


@require_http_methods(["PUT"])
@member
@json_answers
def about(request: HttpRequest, project_id: uuid.UUID, image_id: uuid.UUID) -> Any:
    """What is in a picture, by language, and what of it stays in sight (`focal`: [x, y])."""
    project = project_of(request, project_id, edits=True)
    image = get_object_or_404(Image, workspace_id=project.workspace_id, pk=image_id)
    body = body_of(request)
    changes: dict[str, Any] = {}
    if "alts" in body:
        library.check_alt(body["alts"])
        changes["alt"] = {**image.alt, **body["alts"]}
    if "focal" in body:
        if not _is_point(body["focal"]):
            text = _("A point is two numbers from 0 to 1: across and down.")
            return refused([Fault("/focal", "invalid_point", text)])
        changes["focal_x"], changes["focal_y"] = map(float, body["focal"])
    return _told(project, library.change(image=image, changes=changes) if changes else image)


def _is_point(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(type(each) in (int, float) and 0 <= each <= 1 for each in value)
    )


@require_safe
@member
def thumbnail(request: HttpRequest, project_id: uuid.UUID, image_id: uuid.UUID) -> HttpResponse:
    """A small file of a picture."""
    project = project_of(request, project_id)
    image = get_object_or_404(Image, workspace_id=project.workspace_id, pk=image_id)
    found = answering.answer(
        image,
        width=THUMBNAIL,
        accepted=request.headers.get("Accept", ""),
        known=request.headers.get("If-None-Match", ""),
    )
    if found.status == 404:
        raise Http404
    return HttpResponse(
        found.body, status=found.status, content_type=found.content_type, headers=found.headers
    )


def _told(project: Project, image: Image) -> dict[str, Any]:
    return {
        "id": str(image.pk),
        "name": image.name,
        "alts": image.alt,
        "focal": [image.focal_x, image.focal_y],
        "address": reverse("studio:thumbnail", args=[project.pk, image.pk]),
        "about": reverse("studio:image-about", args=[project.pk, image.pk]),
    }
