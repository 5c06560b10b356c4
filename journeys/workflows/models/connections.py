from collections.abc import Mapping
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import StatusMixin, TenantForeignKey, TenantModel


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
            models.CheckConstraint(
                condition=models.Q(
                    status__in=[
                        "suggested",
                        "connected",
                        "active",
                        "paused",
                        "failed",
                        "disconnected",
                    ]
                ),
                name="journeys_connection_status",
            ),
            models.CheckConstraint(
                condition=models.Q(user_satisfaction_score__isnull=True)
                | models.Q(user_satisfaction_score__range=(1, 10)),
                name="journeys_connection_satisfaction",
            ),
            models.CheckConstraint(
                condition=models.Q(conversion_rate__isnull=True)
                | models.Q(conversion_rate__range=(0, 100)),
                name="journeys_connection_conversion",
            ),
            models.CheckConstraint(
                condition=models.Q(engagement_score__isnull=True)
                | models.Q(engagement_score__range=(0, 100)),
                name="journeys_connection_engagement",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.component_intelligence.component_id} → {self.workflow}"
