"""What came in: events, the receipts that make each count once, and the ledger."""

from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Left, Now
from django.utils.translation import gettext_lazy as _

from accounts.models import (
    ApiKey,
    Erasure,
    PersonalData,
    TenantForeignKey,
    TenantModel,
    Workspace,
    not_negative,
)
from journeys.identity.models import Contact


class Event(models.Model):
    """One thing that a visitor did.

    The table is partitioned by month of `timestamp` (accounts.tenancy.partitioning): its key is
    (id, timestamp), nothing points at it, and rows come in by journeys.ingest.storing only.
    """

    class Type(models.TextChoices):
        TRACK = "track", _("track")
        IDENTIFY = "identify", _("identify")
        PAGE = "page", _("page")
        SCREEN = "screen", _("screen")
        GROUP = "group", _("group")
        ALIAS = "alias", _("alias")

    FORM_SUBMITTED = "form_submitted"

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="contact", link="contact", erasure=Erasure.DELETE),
        # What another visitor sent of them (an invitation, a form on a shared device).
        PersonalData(subject="contact", by_email="properties", erasure=Erasure.REDACT),
        PersonalData(subject="contact", by_email="context", erasure=Erasure.REDACT),
    )

    id = models.BigAutoField(primary_key=True)
    # Held by the composite keys below, which lead to rows of a workspace that exists.
    workspace = models.ForeignKey(
        Workspace,
        on_delete=models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
        editable=False,
        verbose_name=_("workspace"),
    )
    project = TenantForeignKey(
        "builder.Project",
        on_delete=models.CASCADE,
        related_name="events",
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("project"),
    )
    contact = TenantForeignKey(
        Contact,
        on_delete=models.CASCADE,
        related_name="events",
        db_index=False,
        verbose_name=_("contact"),
    )
    type = models.CharField(_("type"), max_length=10, choices=Type)
    event_name = models.CharField(
        _("event"), max_length=200, help_text=_("`page_view` for pages, the call's name for others")
    )
    properties = models.JSONField(_("properties"), default=dict, blank=True)
    context = models.JSONField(
        _("context"), default=dict, blank=True, help_text=_("Page, campaign, locale, library.")
    )
    timestamp = models.DateTimeField(
        _("time"), help_text=_("When it happened, corrected by the client's clock.")
    )
    received_at = models.DateTimeField(_("received at"), db_default=Now())
    session_id = models.UUIDField(_("session"), null=True, blank=True)
    message_id = models.CharField(_("message id"), max_length=200)
    anonymous_id = models.CharField(_("anonymous id"), max_length=254, blank=True)
    ip_address = models.GenericIPAddressField(_("address"), null=True, blank=True)
    user_agent = models.TextField(_("user agent"), blank=True)
    # What people filter by out of the documents, as columns: docs/adr/0008.
    path = models.GeneratedField(
        expression=Left(Coalesce(KT("properties__path"), KT("context__page__path")), 200),
        output_field=models.CharField(max_length=200, null=True),
        db_persist=True,
        verbose_name=_("path"),
        help_text=_("Of the page, out of the properties or else the context."),
    )
    utm_source = models.GeneratedField(
        expression=Left(KT("context__campaign__source"), 100),
        output_field=models.CharField(max_length=100, null=True),
        db_persist=True,
        verbose_name=_("campaign's source"),
    )

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["workspace", "id"], name="journeys_event_newest"),
            models.Index(
                fields=["workspace", "contact", "timestamp"], name="journeys_event_contact"
            ),
            models.Index(
                fields=["workspace", "project", "timestamp"], name="journeys_event_project"
            ),
            models.Index(
                fields=["workspace", "event_name", "timestamp"], name="journeys_event_name"
            ),
            models.Index(fields=["workspace", "timestamp"], name="journeys_event_time"),
            models.Index(
                fields=["workspace", "session_id"],
                name="journeys_event_session",
                condition=models.Q(session_id__isnull=False),
            ),
            models.Index(
                fields=["workspace", "contact", "timestamp"],
                name="journeys_event_signup",
                condition=models.Q(event_name="user_signup"),
            ),
            models.Index(
                fields=["workspace", "path", "timestamp"],
                name="journeys_event_path",
                condition=models.Q(path__isnull=False),
            ),
            models.Index(
                fields=["workspace", "utm_source", "timestamp"],
                name="journeys_event_utm_source",
                condition=models.Q(utm_source__isnull=False),
            ),
            # Roll-ups ask for what came in lately, of all workspaces: rows lie in that order.
            BrinIndex(
                fields=["received_at"],
                autosummarize=True,
                pages_per_range=16,
                name="journeys_event_received",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    type__in=["track", "identify", "page", "screen", "group", "alias"]
                ),
                name="journeys_event_type",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_name} ({self.timestamp:%Y-%m-%d %H:%M:%S})"


class EventReceipt(models.Model):
    """That a message was taken in: kept for 48 hours, so that a client's retries count once.

    The message id is kept as a digest (journeys.ingest.messages.digest): half the size, and the
    same for ids of any length.
    """

    # Nobody's: a one-way digest of an id that a client made up, gone after two days.
    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = ()

    pk = models.CompositePrimaryKey("workspace", "message_digest")
    # Rows live for two days, so that those of a deleted workspace go by themselves.
    workspace = models.ForeignKey(
        Workspace,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        db_index=False,
        editable=False,
    )
    message_digest = models.UUIDField()
    received_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [BrinIndex(fields=["received_at"], name="journeys_receipt_received")]

    def __str__(self) -> str:
        return str(self.message_digest)


class IngestCountQuerySet(models.QuerySet["IngestCount"]):
    def totals(self) -> dict[str, int]:
        """Sums by outcome; an outcome that did not happen is not among them."""
        rows = self.order_by().values_list("outcome").annotate(models.Sum("count"))
        return dict(rows)


class IngestCount(TenantModel):
    """The ledger: how many messages of a key had which outcome in an hour (UTC)."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        DUPLICATE = "duplicate", _("duplicate")
        DROPPED = "dropped", _("dropped")
        REJECTED = "rejected", _("rejected")
        MERGE_REFUSED = "merge_refused", _("merge refused")

    key = TenantForeignKey(
        ApiKey,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("key"),
        help_text=_("Empty: forms of published pages, which need none."),
    )
    hour = models.DateTimeField(_("hour"))
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    count = models.PositiveBigIntegerField(_("count"), default=0)

    objects = IngestCountQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("ingest count")
        verbose_name_plural = _("ingest counts")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "hour", "key", "outcome", "reason"],
                nulls_distinct=False,
                name="journeys_ingestcount_hour",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    outcome__in=["accepted", "duplicate", "dropped", "rejected", "merge_refused"]
                ),
                name="journeys_ingestcount_outcome",
            ),
            *not_negative("journeys_ingestcount", "count"),
        ]

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H} {self.outcome}: {self.count}"
