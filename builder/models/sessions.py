"""What a person does in the builder, from its start to its end."""

import secrets
from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import (
    Erasure,
    PersonalData,
    StatusMixin,
    TenantForeignKey,
    TenantModel,
    User,
    one_of,
    ordered,
)

TABLE = "builder_buildersession"


def new_token() -> str:
    """A session's token: 256 bits that nobody guesses (RFC 4648, section 5)."""
    return secrets.token_urlsafe(32)


class BuilderSessionQuerySet(models.QuerySet["BuilderSession"]):
    def open(self) -> "BuilderSessionQuerySet":
        """Sessions that have not ended."""
        return self.filter(ended_at__isnull=True)


class BuilderSession(StatusMixin, TenantModel):
    """Seen by its user alone, whatever the others' roles (document 004).

    `builder.sessions` makes it and moves it on; what has ended is never changed.
    """

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        PAUSED = "paused", _("paused")
        COMPLETED = "completed", _("completed")
        CANCELLED = "cancelled", _("cancelled")

    ENDED: ClassVar[frozenset[str]] = frozenset({Status.COMPLETED, Status.CANCELLED})
    TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]] = {
        Status.ACTIVE: frozenset({Status.PAUSED, Status.COMPLETED, Status.CANCELLED}),
        Status.PAUSED: frozenset({Status.ACTIVE, Status.COMPLETED, Status.CANCELLED}),
    }
    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(
            subject="user", link="user", erasure=Erasure.DELETE, secret=("session_token",)
        ),
    )

    user = models.ForeignKey(
        User,
        on_delete=models.CASCADE,
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
        related_name="sessions",
        verbose_name=_("project"),
    )
    session_token = models.CharField(
        _("session token"), max_length=64, default=new_token, editable=False
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.ACTIVE, db_default=Status.ACTIVE
    )
    current_step = models.CharField(
        _("current step"),
        max_length=100,
        default="initializing",
        db_default="initializing",
        help_text=_("Such as sitemap-generation, wireframe-design."),
    )
    step_data = models.JSONField(_("data of the step"), default=dict, blank=True)
    progress = models.JSONField(
        _("progress"),
        default=dict,
        blank=True,
        help_text=_("How much is done: {“completed”: 25, “total”: 100}."),
    )
    metadata = models.JSONField(_("metadata"), default=dict, blank=True)
    started_at = models.DateTimeField(_("started at"), default=timezone.now, db_default=Now())
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    duration = models.GeneratedField(
        expression=models.Func(
            models.F("ended_at"),
            models.F("started_at"),
            template="(extract(epoch from (%(expressions)s)))::integer",
            arg_joiner=" - ",
        ),
        output_field=models.IntegerField(),
        db_persist=True,
        verbose_name=_("duration"),
        help_text=_("Seconds from start to end, pauses included."),
    )
    ip_address = models.GenericIPAddressField(_("address"), null=True, blank=True)
    user_agent = models.TextField(_("browser"), blank=True, default="", db_default="")

    objects = BuilderSessionQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("builder session")
        verbose_name_plural = _("builder sessions")
        constraints = [
            one_of(TABLE, "status", ("active", "paused", "completed", "cancelled")),
            ordered(TABLE, "started_at", "ended_at"),
            models.CheckConstraint(
                condition=Q(status__in=("completed", "cancelled"), ended_at__isnull=False)
                | Q(status__in=("active", "paused"), ended_at__isnull=True),
                name=f"{TABLE}_ended_at_by_status",
            ),
            # Over all workspaces: the token is made here, so a conflict tells nobody anything.
            models.UniqueConstraint(fields=["session_token"], name=f"{TABLE}_token"),
        ]
        indexes = [
            models.Index(fields=["workspace", "user", "-id"], name="builder_session_of_user"),
            models.Index(fields=["workspace", "status", "-id"], name="builder_session_by_status"),
            models.Index(fields=["workspace", "project", "-id"], name="builder_session_of_project"),
        ]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M} {self.current_step}"

    @property
    def has_ended(self) -> bool:
        return self.status in self.ENDED
