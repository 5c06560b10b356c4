"""Workflows, their connections and executions, and the outbox of mail."""

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

import accounts.models.base
import journeys.workflows.models.workflows
import journeys.workflows.signatures


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_secure_rows"),
        ("builder", "0003_serve_sites"),
        ("journeys", "0002_secure_rows"),
    ]

    operations = [
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
                    )
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
                            ("ai_confidence_score__isnull", True),
                            ("ai_confidence_score__range", (0, 1)),
                            _connector="OR",
                        ),
                        name="journeys_workflow_confidence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("conversion_rate__isnull", True),
                            ("conversion_rate__range", (0, 1)),
                            _connector="OR",
                        ),
                        name="journeys_workflow_conversion",
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "component_intelligence", "workflow"),
                        name="journeys_connection_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
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
                            )
                        ),
                        name="journeys_connection_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("user_satisfaction_score__isnull", True),
                            ("user_satisfaction_score__range", (1, 10)),
                            _connector="OR",
                        ),
                        name="journeys_connection_satisfaction",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("conversion_rate__isnull", True),
                            ("conversion_rate__range", (0, 100)),
                            _connector="OR",
                        ),
                        name="journeys_connection_conversion",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("engagement_score__isnull", True),
                            ("engagement_score__range", (0, 100)),
                            _connector="OR",
                        ),
                        name="journeys_connection_engagement",
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
                        fields=["workspace", "contact"], name="journeys_execution_contact"
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
                        on_delete=django.db.models.deletion.SET_NULL,
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
                ],
            },
        ),
    ]
