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
from builder.studio.access import member, person_of, project_of
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


def _told(project: Project, image: Image) -> dict[str, str]:
    return {
        "id": str(image.pk),
        "name": image.name,
        "alt": str(image.alt.get(project.language) or ""),
        "address": reverse("studio:thumbnail", args=[project.pk, image.pk]),
    }
