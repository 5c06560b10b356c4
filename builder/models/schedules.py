"""What is to be published, or taken down, at a time to come."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import (
    Erasure,
    PersonalData,
    StatusMixin,
    TenantForeignKey,
    TenantModel,
    User,
    one_of,
)

SCHEDULES = "builder_releaseschedule"


class ReleaseScheduleQuerySet(models.QuerySet["ReleaseSchedule"]):
    def pending(self) -> "ReleaseScheduleQuerySet":
        return self.filter(status=ReleaseSchedule.Status.PENDING)

    def untold(self) -> "ReleaseScheduleQuerySet":
        """Those that failed, and whose failure nobody has been told of."""
        return self.filter(status=ReleaseSchedule.Status.FAILED, told_at__isnull=True)


class ReleaseSchedule(StatusMixin, TenantModel):
    """That a project goes live, or is taken down, at a time; carried out once."""

    class Action(models.TextChoices):
        PUBLISH = "publish", _("Publish")
        UNPUBLISH = "unpublish", _("Take down")

    class Status(models.TextChoices):
        PENDING = "pending", pgettext_lazy("of a schedule", "pending")
        DONE = "done", pgettext_lazy("of a schedule", "done")
        FAILED = "failed", pgettext_lazy("of a schedule", "failed")
        CANCELLED = "cancelled", pgettext_lazy("of a schedule", "cancelled")

    TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]] = {
        Status.PENDING: frozenset({Status.DONE, Status.FAILED, Status.CANCELLED}),
    }
    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="created_by", erasure=Erasure.DETACH),
    )

    project = TenantForeignKey(
        "builder.Project",
        on_delete=models.CASCADE,
        db_index=False,
        related_name="schedules",
        verbose_name=_("project"),
    )
    action = models.CharField(_("action"), max_length=10, choices=Action, default=Action.PUBLISH)
    locales = models.JSONField(
        _("languages"),
        default=list,
        blank=True,
        help_text=_("Which languages are published, such as [“ar”]; empty: all of the project."),
    )
    due_at = models.DateTimeField(_("due at"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.PENDING, editable=False
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    created_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("created by"),
    )
    api_key = TenantForeignKey(
        "accounts.ApiKey",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        db_index=False,
        related_name="+",
        verbose_name=_("API key"),
        help_text=_("The workspace's key that set the time, where no person did."),
    )
    finished_at = models.DateTimeField(_("finished at"), null=True, editable=False)
    release = TenantForeignKey(
        "builder.Release",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        db_index=False,
        related_name="+",
        verbose_name=_("release"),
        help_text=_("What it made live."),
    )
    faults = models.JSONField(
        _("faults"),
        default=list,
        editable=False,
        help_text=_("Why it failed: pointer, code and detail of each fault."),
    )
    told_at = models.DateTimeField(
        _("told at"),
        null=True,
        editable=False,
        help_text=_("When it was written to those concerned that it failed."),
    )

    objects = ReleaseScheduleQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        constraints = [
            one_of(SCHEDULES, "action", ("publish", "unpublish")),
            one_of(SCHEDULES, "status", ("pending", "done", "failed", "cancelled")),
            models.CheckConstraint(
                condition=Q(status="pending", finished_at__isnull=True)
                | (~Q(status="pending") & Q(finished_at__isnull=False)),
                name=f"{SCHEDULES}_finished",
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "project", "-due_at"], name="builder_schedule_of_project"
            ),
            models.Index(fields=["workspace", "-id"], name="builder_schedule_newest"),
            # The clock asks over all workspaces for what is due.
            models.Index(
                fields=["due_at"], name="builder_schedule_due", condition=Q(status="pending")
            ),
            models.Index(
                fields=["finished_at"],
                name="builder_schedule_untold",
                condition=Q(status="failed", told_at__isnull=True),
            ),
            # A key that goes is looked for here; most schedules are made by people.
            models.Index(
                fields=["api_key"],
                name="builder_schedule_of_key",
                condition=Q(api_key__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.due_at:%Y-%m-%d %H:%M}"
