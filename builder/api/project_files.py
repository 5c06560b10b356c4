"""Whole projects: made of one document, carried away as a file and made of one."""

from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_view,
)
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import workspace_id_of
from accounts.api.filtering import BadParameterError, check_parameters
from accounts.api.rendering import FastJSONRenderer
from accounts.models import Workspace
from builder import structure
from builder.api import examples
from builder.api.access import person_of
from builder.api.faults import FileTooLarge, refuse
from builder.exchange import ExchangeError, project_export, project_import
from builder.exchange.project_format import MAX_BYTES, MEDIA_TYPE
from builder.models import Project

VERSIONS = "versions"
# What a form with one file has around it.
_AROUND = 10_000


class ZipRenderer(BaseRenderer):
    """Lets a client ask for a zip by `Accept`; the archive itself is streamed as it is."""

    media_type = MEDIA_TYPE
    format = "zip"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> Any:
        return FastJSONRenderer().render(data)


class ProjectFileSerializer(serializers.Serializer[Any]):
    file = serializers.FileField(help_text="What a project's export gave.")


class ProjectFiles:
    """For the viewset of projects."""

    @action(detail=False, methods=["post"])
    def structure(self: Any, request: Request, **kwargs: Any) -> Response:
        """Make a project with its sitemap, its pages and its style: all of it or nothing."""
        try:
            wanted = structure.read(request.data, workspace_id=workspace_id_of(request))
        except structure.StructureError as error:
            refuse(error.faults)
            raise
        project = structure.create(
            workspace=_workspace(request), owner=person_of(request), structure=wanted
        )
        answer: Response = self.made(project)
        return answer

    @action(
        detail=True,
        methods=["get"],
        url_path="export",
        renderer_classes=[FastJSONRenderer, ZipRenderer],
    )
    def export_file(self: Any, request: Request, **kwargs: Any) -> StreamingHttpResponse:
        """The whole project as one file, to be imported into another workspace."""
        check_parameters(request, [VERSIONS])
        wanted = request.query_params.get(VERSIONS, "0")
        if wanted not in ("0", "1"):
            raise BadParameterError({VERSIONS: ["Say 1 for the history, or 0."]})
        return answer(self.get_object(), versions=wanted == "1")

    @action(detail=False, methods=["post"], url_path="import", parser_classes=[MultiPartParser])
    def import_file(self: Any, request: Request, **kwargs: Any) -> Response:
        """Make a project of an exported one's file: all of it or nothing.

        A fault is a 400 whose pointers begin with /file and the name of the file inside.
        """
        check_parameters(request, [])
        _check_size(request.META.get("CONTENT_LENGTH"))
        form = ProjectFileSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        file = form.validated_data["file"]
        _check_size(file.size)
        try:
            project = project_import.create(
                workspace=_workspace(request),
                owner=person_of(request),
                arrival=project_import.read(file),
            )
        except ExchangeError as error:
            refuse(fault.under("/file") for fault in error.faults)
            raise
        answer: Response = self.made(project)
        return answer


def described(project: type[serializers.Serializer[Any]]) -> Any:
    """Decorate a viewset with `ProjectFiles`; `project` shows what was made."""
    return extend_schema_view(
        structure=extend_schema(
            operation_id="projects_structure_create",
            summary="Create project from a document",
            request=structure.Structure,
            responses={201: project},
            examples=[OpenApiExample("Example", value=examples.STRUCTURE, request_only=True)],
        ),
        export_file=extend_schema(
            operation_id="projects_file_retrieve",
            summary="Export project",
            parameters=[
                OpenApiParameter(VERSIONS, str, enum=["0", "1"], description="With its history.")
            ],
            responses={(200, MEDIA_TYPE): OpenApiTypes.BINARY},
        ),
        import_file=extend_schema(
            operation_id="projects_file_import",
            summary="Import project",
            request={"multipart/form-data": ProjectFileSerializer},
            responses={201: project},
        ),
    )


def answer(project: Project, *, versions: bool) -> StreamingHttpResponse:
    """A project's file as a download."""
    now = timezone.now()
    name = project_export.filename(project, now=now)
    return StreamingHttpResponse(
        project_export.stream(project=project, versions=versions, now=now),
        content_type=MEDIA_TYPE,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )


def _check_size(size: Any) -> None:
    """Refuse a file that is too large before it is read. Raises `FileTooLarge`."""
    if str(size or "").isdigit() and int(size) > MAX_BYTES + _AROUND:
        raise FileTooLarge


def _workspace(request: Request) -> Workspace:
    return Workspace.objects.get(pk=workspace_id_of(request))
