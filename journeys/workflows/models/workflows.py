import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Final

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
)

TABLE: Final = "journeys_workflow"
CATEGORIES: Final = ["lead_capture", "newsletter", "follow_up", "notification", "integration"]
COUNTS: Final = ("crm_contacts_created", "crm_activities_generated", "email_campaigns_triggered")


def _figures() -> dict[str, models.Aggregate]:
    succeeded = models.Q(executions__status="succeeded")
    return {
        "_succeeded": models.Count("executions", filter=succeeded),
        "_failed": models.Count("executions", filter=models.Q(executions__status="failed")),
        "_average": models.Avg("executions__execution_time", filter=succeeded),
    }


class WorkflowQuerySet(models.QuerySet["Workflow"]):
    def with_figures(self) -> "WorkflowQuerySet":
        """Add what is known of the executions, for `success_rate` and its neighbours."""
        return self.annotate(**_figures())


def default_trigger() -> dict[str, str]:
    return {"event": "form_submitted"}


def empty_definition() -> dict[str, list[Any]]:
    return {"steps": []}


@tracked(
    exclude=(
        "crm_contacts_created",
        "crm_activities_generated",
        "email_campaigns_triggered",
        "conversion_rate",
        "revenue_generated",
        "customer_lifetime_value",
    )
)
class Workflow(StatusMixin, TenantModel):
    class Category(models.TextChoices):
        LEAD_CAPTURE = "lead_capture", _("lead capture")
        NEWSLETTER = "newsletter", _("newsletter")
        FOLLOW_UP = "follow_up", _("follow-up")
        NOTIFICATION = "notification", _("notification")
        INTEGRATION = "integration", _("integration")

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        ACTIVE = "active", _("active")
        PAUSED = "paused", _("paused")
        ARCHIVED = "archived", _("archived")

    TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]] = {
        Status.DRAFT: frozenset({Status.ACTIVE, Status.ARCHIVED}),
        Status.ACTIVE: frozenset({Status.PAUSED, Status.ARCHIVED}),
        Status.PAUSED: frozenset({Status.ACTIVE, Status.ARCHIVED}),
        Status.ARCHIVED: frozenset(),
    }

    project = TenantForeignKey(
        "builder.Project",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="workflows",
        verbose_name=_("project"),
        help_text=_("Empty: for every project of the workspace."),
    )
    name = models.CharField(_("name"), max_length=120)
    category = models.CharField(
        _("category"), max_length=20, choices=Category, default=Category.LEAD_CAPTURE
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    trigger = models.JSONField(
        _("trigger"), default=default_trigger, help_text=_("What starts it: an event's name.")
    )
    definition = models.JSONField(
        _("definition"), default=empty_definition, help_text=_("The steps, one after the other.")
    )
    version = models.PositiveIntegerField(
        _("version"), default=1, editable=False, help_text=_("Grows with every new definition.")
    )
    component_intelligence = TenantForeignKey(
        "builder.ComponentIntelligence",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="workflows",
        verbose_name=_("component"),
        help_text=_("The component that it was made for."),
    )
    suggested_by_ai = models.BooleanField(_("suggested by AI"), default=False)
    ai_confidence_score = models.FloatField(
        _("confidence of the suggestion"),
        null=True,
        blank=True,
        help_text="0..1",
        validators=[MinValueValidator(0), MaxValueValidator(1)],
    )
    crm_contacts_created = models.PositiveIntegerField(_("leads created"), default=0)
    crm_activities_generated = models.PositiveIntegerField(_("lead updates"), default=0)
    email_campaigns_triggered = models.PositiveIntegerField(_("mails written"), default=0)
    conversion_rate = models.FloatField(
        _("conversion rate"), null=True, blank=True, help_text="0..1"
    )
    revenue_generated = models.DecimalField(
        _("revenue"),
        max_digits=14,
        decimal_places=2,
        default=0,
        help_text=_("In the workspace's currency."),
    )
    customer_lifetime_value = models.DecimalField(
        _("customer lifetime value"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("In the workspace's currency."),
    )

    objects = WorkflowQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("workflow")
        verbose_name_plural = _("workflows")
        indexes = [
            models.Index(
                fields=["workspace", "project", "status"], name="journeys_workflow_project"
            ),
            models.Index(fields=["workspace", "category"], name="journeys_workflow_category"),
            models.Index(fields=["workspace", "-created_at"], name="journeys_workflow_recent"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "active", "paused", "archived"]),
                name="journeys_workflow_status",
            ),
            one_of(TABLE, "category", CATEGORIES),
            *between(TABLE, 0, 1, "ai_confidence_score", "conversion_rate"),
            *not_negative(TABLE, "revenue_generated", "customer_lifetime_value", *COUNTS),
            models.CheckConstraint(
                condition=models.Q(version__gte=1), name="journeys_workflow_version"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def average_execution_time(self) -> float | None:
        """Milliseconds from start to end of the successful executions, waits included."""
        average: datetime.timedelta | None = self._figure("_average")
        return None if average is None else average.total_seconds() * 1000

    @property
    def success_rate(self) -> float | None:
        """Share (0..1) of the executions that ended well; None before the first has ended."""
        ended = self._figure("_succeeded") + self._figure("_failed")
        return self._figure("_succeeded") / ended if ended else None

    @property
    def error_rate(self) -> float | None:
        rate = self.success_rate
        return None if rate is None else 1 - rate

    def _figure(self, name: str) -> Any:
        """An annotation of `with_figures`, asked for once where the query did not bring it."""
        if name not in self.__dict__:
            self.__dict__.update(Workflow.objects.filter(pk=self.pk).aggregate(**_figures()))
        return self.__dict__[name]
