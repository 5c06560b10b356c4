import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import (
    Erasure,
    PersonalData,
    StatusMixin,
    TenantForeignKey,
    TenantModel,
    not_negative,
    ordered,
)

UNFINISHED: Final = ("pending", "running", "waiting")


class WorkflowExecutionQuerySet(models.QuerySet["WorkflowExecution"]):
    def unfinished(self) -> "WorkflowExecutionQuerySet":
        return self.filter(status__in=UNFINISHED)

    def due(self, now: datetime.datetime) -> "WorkflowExecutionQuerySet":
        """What a worker may take up; a paused workflow's executions wait until it goes on."""
        return self.unfinished().filter(due_at__lte=now, workflow__status="active")


class WorkflowExecution(StatusMixin, TenantModel):
    """One run of a workflow for one event, by the definition that was in force at its start."""

    class Status(models.TextChoices):
        PENDING = "pending", _("pending")
        RUNNING = "running", _("running")
        WAITING = "waiting", _("waiting")
        SUCCEEDED = "succeeded", _("succeeded")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]] = {
        Status.PENDING: frozenset({Status.RUNNING, Status.CANCELLED}),
        Status.RUNNING: frozenset(
            {Status.WAITING, Status.SUCCEEDED, Status.FAILED, Status.CANCELLED}
        ),
        Status.WAITING: frozenset({Status.RUNNING, Status.PENDING, Status.CANCELLED}),
        Status.SUCCEEDED: frozenset(),
        Status.FAILED: frozenset({Status.PENDING}),
        Status.CANCELLED: frozenset({Status.PENDING}),
    }

    # The run stays as a figure of its workflow; what the visitor wrote goes.
    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(
            subject="contact",
            link="contact",
            erasure=Erasure.REDACT,
            redact={"contact": None, "trigger_data": {}, "log": [], "error_message": ""},
        ),
        # Executions of nobody known, and of others who named them.
        PersonalData(subject="contact", by_email="trigger_data", erasure=Erasure.REDACT),
        PersonalData(subject="contact", by_email="log", erasure=Erasure.REDACT),
        PersonalData(subject="contact", by_email="error_message", erasure=Erasure.REDACT),
    )

    workflow = TenantForeignKey(
        "journeys.Workflow",
        on_delete=models.CASCADE,
        related_name="executions",
        verbose_name=_("workflow"),
    )
    contact = TenantForeignKey(
        "journeys.Contact",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="executions",
        verbose_name=_("contact"),
    )
    project = TenantForeignKey(
        "builder.Project",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="executions",
        verbose_name=_("project"),
    )
    connection = TenantForeignKey(
        "journeys.ComponentWorkflowConnection",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="executions",
        verbose_name=_("connection"),
    )
    # Events are partitioned by time, so no foreign key points at them.
    event_id = models.BigIntegerField(_("event"), null=True, blank=True)
    triggered_at = models.DateTimeField(_("triggered at"))
    component_id = models.CharField(_("component"), max_length=128, blank=True)
    trigger_data = models.JSONField(
        _("what was sent"), default=dict, blank=True, help_text=_("The event's properties.")
    )
    definition = models.JSONField(_("definition"))
    workflow_version = models.PositiveIntegerField(_("version of the workflow"), default=1)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PENDING)
    step_index = models.PositiveSmallIntegerField(
        _("next step"), default=0, help_text=_("Counted from 0.")
    )
    attempts = models.PositiveSmallIntegerField(
        _("attempts"), default=0, help_text=_("Begun at the next step.")
    )
    due_at = models.DateTimeField(
        _("due at"),
        help_text=_("When a worker may take it up; while one has it, when its lease ends."),
    )
    lease = models.UUIDField(_("lease"), null=True, blank=True, editable=False)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    execution_time = models.GeneratedField(
        expression=models.F("finished_at") - models.F("started_at"),
        output_field=models.DurationField(),
        db_persist=True,
        verbose_name=_("execution time"),
    )
    log = models.JSONField(
        _("log"), default=list, blank=True, help_text=_("One entry an attempt at a step.")
    )
    error_message = models.TextField(_("error"), blank=True)

    objects = WorkflowExecutionQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("execution")
        verbose_name_plural = _("executions")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "workflow", "event_id"], name="journeys_execution_event"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    status__in=[
                        "pending",
                        "running",
                        "waiting",
                        "succeeded",
                        "failed",
                        "cancelled",
                    ]
                ),
                name="journeys_execution_status",
            ),
            ordered("journeys_execution", "started_at", "finished_at"),
            *not_negative("journeys_execution", "step_index", "attempts", "workflow_version"),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="journeys_execution_due",
                condition=models.Q(status__in=UNFINISHED),
            ),
            models.Index(fields=["workspace", "workflow", "-id"], name="journeys_execution_recent"),
            models.Index(fields=["workspace", "contact", "-id"], name="journeys_execution_contact"),
            models.Index(fields=["workspace", "status", "-id"], name="journeys_execution_state"),
        ]

    def __str__(self) -> str:
        return f"{self.triggered_at:%Y-%m-%d %H:%M:%S} ({self.get_status_display()})"

    @property
    def form(self) -> dict[str, Any]:
        """What the visitor wrote, by the names of the form's fields."""
        fields = self.trigger_data.get("fields", self.trigger_data)
        return fields if isinstance(fields, dict) else {}
