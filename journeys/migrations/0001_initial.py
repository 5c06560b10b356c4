"""Contacts, events, leads and the ledger of what came in."""

from pathlib import Path

import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.db import migrations, models

import accounts.models.base

# Django makes no partitioned tables: this one is written out.
SQL = Path(__file__).parent / "sql"
EVENTS = (SQL / "events.sql").read_text()
DROP_EVENTS = (SQL / "events_reverse.sql").read_text()


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_secure_rows"),
        ("builder", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=accounts.models.base.UUIDv7(),
                        default=accounts.models.base.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="updated at",
                    ),
                ),
                (
                    "email",
                    models.CharField(
                        blank=True,
                        help_text="Lower case; the latest.",
                        max_length=254,
                        verbose_name="e-mail address",
                    ),
                ),
                (
                    "last_seen",
                    models.DateTimeField(
                        blank=True,
                        help_text="Exact to a minute.",
                        null=True,
                        verbose_name="last seen",
                    ),
                ),
                ("traits", models.JSONField(blank=True, default=dict, verbose_name="traits")),
                ("segment", models.CharField(blank=True, max_length=50, verbose_name="segment")),
                (
                    "ltv_prediction",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="In the workspace's currency.",
                        max_digits=10,
                        null=True,
                        verbose_name="predicted lifetime value",
                    ),
                ),
                (
                    "churn_risk",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="0..1",
                        max_digits=3,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="churn risk",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact",
                "verbose_name_plural": "contacts",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["workspace", "email"], name="journeys_contact_email"),
                    models.Index(fields=["workspace", "-last_seen"], name="journeys_contact_seen"),
                    models.Index(fields=["workspace", "segment"], name="journeys_contact_segment"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email"))
                        ),
                        name="journeys_contact_email_lower",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("churn_risk__gte", 0), ("churn_risk__lte", 1)),
                        name="journeys_contact_churn_risk_0_1",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactIdentity",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=accounts.models.base.UUIDv7(),
                        default=accounts.models.base.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="updated at",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("anonymous_id", "anonymous id"),
                            ("user_id", "user id"),
                            ("email", "e-mail address"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("value", models.CharField(max_length=254, verbose_name="value")),
                (
                    "contact",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identities",
                        to="journeys.contact",
                        verbose_name="contact",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "identity",
                "verbose_name_plural": "identities",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["workspace", "contact"], name="journeys_identity_contact")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "kind", "value"), name="journeys_identity_value"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["anonymous_id", "user_id", "email"])),
                        name="journeys_identity_kind",
                    ),
                ],
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(EVENTS, DROP_EVENTS)],
            state_operations=[
                migrations.CreateModel(
                    name="Event",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("track", "track"),
                                    ("identify", "identify"),
                                    ("page", "page"),
                                    ("screen", "screen"),
                                    ("group", "group"),
                                    ("alias", "alias"),
                                ],
                                max_length=10,
                                verbose_name="type",
                            ),
                        ),
                        (
                            "event_name",
                            models.CharField(
                                help_text="`page_view` for pages, the call's name for others",
                                max_length=200,
                                verbose_name="event",
                            ),
                        ),
                        (
                            "properties",
                            models.JSONField(blank=True, default=dict, verbose_name="properties"),
                        ),
                        (
                            "context",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                help_text="Page, campaign, locale, library.",
                                verbose_name="context",
                            ),
                        ),
                        (
                            "timestamp",
                            models.DateTimeField(
                                help_text="When it happened, corrected by the client's clock.",
                                verbose_name="time",
                            ),
                        ),
                        (
                            "received_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                verbose_name="received at",
                            ),
                        ),
                        (
                            "session_id",
                            models.UUIDField(blank=True, null=True, verbose_name="session"),
                        ),
                        ("message_id", models.CharField(max_length=200, verbose_name="message id")),
                        (
                            "anonymous_id",
                            models.CharField(
                                blank=True, max_length=254, verbose_name="anonymous id"
                            ),
                        ),
                        (
                            "ip_address",
                            models.GenericIPAddressField(
                                blank=True, null=True, verbose_name="address"
                            ),
                        ),
                        ("user_agent", models.TextField(blank=True, verbose_name="user agent")),
                        (
                            "contact",
                            accounts.models.base.TenantForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="events",
                                to="journeys.contact",
                                verbose_name="contact",
                            ),
                        ),
                        (
                            "project",
                            accounts.models.base.TenantForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="events",
                                to="builder.project",
                                verbose_name="project",
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="accounts.workspace",
                                verbose_name="workspace",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "event",
                        "verbose_name_plural": "events",
                    },
                ),
                migrations.AddIndex(
                    model_name="event",
                    index=models.Index(fields=["workspace", "id"], name="journeys_event_newest"),
                ),
                migrations.AddIndex(
                    model_name="event",
                    index=models.Index(
                        fields=["workspace", "contact", "timestamp"], name="journeys_event_contact"
                    ),
                ),
                migrations.AddIndex(
                    model_name="event",
                    index=models.Index(
                        fields=["workspace", "project", "timestamp"], name="journeys_event_project"
                    ),
                ),
                migrations.AddIndex(
                    model_name="event",
                    index=django.contrib.postgres.indexes.BrinIndex(
                        autosummarize=True,
                        fields=["received_at"],
                        name="journeys_event_received",
                        pages_per_range=16,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="event",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("type__in", ["track", "identify", "page", "screen", "group", "alias"])
                        ),
                        name="journeys_event_type",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EventReceipt",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "workspace",
                        "message_digest",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("message_digest", models.UUIDField()),
                (
                    "received_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.BrinIndex(
                        fields=["received_at"], name="journeys_receipt_received"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IngestCount",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=accounts.models.base.UUIDv7(),
                        default=accounts.models.base.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="updated at",
                    ),
                ),
                ("hour", models.DateTimeField(verbose_name="hour")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("accepted", "accepted"),
                            ("duplicate", "duplicate"),
                            ("dropped", "dropped"),
                            ("rejected", "rejected"),
                            ("merge_refused", "merge refused"),
                        ],
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=40, verbose_name="reason")),
                ("count", models.PositiveBigIntegerField(default=0, verbose_name="count")),
                (
                    "key",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Empty: forms of published pages, which need none.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.apikey",
                        verbose_name="key",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "ingest count",
                "verbose_name_plural": "ingest counts",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "hour", "key", "outcome", "reason"),
                        name="journeys_ingestcount_hour",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                ["accepted", "duplicate", "dropped", "rejected", "merge_refused"],
                            )
                        ),
                        name="journeys_ingestcount_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lead",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=accounts.models.base.UUIDv7(),
                        default=accounts.models.base.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="updated at",
                    ),
                ),
                (
                    "email",
                    models.CharField(blank=True, max_length=254, verbose_name="e-mail address"),
                ),
                ("phone", models.CharField(blank=True, max_length=50, verbose_name="phone")),
                ("name", models.CharField(blank=True, max_length=255, verbose_name="name")),
                ("company", models.CharField(blank=True, max_length=255, verbose_name="company")),
                (
                    "job_title",
                    models.CharField(blank=True, max_length=100, verbose_name="job title"),
                ),
                ("source", models.CharField(blank=True, max_length=100, verbose_name="source")),
                (
                    "score",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Quality, 0..1; empty until it is scored.",
                        max_digits=3,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="score",
                    ),
                ),
                ("qualified", models.BooleanField(default=False, verbose_name="qualified")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("new", "new"),
                            ("contacted", "contacted"),
                            ("qualified", "qualified"),
                            ("converted", "converted"),
                            ("lost", "lost"),
                        ],
                        default="new",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "properties",
                    models.JSONField(blank=True, default=dict, verbose_name="properties"),
                ),
                (
                    "last_contacted",
                    models.DateTimeField(blank=True, null=True, verbose_name="last contacted"),
                ),
                (
                    "converted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="converted at"),
                ),
                (
                    "contact",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="leads",
                        to="journeys.contact",
                        verbose_name="contact",
                    ),
                ),
                (
                    "project",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The site that it came from.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="leads",
                        to="builder.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "lead",
                "verbose_name_plural": "leads",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["workspace", "email"], name="journeys_lead_email"),
                    models.Index(fields=["workspace", "status"], name="journeys_lead_status"),
                    models.Index(fields=["workspace", "-score"], name="journeys_lead_score"),
                    models.Index(fields=["workspace", "source"], name="journeys_lead_source"),
                    models.Index(fields=["created_at"], name="journeys_lead_created"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "project", "contact"), name="journeys_lead_contact"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email"))
                        ),
                        name="journeys_lead_email_lower",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("score__gte", 0), ("score__lte", 1)),
                        name="journeys_lead_score_0_1",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["new", "contacted", "qualified", "converted", "lost"])
                        ),
                        name="journeys_lead_status_known",
                    ),
                ],
            },
        ),
    ]
