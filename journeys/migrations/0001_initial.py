"""Contacts, events, leads, workflows, journeys, and the ledger of what came in."""

import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.fields.json
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import accounts.history
import accounts.models.base
import journeys.builder_journey.models
import journeys.searching
import journeys.workflows.models.workflows
import journeys.workflows.signatures


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0007_track_history"),
        ("builder", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
                        max_digits=14,
                        null=True,
                        verbose_name="predicted lifetime value",
                    ),
                ),
                (
                    "churn_risk",
                    models.FloatField(
                        blank=True,
                        help_text="0..1",
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
                    models.Index(
                        fields=["workspace", "-created_at"], name="journeys_contact_created"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("traits", name="jsonb_path_ops"),
                        name="journeys_contact_traits",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            journeys.searching.JoinedWords(
                                "email",
                                django.db.models.functions.comparison.Coalesce(
                                    django.db.models.fields.json.KeyTextTransform("name", "traits"),
                                    models.Value(""),
                                ),
                                django.db.models.functions.comparison.Coalesce(
                                    django.db.models.fields.json.KeyTextTransform(
                                        "company", "traits"
                                    ),
                                    models.Value(""),
                                ),
                            ),
                            name="gin_trgm_ops",
                        ),
                        name="journeys_contact_words",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email"))
                        ),
                        name="journeys_contact_email_lower",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("churn_risk__isnull", True),
                            models.Q(("churn_risk__gte", 0), ("churn_risk__lte", 1)),
                            _connector="OR",
                        ),
                        name="journeys_contact_churn_risk",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ltv_prediction__isnull", True),
                            ("ltv_prediction__gte", 0),
                            _connector="OR",
                        ),
                        name="journeys_contact_ltv_prediction",
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "kind", "value"), name="journeys_identity_value"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__isnull", True),
                            ("kind__in", ["anonymous_id", "user_id", "email"]),
                            _connector="OR",
                        ),
                        name="journeys_identity_kind",
                    ),
                ],
            },
        ),
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
                ("session_id", models.UUIDField(blank=True, null=True, verbose_name="session")),
                ("message_id", models.CharField(max_length=200, verbose_name="message id")),
                (
                    "anonymous_id",
                    models.CharField(blank=True, max_length=254, verbose_name="anonymous id"),
                ),
                (
                    "ip_address",
                    models.GenericIPAddressField(blank=True, null=True, verbose_name="address"),
                ),
                ("user_agent", models.TextField(blank=True, verbose_name="user agent")),
                (
                    "path",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Left(
                            django.db.models.functions.comparison.Coalesce(
                                django.db.models.fields.json.KeyTextTransform("path", "properties"),
                                django.db.models.fields.json.KeyTextTransform(
                                    "path",
                                    django.db.models.fields.json.KeyTextTransform(
                                        "page", "context"
                                    ),
                                ),
                            ),
                            200,
                        ),
                        help_text="Of the page, out of the properties or else the context.",
                        output_field=models.CharField(max_length=200, null=True),
                        verbose_name="path",
                    ),
                ),
                (
                    "utm_source",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Left(
                            django.db.models.fields.json.KeyTextTransform(
                                "source",
                                django.db.models.fields.json.KeyTextTransform(
                                    "campaign", "context"
                                ),
                            ),
                            100,
                        ),
                        output_field=models.CharField(max_length=100, null=True),
                        verbose_name="campaign's source",
                    ),
                ),
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
                "indexes": [
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
                        condition=models.Q(("session_id__isnull", False)),
                        fields=["workspace", "session_id"],
                        name="journeys_event_session",
                    ),
                    models.Index(
                        condition=models.Q(("event_name", "user_signup")),
                        fields=["workspace", "contact", "timestamp"],
                        name="journeys_event_signup",
                    ),
                    django.contrib.postgres.indexes.BrinIndex(
                        autosummarize=True,
                        fields=["received_at"],
                        name="journeys_event_received",
                        pages_per_range=16,
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("type__in", ["track", "identify", "page", "screen", "group", "alias"])
                        ),
                        name="journeys_event_type",
                    )
                ],
            },
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("count__isnull", True), ("count__gte", 0), _connector="OR"
                        ),
                        name="journeys_ingestcount_count",
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
                    models.FloatField(
                        blank=True,
                        help_text="Quality, 0..1; empty until it is scored.",
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
                    models.Index(fields=["workspace", "-id"], name="journeys_lead_newest"),
                    models.Index(fields=["workspace", "email"], name="journeys_lead_email"),
                    models.Index(fields=["workspace", "status"], name="journeys_lead_status"),
                    models.Index(fields=["workspace", "-score"], name="journeys_lead_score"),
                    models.Index(fields=["workspace", "qualified"], name="journeys_lead_qualified"),
                    models.Index(fields=["workspace", "-created_at"], name="journeys_lead_recent"),
                    models.Index(
                        condition=models.Q(("qualified", True)),
                        fields=["workspace", "-score", "status"],
                        name="journeys_lead_best",
                    ),
                    models.Index(
                        fields=["workspace", "source", "-score"], name="journeys_lead_source"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            "properties", name="jsonb_path_ops"
                        ),
                        name="journeys_lead_properties",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            journeys.searching.JoinedWords("email", "name", "company", "phone"),
                            name="gin_trgm_ops",
                        ),
                        name="journeys_lead_words",
                    ),
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
                        condition=models.Q(
                            ("score__isnull", True),
                            models.Q(("score__gte", 0), ("score__lte", 1)),
                            _connector="OR",
                        ),
                        name="journeys_lead_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__isnull", True),
                            ("status__in", ["new", "contacted", "qualified", "converted", "lost"]),
                            _connector="OR",
                        ),
                        name="journeys_lead_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("converted_at__isnull", True), ("status", "converted"), _connector="OR"
                        ),
                        name="journeys_lead_converted_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LeadHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "id",
                    models.UUIDField(
                        db_default=accounts.models.base.UUIDv7(),
                        default=accounts.models.base.uuid7,
                        editable=False,
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
                    models.FloatField(
                        blank=True,
                        help_text="Quality, 0..1; empty until it is scored.",
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
                    "acted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "contact",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="journeys.contact",
                        verbose_name="contact",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="journeys.lead",
                    ),
                ),
                (
                    "project",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The site that it came from.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="builder.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "history",
                "verbose_name_plural": "history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="UserJourneyTracking",
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
                    "session_id",
                    models.UUIDField(
                        default=accounts.models.base.uuid7,
                        help_text="The builder's session in which it began, or an id of its own.",
                        verbose_name="session",
                    ),
                ),
                ("journey_started_at", models.DateTimeField(verbose_name="started at")),
                (
                    "template_selected_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="template selected at"
                    ),
                ),
                (
                    "first_customization_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="first customized at"),
                ),
                (
                    "first_workflow_connected_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="first workflow connected at"
                    ),
                ),
                (
                    "site_published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="site published at"),
                ),
                (
                    "magic_moment_achieved_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="magic moment at"),
                ),
                (
                    "template_selected",
                    models.BooleanField(default=False, verbose_name="template selected"),
                ),
                (
                    "customization_started",
                    models.BooleanField(default=False, verbose_name="customization started"),
                ),
                (
                    "first_component_added",
                    models.BooleanField(default=False, verbose_name="first component added"),
                ),
                (
                    "ai_customization_used",
                    models.BooleanField(default=False, verbose_name="AI customization used"),
                ),
                (
                    "workflow_connected",
                    models.BooleanField(default=False, verbose_name="workflow connected"),
                ),
                (
                    "site_previewed",
                    models.BooleanField(default=False, verbose_name="site previewed"),
                ),
                (
                    "site_published",
                    models.BooleanField(default=False, verbose_name="site published"),
                ),
                (
                    "magic_moment_achieved",
                    models.BooleanField(default=False, verbose_name="magic moment"),
                ),
                (
                    "total_time_minutes",
                    models.GeneratedField(
                        db_persist=True,
                        expression=journeys.builder_journey.models.MinutesBetween(
                            "journey_started_at", "site_published_at"
                        ),
                        help_text="Minutes from the start to the first live site.",
                        output_field=models.FloatField(),
                        verbose_name="total time",
                    ),
                ),
                (
                    "customization_count",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="customizations"
                    ),
                ),
                (
                    "ai_requests_count",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="AI requests"
                    ),
                ),
                (
                    "components_added",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="components added"
                    ),
                ),
                (
                    "workflows_created",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="workflows connected"
                    ),
                ),
                (
                    "final_quality_score",
                    models.FloatField(
                        blank=True,
                        help_text="0..100",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="final quality",
                    ),
                ),
                (
                    "user_satisfaction",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="1..10",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(10),
                        ],
                        verbose_name="satisfaction",
                    ),
                ),
                (
                    "completion_quality",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("excellent", "excellent"),
                            ("good", "good"),
                            ("average", "average"),
                            ("poor", "poor"),
                        ],
                        max_length=10,
                        verbose_name="completion quality",
                    ),
                ),
                (
                    "pain_points",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="A list of texts.",
                        verbose_name="pain points",
                    ),
                ),
                (
                    "success_factors",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="A list of texts.",
                        verbose_name="success factors",
                    ),
                ),
                (
                    "final_template_config",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="The template as it was when the site went live.",
                        verbose_name="final configuration",
                    ),
                ),
                (
                    "project",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="journeys",
                        to="builder.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "template",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="journeys",
                        to="builder.template",
                        verbose_name="template",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="journeys",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
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
                "verbose_name": "journey",
                "verbose_name_plural": "journeys",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "user", "-journey_started_at"],
                        name="journeys_journey_user",
                    ),
                    models.Index(
                        fields=["workspace", "template", "created_at"],
                        name="journeys_journey_template",
                    ),
                    models.Index(
                        fields=["workspace", "-created_at"], name="journeys_journey_created"
                    ),
                    models.Index(
                        fields=["workspace", "-journey_started_at"], name="journeys_journey_started"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "project", "user"),
                        name="journeys_userjourneytracking_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("template_selected", True), ("template_selected_at__isnull", False)
                            ),
                            models.Q(
                                ("template_selected", False), ("template_selected_at__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="journeys_userjourneytracking_template_selected",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("customization_started", True),
                                ("first_customization_at__isnull", False),
                            ),
                            models.Q(
                                ("customization_started", False),
                                ("first_customization_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="journeys_userjourneytracking_customization_started",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("first_workflow_connected_at__isnull", False),
                                ("workflow_connected", True),
                            ),
                            models.Q(
                                ("first_workflow_connected_at__isnull", True),
                                ("workflow_connected", False),
                            ),
                            _connector="OR",
                        ),
                        name="journeys_userjourneytracking_workflow_connected",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("site_published", True), ("site_published_at__isnull", False)
                            ),
                            models.Q(
                                ("site_published", False), ("site_published_at__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="journeys_userjourneytracking_site_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("magic_moment_achieved", True),
                                ("magic_moment_achieved_at__isnull", False),
                            ),
                            models.Q(
                                ("magic_moment_achieved", False),
                                ("magic_moment_achieved_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="journeys_userjourneytracking_magic_moment_achieved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("template_selected_at__isnull", True),
                            ("template_selected_at__gte", models.F("journey_started_at")),
                            _connector="OR",
                        ),
                        name="journeys_userjourneytracking_template_selected_at_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_customization_at__isnull", True),
                            ("first_customization_at__gte", models.F("journey_started_at")),
                            _connector="OR",
                        ),
                        name="journeys_userjourneytracking_first_customization_at_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_workflow_connected_at__isnull", True),
                            ("first_workflow_connected_at__gte", models.F("journey_started_at")),
                            _connector="OR",
                        ),
                        name="journeys_userjourneytracking_first_workflow_connected_at_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("site_published_at__isnull", True),
                            ("site_published_at__gte", models.F("journey_started_at")),
                            _connector="OR",
                        ),
                        name="journeys_userjourneytracking_site_published_at_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("magic_moment_achieved_at__isnull", True),
                            ("magic_moment_achieved_at__gte", models.F("journey_started_at")),
                            _connector="OR",
                        ),
                        name="journeys_userjourneytracking_magic_moment_achieved_at_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("customization_count__isnull", True),
                            ("customization_count__gte", 0),
                            _connector="OR",
                        ),
                        name="journeys_userjourneytracking_customization_count",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ai_requests_count__isnull", True),
                            ("ai_requests_count__gte", 0),
                            _connector="OR",
                        ),
                        name="journeys_userjourneytracking_ai_requests_count",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("components_added__isnull", True),
                            ("components_added__gte", 0),
                            _connector="OR",
                        ),
                        name="journeys_userjourneytracking_components_added",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("workflows_created__isnull", True),
                            ("workflows_created__gte", 0),
                            _connector="OR",
                        ),
                        name="journeys_userjourneytracking_workflows_created",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("final_quality_score__isnull", True),
                            models.Q(
                                ("final_quality_score__gte", 0), ("final_quality_score__lte", 100)
                            ),
                            _connector="OR",
                        ),
                        name="journeys_userjourneytracking_final_quality_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("user_satisfaction__isnull", True),
                            models.Q(("user_satisfaction__gte", 1), ("user_satisfaction__lte", 10)),
                            _connector="OR",
                        ),
                        name="journeys_userjourneytracking_user_satisfaction",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("completion_quality__isnull", True),
                            (
                                "completion_quality__in",
                                ["", "excellent", "good", "average", "poor"],
                            ),
                            _connector="OR",
                        ),
                        name="journeys_userjourneytracking_completion_quality",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("magic_moment_achieved", False),
                            models.Q(("site_published", True), ("workflow_connected", True)),
                            _connector="OR",
                        ),
                        name="journeys_userjourneytracking_magic_moment_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("first_component_added", True), _negated=True),
                            ("components_added__gte", 1),
                            _connector="OR",
                        ),
                        name="journeys_userjourneytracking_first_component",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ai_customization_used", True), _negated=True),
                            ("ai_requests_count__gte", 1),
                            _connector="OR",
                        ),
                        name="journeys_userjourneytracking_ai_used",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JourneyEvent",
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
                ("timestamp", models.DateTimeField(verbose_name="time")),
                (
                    "event_type",
                    models.CharField(
                        choices=[
                            ("template_selected", "template selected"),
                            ("customized", "customized"),
                            ("component_added", "component added"),
                            ("ai_requested", "AI asked"),
                            ("workflow_connected", "workflow connected"),
                            ("site_previewed", "site previewed"),
                            ("site_published", "site published"),
                            ("magic_moment", "magic moment"),
                        ],
                        max_length=50,
                        verbose_name="type",
                    ),
                ),
                ("event_data", models.JSONField(blank=True, default=dict, verbose_name="details")),
                (
                    "duration",
                    models.PositiveIntegerField(
                        blank=True, help_text="Milliseconds.", null=True, verbose_name="duration"
                    ),
                ),
                (
                    "success",
                    models.BooleanField(db_default=True, default=True, verbose_name="succeeded"),
                ),
                (
                    "error_message",
                    models.TextField(blank=True, db_default="", default="", verbose_name="error"),
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
                (
                    "journey",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="journeys.userjourneytracking",
                        verbose_name="journey",
                    ),
                ),
            ],
            options={
                "verbose_name": "journey event",
                "verbose_name_plural": "journey events",
                "indexes": [
                    models.Index(fields=["workspace", "id"], name="journeys_journeyevent_newest"),
                    models.Index(
                        fields=["workspace", "journey", "timestamp"],
                        name="journeys_journeyevent_journey",
                    ),
                    models.Index(
                        fields=["workspace", "event_type", "timestamp"],
                        name="journeys_journeyevent_type",
                    ),
                    models.Index(
                        fields=["workspace", "timestamp"], name="journeys_journeyevent_time"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("event_type__isnull", True),
                            (
                                "event_type__in",
                                [
                                    "template_selected",
                                    "customized",
                                    "component_added",
                                    "ai_requested",
                                    "workflow_connected",
                                    "site_previewed",
                                    "site_published",
                                    "magic_moment",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="journeys_journeyevent_event_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("duration__isnull", True), ("duration__gte", 0), _connector="OR"
                        ),
                        name="journeys_journeyevent_duration",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("success", True), _negated=True),
                            ("error_message", ""),
                            _connector="OR",
                        ),
                        name="journeys_journeyevent_error_message",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Workflow",
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
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("lead_capture", "lead capture"),
                            ("newsletter", "newsletter"),
                            ("follow_up", "follow-up"),
                            ("notification", "notification"),
                            ("integration", "integration"),
                        ],
                        default="lead_capture",
                        max_length=20,
                        verbose_name="category",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("active", "active"),
                            ("paused", "paused"),
                            ("archived", "archived"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "trigger",
                    models.JSONField(
                        default=journeys.workflows.models.workflows.default_trigger,
                        help_text="What starts it: an event's name.",
                        verbose_name="trigger",
                    ),
                ),
                (
                    "definition",
                    models.JSONField(
                        default=journeys.workflows.models.workflows.empty_definition,
                        help_text="The steps, one after the other.",
                        verbose_name="definition",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        default=1,
                        editable=False,
                        help_text="Grows with every new definition.",
                        verbose_name="version",
                    ),
                ),
                (
                    "suggested_by_ai",
                    models.BooleanField(default=False, verbose_name="suggested by AI"),
                ),
                (
                    "ai_confidence_score",
                    models.FloatField(
                        blank=True,
                        help_text="0..1",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="confidence of the suggestion",
                    ),
                ),
                (
                    "signing_secret",
                    models.CharField(
                        default=journeys.workflows.signatures.new_secret,
                        editable=False,
                        help_text="Receivers of its webhooks check the signature with it.",
                        max_length=100,
                        verbose_name="signing secret",
                    ),
                ),
                (
                    "crm_contacts_created",
                    models.PositiveIntegerField(default=0, verbose_name="leads created"),
                ),
                (
                    "crm_activities_generated",
                    models.PositiveIntegerField(default=0, verbose_name="lead updates"),
                ),
                (
                    "email_campaigns_triggered",
                    models.PositiveIntegerField(default=0, verbose_name="mails written"),
                ),
                (
                    "conversion_rate",
                    models.FloatField(
                        blank=True, help_text="0..1", null=True, verbose_name="conversion rate"
                    ),
                ),
                (
                    "revenue_generated",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        help_text="In the workspace's currency.",
                        max_digits=14,
                        verbose_name="revenue",
                    ),
                ),
                (
                    "customer_lifetime_value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="In the workspace's currency.",
                        max_digits=14,
                        null=True,
                        verbose_name="customer lifetime value",
                    ),
                ),
                (
                    "component_intelligence",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The component that it was made for.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="workflows",
                        to="builder.componentintelligence",
                        verbose_name="component",
                    ),
                ),
                (
                    "project",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Empty: for every project of the workspace.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="workflows",
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
                "verbose_name": "workflow",
                "verbose_name_plural": "workflows",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "project", "status"], name="journeys_workflow_project"
                    ),
                    models.Index(
                        fields=["workspace", "category"], name="journeys_workflow_category"
                    ),
                    models.Index(
                        fields=["workspace", "-created_at"], name="journeys_workflow_recent"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "active", "paused", "archived"])
                        ),
                        name="journeys_workflow_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("category__isnull", True),
                            (
                                "category__in",
                                [
                                    "lead_capture",
                                    "newsletter",
                                    "follow_up",
                                    "notification",
                                    "integration",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="journeys_workflow_category",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ai_confidence_score__isnull", True),
                            models.Q(
                                ("ai_confidence_score__gte", 0), ("ai_confidence_score__lte", 1)
                            ),
                            _connector="OR",
                        ),
                        name="journeys_workflow_ai_confidence_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("conversion_rate__isnull", True),
                            models.Q(("conversion_rate__gte", 0), ("conversion_rate__lte", 1)),
                            _connector="OR",
                        ),
                        name="journeys_workflow_conversion_rate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revenue_generated__isnull", True),
                            ("revenue_generated__gte", 0),
                            _connector="OR",
                        ),
                        name="journeys_workflow_revenue_generated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("customer_lifetime_value__isnull", True),
                            ("customer_lifetime_value__gte", 0),
                            _connector="OR",
                        ),
                        name="journeys_workflow_customer_lifetime_value",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("crm_contacts_created__isnull", True),
                            ("crm_contacts_created__gte", 0),
                            _connector="OR",
                        ),
                        name="journeys_workflow_crm_contacts_created",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("crm_activities_generated__isnull", True),
                            ("crm_activities_generated__gte", 0),
                            _connector="OR",
                        ),
                        name="journeys_workflow_crm_activities_generated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email_campaigns_triggered__isnull", True),
                            ("email_campaigns_triggered__gte", 0),
                            _connector="OR",
                        ),
                        name="journeys_workflow_email_campaigns_triggered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="journeys_workflow_version"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactWorkflowEnrichment",
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
                    "workflow_triggers",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="What started the workflow: {at, trigger, component_id, execution_id}.",
                        verbose_name="triggers",
                    ),
                ),
                (
                    "interaction_history",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="What the contact did: {at, type, subject, properties}.",
                        verbose_name="interactions",
                    ),
                ),
                (
                    "behavior_score",
                    models.FloatField(
                        db_default=0,
                        default=0,
                        help_text="0..100",
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="behaviour",
                    ),
                ),
                (
                    "demographic_score",
                    models.FloatField(
                        db_default=0,
                        default=0,
                        help_text="0..100",
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="demography",
                    ),
                ),
                (
                    "engagement_score",
                    models.FloatField(
                        db_default=0,
                        default=0,
                        help_text="0..100",
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="engagement",
                    ),
                ),
                (
                    "total_lead_score",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("behavior_score"), "*", models.Value(0.4)
                                ),
                                "+",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("demographic_score"), "*", models.Value(0.3)
                                ),
                            ),
                            "+",
                            django.db.models.expressions.CombinedExpression(
                                models.F("engagement_score"), "*", models.Value(0.3)
                            ),
                        ),
                        help_text="0..100: 0.4 behaviour + 0.3 demography + 0.3 engagement.",
                        output_field=models.FloatField(),
                        verbose_name="lead score",
                    ),
                ),
                (
                    "emails_received",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="mails received"
                    ),
                ),
                (
                    "emails_opened",
                    models.PositiveIntegerField(
                        db_default=0,
                        default=0,
                        help_text="Each mail counts once.",
                        verbose_name="mails opened",
                    ),
                ),
                (
                    "emails_clicked",
                    models.PositiveIntegerField(
                        db_default=0,
                        default=0,
                        help_text="Each mail counts once.",
                        verbose_name="mails clicked",
                    ),
                ),
                (
                    "forms_submitted",
                    models.PositiveIntegerField(db_default=0, default=0, verbose_name="forms sent"),
                ),
                (
                    "pages_visited",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="A list of paths.",
                        verbose_name="pages visited",
                    ),
                ),
                (
                    "contact",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="enrichments",
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
                (
                    "workflow",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="enrichments",
                        to="journeys.workflow",
                        verbose_name="workflow",
                    ),
                ),
            ],
            options={
                "verbose_name": "enrichment",
                "verbose_name_plural": "enrichments",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "-total_lead_score"], name="journeys_enrichment_score"
                    ),
                    models.Index(
                        fields=["workspace", "workflow"], name="journeys_enrichment_workflow"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "contact", "workflow"),
                        name="journeys_contactworkflowenrichment_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("behavior_score__isnull", True),
                            models.Q(("behavior_score__gte", 0), ("behavior_score__lte", 100)),
                            _connector="OR",
                        ),
                        name="journeys_contactworkflowenrichment_behavior_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("demographic_score__isnull", True),
                            models.Q(
                                ("demographic_score__gte", 0), ("demographic_score__lte", 100)
                            ),
                            _connector="OR",
                        ),
                        name="journeys_contactworkflowenrichment_demographic_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("engagement_score__isnull", True),
                            models.Q(("engagement_score__gte", 0), ("engagement_score__lte", 100)),
                            _connector="OR",
                        ),
                        name="journeys_contactworkflowenrichment_engagement_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("emails_received__isnull", True),
                            ("emails_received__gte", 0),
                            _connector="OR",
                        ),
                        name="journeys_contactworkflowenrichment_emails_received",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("emails_opened__isnull", True),
                            ("emails_opened__gte", 0),
                            _connector="OR",
                        ),
                        name="journeys_contactworkflowenrichment_emails_opened",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("emails_clicked__isnull", True),
                            ("emails_clicked__gte", 0),
                            _connector="OR",
                        ),
                        name="journeys_contactworkflowenrichment_emails_clicked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("forms_submitted__isnull", True),
                            ("forms_submitted__gte", 0),
                            _connector="OR",
                        ),
                        name="journeys_contactworkflowenrichment_forms_submitted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("emails_opened__lte", models.F("emails_received"))),
                        name="journeys_contactworkflowenrichment_opened_of_received",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("emails_clicked__lte", models.F("emails_received"))),
                        name="journeys_contactworkflowenrichment_clicked_of_received",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ComponentWorkflowConnection",
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
                    "status",
                    models.CharField(
                        choices=[
                            ("suggested", "suggested"),
                            ("connected", "connected"),
                            ("active", "active"),
                            ("paused", "paused"),
                            ("failed", "failed"),
                            ("disconnected", "disconnected"),
                        ],
                        default="connected",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                (
                    "connection_config",
                    models.JSONField(blank=True, default=dict, verbose_name="configuration"),
                ),
                (
                    "trigger_count",
                    models.PositiveIntegerField(default=0, verbose_name="executions started"),
                ),
                (
                    "success_count",
                    models.PositiveIntegerField(default=0, verbose_name="executions succeeded"),
                ),
                (
                    "error_count",
                    models.PositiveIntegerField(default=0, verbose_name="executions failed"),
                ),
                (
                    "average_response_time",
                    models.FloatField(
                        blank=True,
                        help_text="Milliseconds from the trigger to the end of the first step.",
                        null=True,
                        verbose_name="average response time",
                    ),
                ),
                (
                    "user_satisfaction_score",
                    models.FloatField(
                        blank=True,
                        help_text="1..10",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(10),
                        ],
                        verbose_name="satisfaction",
                    ),
                ),
                (
                    "conversion_rate",
                    models.FloatField(
                        blank=True,
                        help_text="Per cent, 0..100.",
                        null=True,
                        verbose_name="conversion rate",
                    ),
                ),
                (
                    "engagement_score",
                    models.FloatField(
                        blank=True, help_text="0..100", null=True, verbose_name="engagement"
                    ),
                ),
                (
                    "connected_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="connected at"),
                ),
                (
                    "activated_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="activated at"),
                ),
                (
                    "last_triggered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="last triggered at"),
                ),
                (
                    "component_intelligence",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="connections",
                        to="builder.componentintelligence",
                        verbose_name="component",
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
                (
                    "workflow",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="connections",
                        to="journeys.workflow",
                        verbose_name="workflow",
                    ),
                ),
            ],
            options={
                "verbose_name": "connection",
                "verbose_name_plural": "connections",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "workflow", "status"],
                        name="journeys_connection_workflow",
                    ),
                    models.Index(
                        fields=["workspace", "status"], name="journeys_connection_by_status"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "component_intelligence", "workflow"),
                        name="journeys_connection_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__isnull", True),
                            (
                                "status__in",
                                [
                                    "suggested",
                                    "connected",
                                    "active",
                                    "paused",
                                    "failed",
                                    "disconnected",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="journeys_connection_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("user_satisfaction_score__isnull", True),
                            models.Q(
                                ("user_satisfaction_score__gte", 1),
                                ("user_satisfaction_score__lte", 10),
                            ),
                            _connector="OR",
                        ),
                        name="journeys_connection_user_satisfaction_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("conversion_rate__isnull", True),
                            models.Q(("conversion_rate__gte", 0), ("conversion_rate__lte", 100)),
                            _connector="OR",
                        ),
                        name="journeys_connection_conversion_rate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("engagement_score__isnull", True),
                            models.Q(("engagement_score__gte", 0), ("engagement_score__lte", 100)),
                            _connector="OR",
                        ),
                        name="journeys_connection_engagement_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("average_response_time__isnull", True),
                            models.Q(
                                ("average_response_time__gte", 0),
                                ("average_response_time__lt", float("inf")),
                            ),
                            _connector="OR",
                        ),
                        name="journeys_connection_average_response_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("trigger_count__isnull", True),
                            ("trigger_count__gte", 0),
                            _connector="OR",
                        ),
                        name="journeys_connection_trigger_count",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("success_count__isnull", True),
                            ("success_count__gte", 0),
                            _connector="OR",
                        ),
                        name="journeys_connection_success_count",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("error_count__isnull", True), ("error_count__gte", 0), _connector="OR"
                        ),
                        name="journeys_connection_error_count",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("connected_at__isnull", True),
                            ("activated_at__isnull", True),
                            ("activated_at__gte", models.F("connected_at")),
                            _connector="OR",
                        ),
                        name="journeys_connection_activated_at_after_connected_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkflowExecution",
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
                ("event_id", models.BigIntegerField(blank=True, null=True, verbose_name="event")),
                ("triggered_at", models.DateTimeField(verbose_name="triggered at")),
                (
                    "component_id",
                    models.CharField(blank=True, max_length=128, verbose_name="component"),
                ),
                (
                    "trigger_data",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="The event's properties.",
                        verbose_name="what was sent",
                    ),
                ),
                ("definition", models.JSONField(verbose_name="definition")),
                (
                    "workflow_version",
                    models.PositiveIntegerField(default=1, verbose_name="version of the workflow"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "pending"),
                            ("running", "running"),
                            ("waiting", "waiting"),
                            ("succeeded", "succeeded"),
                            ("failed", "failed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "step_index",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Counted from 0.", verbose_name="next step"
                    ),
                ),
                (
                    "attempts",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Begun at the next step.", verbose_name="attempts"
                    ),
                ),
                (
                    "due_at",
                    models.DateTimeField(
                        help_text="When a worker may take it up; while one has it, when its lease ends.",
                        verbose_name="due at",
                    ),
                ),
                (
                    "lease",
                    models.UUIDField(blank=True, editable=False, null=True, verbose_name="lease"),
                ),
                (
                    "started_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="started at"),
                ),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="finished at"),
                ),
                (
                    "execution_time",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            models.F("finished_at"), "-", models.F("started_at")
                        ),
                        output_field=models.DurationField(),
                        verbose_name="execution time",
                    ),
                ),
                (
                    "log",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="One entry an attempt at a step.",
                        verbose_name="log",
                    ),
                ),
                ("error_message", models.TextField(blank=True, verbose_name="error")),
                (
                    "connection",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="executions",
                        to="journeys.componentworkflowconnection",
                        verbose_name="connection",
                    ),
                ),
                (
                    "contact",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="executions",
                        to="journeys.contact",
                        verbose_name="contact",
                    ),
                ),
                (
                    "project",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="executions",
                        to="builder.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "workflow",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="executions",
                        to="journeys.workflow",
                        verbose_name="workflow",
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
                "verbose_name": "execution",
                "verbose_name_plural": "executions",
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("status__in", ("pending", "running", "waiting"))),
                        fields=["due_at"],
                        name="journeys_execution_due",
                    ),
                    models.Index(
                        fields=["workspace", "workflow", "-id"], name="journeys_execution_recent"
                    ),
                    models.Index(
                        fields=["workspace", "contact", "-id"], name="journeys_execution_contact"
                    ),
                    models.Index(
                        fields=["workspace", "status", "-id"], name="journeys_execution_state"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "workflow", "event_id"),
                        name="journeys_execution_event",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "pending",
                                    "running",
                                    "waiting",
                                    "succeeded",
                                    "failed",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="journeys_execution_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("started_at__isnull", True),
                            ("finished_at__isnull", True),
                            ("finished_at__gte", models.F("started_at")),
                            _connector="OR",
                        ),
                        name="journeys_execution_finished_at_after_started_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("step_index__isnull", True), ("step_index__gte", 0), _connector="OR"
                        ),
                        name="journeys_execution_step_index",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("attempts__isnull", True), ("attempts__gte", 0), _connector="OR"
                        ),
                        name="journeys_execution_attempts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("workflow_version__isnull", True),
                            ("workflow_version__gte", 0),
                            _connector="OR",
                        ),
                        name="journeys_execution_workflow_version",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MailMessage",
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
                ("step_index", models.PositiveSmallIntegerField(default=0, verbose_name="step")),
                ("to_address", models.EmailField(max_length=254, verbose_name="to")),
                (
                    "reply_to",
                    models.EmailField(blank=True, max_length=254, verbose_name="reply to"),
                ),
                (
                    "from_name",
                    models.CharField(blank=True, max_length=120, verbose_name="sender's name"),
                ),
                ("subject", models.CharField(max_length=200, verbose_name="subject")),
                ("text", models.TextField(verbose_name="text")),
                ("html", models.TextField(verbose_name="HTML")),
                ("language", models.CharField(default="en", max_length=2, verbose_name="language")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "queued"),
                            ("sending", "sending"),
                            ("sent", "sent"),
                            ("failed", "failed"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                (
                    "due_at",
                    models.DateTimeField(
                        help_text="When a worker may take it up; while one has it, when its lease ends.",
                        verbose_name="due at",
                    ),
                ),
                (
                    "lease",
                    models.UUIDField(blank=True, editable=False, null=True, verbose_name="lease"),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                ("error_message", models.TextField(blank=True, verbose_name="error")),
                (
                    "contact",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mails",
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
                (
                    "execution",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mails",
                        to="journeys.workflowexecution",
                        verbose_name="execution",
                    ),
                ),
            ],
            options={
                "verbose_name": "mail",
                "verbose_name_plural": "mails",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["workspace", "-id"], name="journeys_mail_newest"),
                    models.Index(fields=["workspace", "status"], name="journeys_mail_by_status"),
                    models.Index(
                        condition=models.Q(("status__in", ("queued", "sending"))),
                        fields=["due_at"],
                        name="journeys_mail_due",
                    ),
                    models.Index(
                        fields=["workspace", "to_address", "created_at"],
                        name="journeys_mail_recipient",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "execution", "step_index", "to_address"),
                        name="journeys_mail_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["queued", "sending", "sent", "failed"])),
                        name="journeys_mail_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_at__isnull", True), ("status", "sent"), _connector="OR"
                        ),
                        name="journeys_mail_sent_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("step_index__isnull", True), ("step_index__gte", 0), _connector="OR"
                        ),
                        name="journeys_mail_step_index",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("attempts__isnull", True), ("attempts__gte", 0), _connector="OR"
                        ),
                        name="journeys_mail_attempts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkflowHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "id",
                    models.UUIDField(
                        db_default=accounts.models.base.UUIDv7(),
                        default=accounts.models.base.uuid7,
                        editable=False,
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
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("lead_capture", "lead capture"),
                            ("newsletter", "newsletter"),
                            ("follow_up", "follow-up"),
                            ("notification", "notification"),
                            ("integration", "integration"),
                        ],
                        default="lead_capture",
                        max_length=20,
                        verbose_name="category",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("active", "active"),
                            ("paused", "paused"),
                            ("archived", "archived"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "trigger",
                    models.JSONField(
                        default=journeys.workflows.models.workflows.default_trigger,
                        help_text="What starts it: an event's name.",
                        verbose_name="trigger",
                    ),
                ),
                (
                    "definition",
                    models.JSONField(
                        default=journeys.workflows.models.workflows.empty_definition,
                        help_text="The steps, one after the other.",
                        verbose_name="definition",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        default=1,
                        editable=False,
                        help_text="Grows with every new definition.",
                        verbose_name="version",
                    ),
                ),
                (
                    "suggested_by_ai",
                    models.BooleanField(default=False, verbose_name="suggested by AI"),
                ),
                (
                    "ai_confidence_score",
                    models.FloatField(
                        blank=True,
                        help_text="0..1",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="confidence of the suggestion",
                    ),
                ),
                (
                    "acted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "component_intelligence",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The component that it was made for.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="builder.componentintelligence",
                        verbose_name="component",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="journeys.workflow",
                    ),
                ),
                (
                    "project",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Empty: for every project of the workspace.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="builder.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "history",
                "verbose_name_plural": "history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WorkflowSuggestion",
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
                    "category",
                    models.CharField(
                        choices=[
                            ("lead_capture", "lead capture"),
                            ("newsletter", "newsletter"),
                            ("follow_up", "follow-up"),
                            ("notification", "notification"),
                            ("integration", "integration"),
                        ],
                        max_length=20,
                        verbose_name="category",
                    ),
                ),
                (
                    "confidence_score",
                    models.FloatField(
                        help_text="0..1",
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="confidence",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("suggested", "suggested"),
                            ("accepted", "accepted"),
                            ("dismissed", "dismissed"),
                        ],
                        default="suggested",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="decided at"
                    ),
                ),
                (
                    "component_intelligence",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suggestions",
                        to="builder.componentintelligence",
                        verbose_name="component",
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
                "verbose_name": "workflow suggestion",
                "verbose_name_plural": "workflow suggestions",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "status", "-confidence_score"],
                        name="journeys_suggestion_best",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "suggested")),
                        fields=("workspace", "component_intelligence", "category"),
                        name="journeys_workflowsuggestion_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confidence_score__isnull", True),
                            models.Q(("confidence_score__gte", 0), ("confidence_score__lte", 1)),
                            _connector="OR",
                        ),
                        name="journeys_workflowsuggestion_confidence_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("category__isnull", True),
                            (
                                "category__in",
                                [
                                    "lead_capture",
                                    "newsletter",
                                    "follow_up",
                                    "notification",
                                    "integration",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="journeys_workflowsuggestion_category",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__isnull", True),
                            ("status__in", ["suggested", "accepted", "dismissed"]),
                            _connector="OR",
                        ),
                        name="journeys_workflowsuggestion_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("status", "suggested")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("status__in", ["accepted", "dismissed"]),
                            ),
                            _connector="OR",
                        ),
                        name="journeys_workflowsuggestion_decided_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ComponentWorkflowConnectionHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "id",
                    models.UUIDField(
                        db_default=accounts.models.base.UUIDv7(),
                        default=accounts.models.base.uuid7,
                        editable=False,
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
                    "status",
                    models.CharField(
                        choices=[
                            ("suggested", "suggested"),
                            ("connected", "connected"),
                            ("active", "active"),
                            ("paused", "paused"),
                            ("failed", "failed"),
                            ("disconnected", "disconnected"),
                        ],
                        default="connected",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                (
                    "connection_config",
                    models.JSONField(blank=True, default=dict, verbose_name="configuration"),
                ),
                (
                    "connected_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="connected at"),
                ),
                (
                    "activated_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="activated at"),
                ),
                (
                    "acted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "component_intelligence",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="builder.componentintelligence",
                        verbose_name="component",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="journeys.componentworkflowconnection",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
                (
                    "workflow",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="journeys.workflow",
                        verbose_name="workflow",
                    ),
                ),
                (
                    "suggestion",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The suggestion that was accepted with it.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="journeys.workflowsuggestion",
                        verbose_name="suggestion",
                    ),
                ),
            ],
            options={
                "verbose_name": "history",
                "verbose_name_plural": "history",
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="componentworkflowconnection",
            name="suggestion",
            field=accounts.models.base.TenantForeignKey(
                blank=True,
                db_constraint=False,
                help_text="The suggestion that was accepted with it.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="connections",
                to="journeys.workflowsuggestion",
                verbose_name="suggestion",
            ),
        ),
    ]
