from collections.abc import Mapping
from typing import ClassVar, Final

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.history import tracked
from accounts.models import (
    StatusMixin,
    TenantForeignKey,
    TenantModel,
    between,
    not_negative,
    one_of,
    ordered,
)

TABLE: Final = "journeys_connection"


@tracked(
    exclude=(
        "trigger_count",
        "success_count",
        "error_count",
        "average_response_time",
        "user_satisfaction_score",
        "conversion_rate",
        "engagement_score",
        "last_triggered_at",
    )
)
class ComponentWorkflowConnection(StatusMixin, TenantModel):
    """A component of a page that starts a workflow."""

    class Status(models.TextChoices):
        SUGGESTED = "suggested", _("suggested")
        CONNECTED = "connected", _("connected")
        ACTIVE = "active", _("active")
        PAUSED = "paused", _("paused")
        FAILED = "failed", _("failed")
        DISCONNECTED = "disconnected", _("disconnected")

    # Connected: it stands, and its workflow is not active yet. Active: it starts executions.
    TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]] = {
        Status.SUGGESTED: frozenset({Status.CONNECTED, Status.ACTIVE, Status.DISCONNECTED}),
        Status.CONNECTED: frozenset({Status.ACTIVE, Status.FAILED, Status.DISCONNECTED}),
        Status.ACTIVE: frozenset({Status.PAUSED, Status.FAILED, Status.DISCONNECTED}),
        Status.PAUSED: frozenset({Status.CONNECTED, Status.ACTIVE, Status.DISCONNECTED}),
        Status.FAILED: frozenset({Status.CONNECTED, Status.ACTIVE, Status.DISCONNECTED}),
        Status.DISCONNECTED: frozenset({Status.CONNECTED, Status.ACTIVE}),
    }

    component_intelligence = TenantForeignKey(
        "builder.ComponentIntelligence",
        on_delete=models.CASCADE,
        related_name="connections",
        verbose_name=_("component"),
    )
    workflow = TenantForeignKey(
        "journeys.Workflow",
        on_delete=models.CASCADE,
        related_name="connections",
        verbose_name=_("workflow"),
    )
    suggestion = TenantForeignKey(
        "journeys.WorkflowSuggestion",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="connections",
        verbose_name=_("suggestion"),
        help_text=_("The suggestion that was accepted with it."),
    )
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.CONNECTED)
    connection_config = models.JSONField(_("configuration"), default=dict, blank=True)
    trigger_count = models.PositiveIntegerField(_("executions started"), default=0)
    success_count = models.PositiveIntegerField(_("executions succeeded"), default=0)
    error_count = models.PositiveIntegerField(_("executions failed"), default=0)
    average_response_time = models.FloatField(
        _("average response time"),
        null=True,
        blank=True,
        help_text=_("Milliseconds from the trigger to the end of the first step."),
    )
    user_satisfaction_score = models.FloatField(
        _("satisfaction"),
        null=True,
        blank=True,
        help_text="1..10",
        validators=[MinValueValidator(1), MaxValueValidator(10)],
    )
    conversion_rate = models.FloatField(
        _("conversion rate"), null=True, blank=True, help_text=_("Per cent, 0..100.")
    )
    engagement_score = models.FloatField(_("engagement"), null=True, blank=True, help_text="0..100")
    connected_at = models.DateTimeField(_("connected at"), null=True, blank=True)
    activated_at = models.DateTimeField(_("activated at"), null=True, blank=True)
    last_triggered_at = models.DateTimeField(_("last triggered at"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("connection")
        verbose_name_plural = _("connections")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "component_intelligence", "workflow"],
                name="journeys_connection_once",
            ),
            one_of(
                TABLE,
                "status",
                ["suggested", "connected", "active", "paused", "failed", "disconnected"],
            ),
            *between(TABLE, 1, 10, "user_satisfaction_score"),
            *between(TABLE, 0, 100, "conversion_rate", "engagement_score"),
            *between(TABLE, 0, None, "average_response_time"),
            *not_negative(TABLE, "trigger_count", "success_count", "error_count"),
            ordered(TABLE, "connected_at", "activated_at"),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "workflow", "status"], name="journeys_connection_workflow"
            ),
            models.Index(fields=["workspace", "status"], name="journeys_connection_by_status"),
        ]

    def __str__(self) -> str:
        return f"{self.component_intelligence.component_id} → {self.workflow}"
