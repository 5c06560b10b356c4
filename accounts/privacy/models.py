"""What was asked for in somebody's name: exports, erasures, and who is not to be recorded again."""

from collections.abc import Mapping
from typing import ClassVar, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.base import BaseModel
from accounts.models.constraints import not_negative, one_of
from accounts.models.personal import Erasure, PersonalData
from accounts.models.status import StatusMixin
from accounts.models.users import User

UNFINISHED: Final = ("requested", "running", "failed")


class SubjectKind(models.TextChoices):
    USER = "user", _("somebody who signs in")
    CONTACT = "contact", _("a contact of a workspace")


class DataExportQuerySet(models.QuerySet["DataExport"]):
    def waiting(self) -> "DataExportQuerySet":
        return self.filter(status=DataExport.Status.REQUESTED)


class DataExport(StatusMixin, BaseModel):
    """An archive of all that is kept of a person; the file is in the `exports` storage."""

    class Status(models.TextChoices):
        REQUESTED = "requested", _("requested")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")
        EXPIRED = "expired", _("expired")

    TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]] = {
        Status.REQUESTED: frozenset({Status.READY, Status.FAILED}),
        Status.READY: frozenset({Status.EXPIRED}),
        Status.FAILED: frozenset({Status.REQUESTED}),
        Status.EXPIRED: frozenset(),
    }
    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="subject_id", erasure=Erasure.DELETE),
        PersonalData(subject="contact", link="subject_id", erasure=Erasure.DELETE),
        PersonalData(subject="user", link="requested_by", erasure=Erasure.DETACH, exported=False),
    )

    workspace = models.ForeignKey(
        "accounts.Workspace",
        on_delete=models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("workspace"),
        help_text=_("Whose contact it is about; empty for somebody who signs in."),
    )
    subject_kind = models.CharField(_("about"), max_length=10, choices=SubjectKind)
    # No key: the person may be erased while the archive is being made.
    subject_id = models.UUIDField(_("record of the person"))
    requested_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("requested by"),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.REQUESTED)
    file = models.CharField(max_length=100, blank=True, editable=False)
    size = models.PositiveBigIntegerField(_("size"), default=0, help_text=_("Bytes."))
    rows = models.PositiveIntegerField(_("rows"), default=0)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    error_message = models.CharField(_("error"), max_length=200, blank=True)

    objects = DataExportQuerySet.as_manager()

    class Meta(BaseModel.Meta):
        verbose_name = _("personal data export")
        verbose_name_plural = _("personal data exports")
        indexes = [
            models.Index(fields=["subject_id", "-created_at"], name="accounts_dataexport_subject"),
            models.Index(fields=["workspace", "-created_at"], name="accounts_dataexport_recent"),
        ]
        constraints = [
            one_of("accounts_dataexport", "subject_kind", SubjectKind),
            one_of("accounts_dataexport", "status", ["requested", "ready", "failed", "expired"]),
            *not_negative("accounts_dataexport", "size", "rows"),
            models.CheckConstraint(
                condition=models.Q(subject_kind="contact", workspace__isnull=False)
                | models.Q(subject_kind="user", workspace__isnull=True),
                name="accounts_dataexport_workspace_of_contact",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_kind_display()}: {self.get_status_display()}"


class ErasureRequestQuerySet(models.QuerySet["ErasureRequest"]):
    def unfinished(self) -> "ErasureRequestQuerySet":
        return self.filter(status__in=UNFINISHED)

    def due(self) -> "ErasureRequestQuerySet":
        """What a worker may take up: asked for, or left in the middle."""
        return self.filter(
            status__in=[ErasureRequest.Status.REQUESTED, ErasureRequest.Status.RUNNING]
        )


class ErasureRequest(StatusMixin, BaseModel):
    """That a person is to be erased, how far that has come, and in the end the receipt.

    It outlives the person: once completed it knows them by a keyed digest only.
    """

    class Status(models.TextChoices):
        REQUESTED = "requested", _("requested")
        RUNNING = "running", _("running")
        COMPLETED = "completed", _("completed")
        FAILED = "failed", _("failed")

    TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]] = {
        Status.REQUESTED: frozenset({Status.RUNNING, Status.FAILED}),
        Status.RUNNING: frozenset({Status.COMPLETED, Status.FAILED}),
        Status.COMPLETED: frozenset(),
        Status.FAILED: frozenset({Status.RUNNING}),
    }
    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="requested_by", erasure=Erasure.DETACH, exported=False),
    )

    workspace = models.ForeignKey(
        "accounts.Workspace",
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("workspace"),
        help_text=_("Whose contact it is about; empty for somebody who signs in."),
    )
    subject_kind = models.CharField(_("about"), max_length=10, choices=SubjectKind)
    subject_digest = models.CharField(
        _("digest of the person"),
        max_length=64,
        help_text=_("Keyed, so that only the platform can tell whether it is somebody's."),
    )
    target = models.JSONField(
        null=True,
        blank=True,
        editable=False,
        help_text=_("Who is to be erased; emptied with the last row."),
    )
    requested_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("requested by"),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.REQUESTED)
    progress = models.JSONField(
        _("progress"),
        default=dict,
        blank=True,
        help_text=_("Each rule's rows so far, and whether it is done."),
    )
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    completed_at = models.DateTimeField(_("completed at"), null=True, blank=True)
    receipt = models.JSONField(_("receipt"), null=True, blank=True)
    receipt_token_digest = models.CharField(
        max_length=64, null=True, blank=True, unique=True, editable=False
    )
    error_message = models.CharField(_("error"), max_length=200, blank=True)

    objects = ErasureRequestQuerySet.as_manager()

    class Meta(BaseModel.Meta):
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        indexes = [
            models.Index(fields=["workspace", "-created_at"], name="accounts_erasure_recent"),
            models.Index(fields=["subject_digest"], name="accounts_erasure_subject"),
        ]
        constraints = [
            one_of("accounts_erasurerequest", "subject_kind", SubjectKind),
            one_of(
                "accounts_erasurerequest", "status", ["requested", "running", "completed", "failed"]
            ),
            models.UniqueConstraint(
                fields=["subject_digest"],
                condition=models.Q(status__in=UNFINISHED),
                name="accounts_erasurerequest_one_unfinished",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    status="completed",
                    target__isnull=True,
                    receipt__isnull=False,
                    completed_at__isnull=False,
                )
                | (~models.Q(status="completed") & models.Q(target__isnull=False)),
                name="accounts_erasurerequest_forgets_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_kind_display()}: {self.get_status_display()}"


class Suppression(BaseModel):
    """A name that is not to be recorded again: whoever bore it was erased.

    Only a keyed digest is kept (`accounts.privacy.suppression`). Without a workspace it is for
    all of them.
    """

    class Kind(models.TextChoices):
        EMAIL = "email", _("e-mail address")
        USER_ID = "user_id", _("user id")
        ANONYMOUS_ID = "anonymous_id", _("anonymous id")

    updated_at = None  # type: ignore[assignment]  # written once
    workspace = models.ForeignKey(
        "accounts.Workspace",
        on_delete=models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("workspace"),
        help_text=_("Empty: for every workspace."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    digest = models.CharField(_("digest"), max_length=64)

    class Meta:
        verbose_name = _("suppression")
        verbose_name_plural = _("suppressions")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "digest"],
                nulls_distinct=False,
                name="accounts_suppression_once",
            ),
            one_of("accounts_suppression", "kind", ["email", "user_id", "anonymous_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.digest[:12]}…"
