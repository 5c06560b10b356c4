"""What can be asked of a release: what differs from another, and the whole as files."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from builder import release_changes, static_site
from builder.models import Release


class LineSerializer(serializers.Serializer[release_changes.Line]):
    mark = serializers.ChoiceField(choices=["+", "-", " "], help_text="New, gone, or the same.")
    text = serializers.CharField()


class ComponentChangeSerializer(serializers.Serializer[release_changes.ComponentChange]):
    status = serializers.ChoiceField(choices=["added", "removed", "changed"])
    id = serializers.CharField()
    type = serializers.CharField()


class PathChangeSerializer(serializers.Serializer[release_changes.PathChange]):
    path = serializers.CharField()
    status = serializers.ChoiceField(choices=["added", "removed", "changed"])
    content_type = serializers.CharField()
    size_before = serializers.IntegerField(allow_null=True, help_text="Bytes.")
    size_after = serializers.IntegerField(allow_null=True, help_text="Bytes.")
    text = LineSerializer(
        many=True, help_text="A page's visible text; empty where only something else differs."
    )
    components = ComponentChangeSerializer(many=True)


class ComparisonSerializer(serializers.Serializer[Any]):
    changes = PathChangeSerializer(many=True)


WITH = OpenApiParameter(
    "with",
    str,
    required=False,
    default="draft",
    description="`draft`, the project as it stands, or the id of another release of it.",
)


class ReleaseActions:
    """Actions of a viewset of releases."""

    @extend_schema(parameters=[WITH], responses=ComparisonSerializer)
    @action(detail=True, methods=["get"], pagination_class=None, filterset_fields=[])
    def compare(self, request: Request, **kwargs: Any) -> Response:
        """What would be otherwise with the draft, or is with another release, path by path."""
        release: Release = self.get_object()  # type: ignore[attr-defined]
        wanted = request.query_params.get("with", "draft")
        other = release_changes.side(release=release, wanted=wanted)
        changes = release_changes.compare(release_changes.of_release(release), other)
        return Response(ComparisonSerializer({"changes": changes}).data)

    @extend_schema(responses={(200, "application/zip"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"], pagination_class=None, filterset_fields=[])
    def download(self, request: Request, **kwargs: Any) -> HttpResponse:
        """The release as a zip of files that any web server can serve."""
        release: Release = self.get_object()  # type: ignore[attr-defined]
        made = static_site.export(release=release)
        name = f"{release.project.slug}-{release.number or 'preview'}.zip"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(static_site.archive(made), "application/zip", headers=headers)
