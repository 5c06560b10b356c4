"""What is kept of projects beside their documents: versions, comments, measurements, examples."""

import uuid
from typing import Any

from django.db import models
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import (
    WRITERS,
    ReadOnlyWorkspaceViewSet,
    WorkspaceSerializer,
    WorkspaceViewSet,
    tenancy_of,
    workspace_id_of,
)
from accounts.models import Role
from builder import comments
from builder.api import examples
from builder.api.access import ProjectField, ProjectPermission, ProjectRows
from builder.api.sites import ComponentSerializer
from builder.api.summaries import ProjectSummary
from builder.models import (
    AITrainingData,
    AnalysisModel,
    Comment,
    QualityMeasurement,
)


class CommentSerializer(WorkspaceSerializer):
    project = ProjectField()

    class Meta:
        model = Comment
        fields = ["id", "project", "author", "body", "resolved_at", "created_at", "updated_at"]
        read_only_fields = ["author", "resolved_at"]

    def validate(self, attributes: dict[str, Any]) -> dict[str, Any]:
        if self.instance is not None and "project" in attributes:
            raise serializers.ValidationError({"project": "A comment stays with its project."})
        return attributes


class CommentPermission(ProjectPermission):
    """A comment's words are its author's; whoever may comment may settle it."""

    def has_object_permission(self, request: Request, view: Any, obj: Any) -> bool:
        if not super().has_object_permission(request, view, obj):
            return False
        if request.method in SAFE_METHODS or view.action in ("resolve", "reopen"):
            return True
        return bool(obj.author_id == tenancy_of(request).user_id)


REMARK = OpenApiExample(
    "A remark",
    value={
        "project": "0199c2d4-5b7e-7000-8000-000000000001",
        "body": "The fees should stand above the fold.",
    },
    request_only=True,
)


@examples.shown_by(partial_update={"body": "The fees stand above the fold now."})
class CommentViewSet(ProjectRows, viewsets.ModelViewSet[Comment]):
    """Remarks on projects, by their editors and analysts."""

    queryset = Comment.objects.order_by("-id")
    serializer_class = CommentSerializer
    permission_classes = [CommentPermission]
    writers = frozenset({*WRITERS, Role.ANALYST})
    collaborators_write = True
    filterset_fields = {"project": ["exact"], "author": ["exact"], "resolved_at": ["isnull"]}
    search_fields = ["body"]
    expandable = {"project": ProjectSummary}
    http_method_names = ["get", "post", "patch", "delete", "head", "options"]

    def project_id_of(self, comment: Comment) -> uuid.UUID:
        project_id: uuid.UUID = comment.project_id
        return project_id

    @extend_schema(examples=[REMARK])
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Remark on a project."""
        return super().create(request, *args, **kwargs)

    def perform_create(self, serializer: serializers.BaseSerializer[Any]) -> None:
        project = serializer.validated_data["project"]
        author_id = tenancy_of(self.request).user_id
        serializer.save(workspace_id=project.workspace_id, author_id=author_id)

    @extend_schema(request=None, responses=CommentSerializer)
    @action(detail=True, methods=["post"])
    def resolve(self, request: Request, **kwargs: Any) -> Response:
        """Settle the comment."""
        comment = comments.resolve(comment=self.get_object(), now=timezone.now())
        return Response(self.get_serializer(comment).data)

    @extend_schema(request=None, responses=CommentSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, **kwargs: Any) -> Response:
        """Take the settled comment up again."""
        comment = comments.reopen(comment=self.get_object(), now=timezone.now())
        return Response(self.get_serializer(comment).data)


class MeasurementSerializer(WorkspaceSerializer):
    class Meta:
        model = QualityMeasurement
        exclude = ["workspace"]


class MeasurementViewSet(ProjectRows, viewsets.ReadOnlyModelViewSet[QualityMeasurement]):
    """What engines measured of sites and their components."""

    queryset = QualityMeasurement.objects.order_by("-id")
    serializer_class = MeasurementSerializer
    filterset_fields = ["project", "component_intelligence", "version_number", "engine"]
    expandable = {"project": ProjectSummary, "component_intelligence": ComponentSerializer}


class TrainingDataSerializer(WorkspaceSerializer):
    class Meta:
        model = AITrainingData
        exclude = ["workspace"]
        # What training itself says of an example.
        read_only_fields = [
            "user", "used_in_training", "training_batch_id", "training_date",
            "performance_improvement", "model_accuracy_before", "model_accuracy_after",
        ]  # fmt: skip


EXAMPLE = OpenApiExample(
    "What a person said of a suggestion",
    value={
        "source_type": "user_feedback",
        "source_id": "suggestion-17",
        "input_data": {"type": "contact_form", "page": "home"},
        "expected_output": {"workflow": "lead_capture"},
        "data_quality_score": 0.9,
        "component_type": "contact_form",
        "user_feedback_score": 8,
    },
    request_only=True,
)


@examples.shown_by(partial_update={"is_validated": True, "validation_source": "an editor"})
class TrainingDataViewSet(WorkspaceViewSet):
    """Examples to learn from: the workspace's own, and the platform's to read."""

    queryset = AITrainingData.objects.order_by("-id")
    serializer_class = TrainingDataSerializer
    filterset_fields = [
        "source_type", "source_id", "component_type", "workflow_category", "is_validated",
        "used_in_training", "training_batch_id", "user", "project",
    ]  # fmt: skip
    search_fields = ["source_id", "workflow_category"]
    expandable = {"project": ProjectSummary}
    bulk_create = True

    def get_queryset(self) -> models.QuerySet[Any]:
        rows = super().get_queryset()
        if self.request is None or self.request.method in SAFE_METHODS:
            return rows
        return rows.filter(workspace_id=workspace_id_of(self.request))

    @extend_schema(examples=[EXAMPLE])
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Add an example; many at once with `bulk/`."""
        return super().create(request, *args, **kwargs)

    def stamp(self, model: type[models.Model]) -> dict[str, Any]:
        return {**super().stamp(model), "user_id": tenancy_of(self.request).user_id}


class AnalysisModelSerializer(serializers.ModelSerializer[AnalysisModel]):
    class Meta:
        model = AnalysisModel
        fields = [
            "id", "name", "version", "is_active", "trained_at", "metrics", "created_at",
            "updated_at",
        ]  # fmt: skip


class AnalysisModelViewSet(ReadOnlyWorkspaceViewSet):
    """The models that analyse components, with what their evaluation gave."""

    queryset = AnalysisModel.objects.order_by("-id")
    serializer_class = AnalysisModelSerializer
    filterset_fields = ["name", "version", "is_active"]
