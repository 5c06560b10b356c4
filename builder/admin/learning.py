"""Measurements, examples to learn from, and the models that analyse components."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.admin.base import ConsolePage, ReadOnlyConsolePage, readable_json
from accounts.admin.figures import bar_column, share_column
from accounts.admin.links import related_link
from builder import analysis_models
from builder.models import AITrainingData, AnalysisModel, QualityMeasurement

QUALITY = ("accessibility", "performance", "responsiveness", "usability", "semantics")
CONSISTENCY = ("colors", "typography", "spacing", "alignment", "consistency")


@admin.register(QualityMeasurement)
class QualityMeasurementPage(ReadOnlyConsolePage):
    list_display = [
        "created_at", "project_link", "component_link", "engine",
        "accessibility", "performance", "responsiveness", "usability", "semantics", "consistency",
    ]  # fmt: skip
    list_filter = ["engine"]
    list_select_related = ["project", "component_intelligence"]
    search_fields = ["project__name", "engine"]
    fieldsets = (
        (None, {"fields": (
            "project_link", "component_link", "version_number", "engine", "engine_version",
            "created_at",
        )}),
        (_("Quality"), {"fields": QUALITY}),
        (_("Consistency"), {"fields": CONSISTENCY}),
        (_("Data"), {"fields": ("result",), "classes": ["collapse"]}),
    )  # fmt: skip
    project_link = related_link("project")
    component_link = related_link("component_intelligence")
    accessibility = bar_column("accessibility_score", 100, description=_("accessibility"))
    performance = bar_column("performance_score", 100, description=_("performance"))
    responsiveness = bar_column("responsive_score", 100, description=_("responsiveness"))
    usability = bar_column("usability_score", 100, description=_("usability"))
    semantics = bar_column("semantic_score", 100, description=_("semantics"))
    colors = bar_column("color_variance_score", 100, description=_("colour variance"))
    typography = bar_column(
        "typography_consistency_score", 100, description=_("typography consistency")
    )
    spacing = bar_column("spacing_consistency_score", 100, description=_("spacing consistency"))
    alignment = bar_column("component_alignment_score", 100, description=_("component alignment"))
    consistency = bar_column("overall_consistency_score", 100, description=_("overall consistency"))

    @admin.display(description=_("raw result"))
    def result(self, measurement: QualityMeasurement) -> SafeString:
        return readable_json(measurement.raw)


@admin.register(AITrainingData)
class TrainingDataPage(ConsolePage):
    list_display = [
        "source_type", "source_id", "component_type", "quality", "is_validated",
        "used_in_training", "project_link", "created_at",
    ]  # fmt: skip
    list_filter = ["source_type", "component_type", "is_validated", "used_in_training"]
    list_select_related = ["project"]
    search_fields = ["source_id", "workflow_category", "training_batch_id"]
    fieldsets = (
        (None, {"fields": (
            "source_type", "source_id", "project", "component_type", "workflow_category",
            "input_data", "expected_output", "actual_output",
        )}),
        (_("Quality"), {"fields": (
            "data_quality_score", "is_validated", "validation_source", "user_feedback_score",
        )}),
        (_("Training"), {"fields": (
            "used_in_training", "training_batch_id", "training_date", "performance_improvement",
            "model_accuracy_before", "model_accuracy_after",
        )}),
        (_("Origin"), {"fields": ("user", "created_at", "updated_at")}),
    )  # fmt: skip
    readonly_fields = [
        "used_in_training", "training_batch_id", "training_date", "performance_improvement",
        "model_accuracy_before", "model_accuracy_after", "user", "created_at", "updated_at",
    ]  # fmt: skip
    project_link = related_link("project")
    quality = share_column("data_quality_score", description=_("data quality"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _is_theirs(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _is_theirs(request, obj)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.user_id = request.user.pk
        super().save_model(request, obj, form, change)


@admin.register(AnalysisModel)
class AnalysisModelPage(ReadOnlyConsolePage):
    list_display = ["name", "version", "is_active", "trained_at", "created_at"]
    list_filter = ["is_active"]
    search_fields = ["name", "version"]
    fields = ["name", "version", "is_active", "trained_at", "evaluated", "created_at"]
    actions = ["activate", "export_as_csv"]

    def has_activate_permission(self, request: HttpRequest) -> bool:
        """The models are the platform's, not a workspace's."""
        return bool(getattr(request.user, "is_superuser", False))

    @admin.display(description=_("metrics"))
    def evaluated(self, model: AnalysisModel) -> SafeString:
        return readable_json(model.metrics)

    @admin.action(description=_("Put into use"), permissions=["activate"])
    def activate(self, request: HttpRequest, queryset: Any) -> None:
        """Put the chosen versions into use, in place of those of the same name."""
        for model in queryset.order_by("id"):
            analysis_models.activate(model=model)
            text = _("%(model)s is in use.") % {"model": model}
            self.message_user(request, text, messages.SUCCESS)


def _is_theirs(request: HttpRequest, example: Any) -> bool:
    """The platform's own examples are read by all and changed by none of them."""
    user: Any = request.user
    return example is None or user.is_superuser or example.workspace_id is not None
