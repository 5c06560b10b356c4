"""What is kept of projects beside their documents: measurements, examples to learn from."""

from typing import Any

from django.db import models
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import (
    ReadOnlyWorkspaceViewSet,
    WorkspaceSerializer,
    WorkspaceViewSet,
    tenancy_of,
    workspace_id_of,
)
from builder.api import examples
from builder.api.access import ProjectRows
from builder.api.sites import ComponentSerializer
from builder.api.summaries import ProjectSummary
from builder.models import (
    AITrainingData,
    AnalysisModel,
    QualityMeasurement,
)


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
