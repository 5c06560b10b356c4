"""What is measured, learnt from, and analysed with."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import (
    BaseModel,
    Erasure,
    PersonalData,
    SharedModel,
    TenantForeignKey,
    TenantModel,
    User,
    between,
    one_of,
)
from builder.models.components import ComponentIntelligence, ComponentType

MEASUREMENTS, TRAINING = "builder_qualitymeasurement", "builder_aitrainingdata"
MODELS = "builder_analysismodel"

COMPONENT_SCORES = (
    "accessibility_score", "performance_score", "responsive_score", "usability_score",
    "semantic_score",
)  # fmt: skip
CONSISTENCY_SCORES = (
    "color_variance_score", "typography_consistency_score", "spacing_consistency_score",
    "component_alignment_score", "overall_consistency_score",
)  # fmt: skip


def _score(name: Any) -> "models.FloatField[float | None, float | None]":
    return models.FloatField(name, null=True, blank=True, help_text="0..100")


class QualityMeasurement(TenantModel):
    """What an engine measured of a site, or of one of its components; empty: not measured."""

    updated_at = None  # type: ignore[assignment]  # a measurement is taken once
    project = TenantForeignKey(
        "builder.Project",
        on_delete=models.CASCADE,
        related_name="measurements",
        verbose_name=_("project"),
    )
    component_intelligence = TenantForeignKey(
        ComponentIntelligence,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        db_index=False,
        related_name="measurements",
        verbose_name=_("component"),
        help_text=_("Empty: the whole site was measured."),
    )
    version_number = models.PositiveIntegerField(
        _("version"),
        null=True,
        blank=True,
        help_text=_("The project's version that was measured."),
    )
    engine = models.CharField(_("engine"), max_length=60)
    engine_version = models.CharField(_("engine version"), max_length=40, blank=True)
    raw = models.JSONField(
        _("raw result"), default=dict, blank=True, help_text=_("As the engine gave it.")
    )
    accessibility_score = _score(_("accessibility"))
    performance_score = _score(_("performance"))
    responsive_score = _score(_("responsiveness"))
    usability_score = _score(_("usability"))
    semantic_score = _score(_("semantics"))
    color_variance_score = _score(_("colour variance"))
    typography_consistency_score = _score(_("typography consistency"))
    spacing_consistency_score = _score(_("spacing consistency"))
    component_alignment_score = _score(_("component alignment"))
    overall_consistency_score = _score(_("overall consistency"))

    class Meta:
        verbose_name = _("quality measurement")
        verbose_name_plural = _("quality measurements")
        constraints = [
            *between(MEASUREMENTS, 0, 100, *COMPONENT_SCORES, *CONSISTENCY_SCORES),
            *between(MEASUREMENTS, 1, 2**31 - 1, "version_number"),
            models.CheckConstraint(condition=~Q(engine=""), name=f"{MEASUREMENTS}_engine"),
        ]
        indexes = [
            models.Index(fields=["workspace", "project", "-id"], name="builder_quality_of_project"),
            models.Index(
                fields=["workspace", "component_intelligence", "-id"],
                name="builder_quality_of_component",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.engine} {self.created_at:%Y-%m-%d %H:%M}"


class TrainingDataSource(models.TextChoices):
    USER_FEEDBACK = "user_feedback", _("people's feedback")
    PERFORMANCE_METRICS = "performance_metrics", _("performance metrics")
    WORKFLOW_SUCCESS = "workflow_success", _("workflows that worked")
    COMPONENT_USAGE = "component_usage", _("use of components")
    TEMPLATE_PERFORMANCE = "template_performance", _("performance of templates")
    AB_TEST_RESULTS = "a_b_test_results", _("results of A/B tests")


class AITrainingData(SharedModel):
    """An example to learn from: what was given, what was wanted, what came of it."""

    Source = TrainingDataSource

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="user", erasure=Erasure.DETACH),
    )

    source_type = models.CharField(_("source"), max_length=20, choices=Source)
    source_id = models.CharField(
        _("id at the source"), max_length=100, help_text=_("The record that the example comes of.")
    )
    input_data = models.JSONField(_("input"), default=dict)
    expected_output = models.JSONField(_("expected output"), default=dict)
    actual_output = models.JSONField(_("actual output"), null=True, blank=True)
    data_quality_score = models.FloatField(_("data quality"), help_text="0..1")
    is_validated = models.BooleanField(_("validated"), default=False, db_default=False)
    validation_source = models.CharField(_("validated by"), max_length=100, blank=True)
    performance_improvement = models.FloatField(
        _("performance improvement"),
        null=True,
        blank=True,
        help_text=_("Per cent; negative: it became worse."),
    )
    model_accuracy_before = models.FloatField(
        _("accuracy before"), null=True, blank=True, help_text="0..1"
    )
    model_accuracy_after = models.FloatField(
        _("accuracy after"), null=True, blank=True, help_text="0..1"
    )
    component_type = models.CharField(
        _("component type"), max_length=30, choices=ComponentType, blank=True
    )
    workflow_category = models.CharField(_("workflow category"), max_length=50, blank=True)
    user_feedback_score = models.PositiveSmallIntegerField(
        _("feedback"), null=True, blank=True, help_text="1..10"
    )
    used_in_training = models.BooleanField(_("used in training"), default=False, db_default=False)
    training_batch_id = models.CharField(_("training batch"), max_length=100, blank=True)
    training_date = models.DateTimeField(_("trained at"), null=True, blank=True)
    user = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("user"),
    )
    project = TenantForeignKey(
        "builder.Project",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="training_data",
        verbose_name=_("project"),
    )

    class Meta(SharedModel.Meta):
        verbose_name = _("training example")
        verbose_name_plural = _("training examples")
        constraints = [
            one_of(TRAINING, "source_type", TrainingDataSource),
            one_of(TRAINING, "component_type", ["", *ComponentType.values]),
            *between(
                TRAINING, 0, 1,
                "data_quality_score", "model_accuracy_before", "model_accuracy_after",
            ),
            *between(TRAINING, 1, 10, "user_feedback_score"),
            models.CheckConstraint(
                condition=Q(used_in_training=False) | Q(training_date__isnull=False),
                name=f"{TRAINING}_used_at_a_time",
            ),
            # The composite key does not look at rows without a workspace.
            models.CheckConstraint(
                condition=Q(workspace__isnull=False) | Q(project__isnull=True),
                name=f"{TRAINING}_project_of_workspace",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["workspace", "source_type", "source_id"], name="builder_training_by_source"
            ),
            models.Index(fields=["workspace", "-id"], name="builder_training_newest"),
            models.Index(fields=["workspace", "user", "-id"], name="builder_training_by_user"),
            models.Index(
                fields=["workspace", "project", "-id"], name="builder_training_of_project"
            ),
            models.Index(
                fields=["component_type", "id"],
                condition=Q(is_validated=True, used_in_training=False),
                name="builder_training_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_type_display()}: {self.source_id}"


class AnalysisModel(BaseModel):
    """A version of a model that analyses components; of one name, one version is in use.

    None has been trained yet: training is what writes these.
    """

    name = models.CharField(_("name"), max_length=100)
    version = models.CharField(_("version"), max_length=40)
    is_active = models.BooleanField(_("in use"), default=False, db_default=False)
    trained_at = models.DateTimeField(_("trained at"))
    metrics = models.JSONField(
        _("metrics"), default=dict, blank=True, help_text=_("By name, as the evaluation gave them.")
    )

    class Meta(BaseModel.Meta):
        verbose_name = _("analysis model")
        verbose_name_plural = _("analysis models")
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name=f"{MODELS}_version_once"),
            models.UniqueConstraint(
                fields=["name"], condition=Q(is_active=True), name=f"{MODELS}_one_in_use"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"
