from collections.abc import Mapping
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import StatusMixin, TenantForeignKey, TenantModel, between, one_of
from journeys.workflows.models.workflows import Workflow

TABLE = "journeys_workflowsuggestion"


class WorkflowSuggestion(StatusMixin, TenantModel):
    """That a component would do well to start a workflow of a kind."""

    class Status(models.TextChoices):
        SUGGESTED = "suggested", _("suggested")
        ACCEPTED = "accepted", _("accepted")
        DISMISSED = "dismissed", _("dismissed")

    TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]] = {
        Status.SUGGESTED: frozenset({Status.ACCEPTED, Status.DISMISSED}),
        Status.ACCEPTED: frozenset(),
        Status.DISMISSED: frozenset({Status.ACCEPTED}),
    }

    component_intelligence = TenantForeignKey(
        "builder.ComponentIntelligence",
        on_delete=models.CASCADE,
        related_name="suggestions",
        verbose_name=_("component"),
    )
    category = models.CharField(_("category"), max_length=20, choices=Workflow.Category)
    confidence_score = models.FloatField(
        _("confidence"),
        help_text="0..1",
        validators=[MinValueValidator(0), MaxValueValidator(1)],
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.SUGGESTED)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("workflow suggestion")
        verbose_name_plural = _("workflow suggestions")
        constraints = [
            # The same thing is suggested once until somebody has answered.
            models.UniqueConstraint(
                fields=["workspace", "component_intelligence", "category"],
                condition=models.Q(status="suggested"),
                name=f"{TABLE}_open_once",
            ),
            *between(TABLE, 0, 1, "confidence_score"),
            one_of(TABLE, "category", Workflow.Category),
            one_of(TABLE, "status", ["suggested", "accepted", "dismissed"]),
            models.CheckConstraint(
                condition=models.Q(status="suggested", decided_at__isnull=True)
                | models.Q(status__in=["accepted", "dismissed"], decided_at__isnull=False),
                name=f"{TABLE}_decided_at",
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "status", "-confidence_score"], name="journeys_suggestion_best"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_category_display()} ({self.confidence_score:.2f})"
