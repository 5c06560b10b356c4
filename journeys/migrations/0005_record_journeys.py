"""Builders' journeys, suggestions, enrichments; the ranges of what stands already."""

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.fields.json
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import accounts.models.base
import journeys.builder_journey.models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_make_month_partitions"),
        ("builder", "0004_keep_live_projects_out_of_draft"),
        ("journeys", "0004_secure_workflows"),
    ]

    operations = [
        # Whoever queues behind these changes must not wait long for one that waits itself.
        migrations.RunSQL("set local lock_timeout = '5s'", migrations.RunSQL.noop),
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
            ],
            options={
                "verbose_name": "enrichment",
                "verbose_name_plural": "enrichments",
                "abstract": False,
                "constraints": [
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
            ],
            options={
                "verbose_name": "journey event",
                "verbose_name_plural": "journey events",
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
            ],
            options={
                "verbose_name": "journey",
                "verbose_name_plural": "journeys",
                "abstract": False,
                "constraints": [
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
            ],
            options={
                "verbose_name": "workflow suggestion",
                "verbose_name_plural": "workflow suggestions",
                "abstract": False,
                "constraints": [
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
        migrations.RemoveConstraint(
            model_name="componentworkflowconnection",
            name="journeys_connection_status",
        ),
        migrations.RemoveConstraint(
            model_name="componentworkflowconnection",
            name="journeys_connection_satisfaction",
        ),
        migrations.RemoveConstraint(
            model_name="componentworkflowconnection",
            name="journeys_connection_conversion",
        ),
        migrations.RemoveConstraint(
            model_name="componentworkflowconnection",
            name="journeys_connection_engagement",
        ),
        migrations.RemoveConstraint(
            model_name="contact",
            name="journeys_contact_churn_risk_0_1",
        ),
        migrations.RemoveConstraint(
            model_name="contactidentity",
            name="journeys_identity_kind",
        ),
        migrations.RemoveConstraint(
            model_name="lead",
            name="journeys_lead_score_0_1",
        ),
        migrations.RemoveConstraint(
            model_name="lead",
            name="journeys_lead_status_known",
        ),
        migrations.RemoveConstraint(
            model_name="workflow",
            name="journeys_workflow_confidence",
        ),
        migrations.RemoveConstraint(
            model_name="workflow",
            name="journeys_workflow_conversion",
        ),
        migrations.AlterField(
            model_name="contact",
            name="churn_risk",
            field=models.FloatField(
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
        migrations.AlterField(
            model_name="contact",
            name="ltv_prediction",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="In the workspace's currency.",
                max_digits=14,
                null=True,
                verbose_name="predicted lifetime value",
            ),
        ),
        migrations.AlterField(
            model_name="lead",
            name="score",
            field=models.FloatField(
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
        migrations.AlterField(
            model_name="mailmessage",
            name="contact",
            field=accounts.models.base.TenantForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mails",
                to="journeys.contact",
                verbose_name="contact",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("churn_risk__isnull", True),
                    models.Q(("churn_risk__gte", 0), ("churn_risk__lte", 1)),
                    _connector="OR",
                ),
                name="journeys_contact_churn_risk",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ltv_prediction__isnull", True), ("ltv_prediction__gte", 0), _connector="OR"
                ),
                name="journeys_contact_ltv_prediction",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactidentity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__isnull", True),
                    ("kind__in", ["anonymous_id", "user_id", "email"]),
                    _connector="OR",
                ),
                name="journeys_identity_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="ingestcount",
            constraint=models.CheckConstraint(
                condition=models.Q(("count__isnull", True), ("count__gte", 0), _connector="OR"),
                name="journeys_ingestcount_count",
            ),
        ),
        migrations.AddConstraint(
            model_name="lead",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("score__isnull", True),
                    models.Q(("score__gte", 0), ("score__lte", 1)),
                    _connector="OR",
                ),
                name="journeys_lead_score",
            ),
        ),
        migrations.AddConstraint(
            model_name="lead",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__isnull", True),
                    ("status__in", ["new", "contacted", "qualified", "converted", "lost"]),
                    _connector="OR",
                ),
                name="journeys_lead_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="lead",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("converted_at__isnull", True), ("status", "converted"), _connector="OR"
                ),
                name="journeys_lead_converted_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("sent_at__isnull", True), ("status", "sent"), _connector="OR"),
                name="journeys_mail_sent_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("step_index__isnull", True), ("step_index__gte", 0), _connector="OR"
                ),
                name="journeys_mail_step_index",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("attempts__isnull", True), ("attempts__gte", 0), _connector="OR"
                ),
                name="journeys_mail_attempts",
            ),
        ),
        migrations.AddConstraint(
            model_name="workflow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("category__isnull", True),
                    (
                        "category__in",
                        ["lead_capture", "newsletter", "follow_up", "notification", "integration"],
                    ),
                    _connector="OR",
                ),
                name="journeys_workflow_category",
            ),
        ),
        migrations.AddConstraint(
            model_name="workflow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ai_confidence_score__isnull", True),
                    models.Q(("ai_confidence_score__gte", 0), ("ai_confidence_score__lte", 1)),
                    _connector="OR",
                ),
                name="journeys_workflow_ai_confidence_score",
            ),
        ),
        migrations.AddConstraint(
            model_name="workflow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("conversion_rate__isnull", True),
                    models.Q(("conversion_rate__gte", 0), ("conversion_rate__lte", 1)),
                    _connector="OR",
                ),
                name="journeys_workflow_conversion_rate",
            ),
        ),
        migrations.AddConstraint(
            model_name="workflow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("revenue_generated__isnull", True),
                    ("revenue_generated__gte", 0),
                    _connector="OR",
                ),
                name="journeys_workflow_revenue_generated",
            ),
        ),
        migrations.AddConstraint(
            model_name="workflow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("customer_lifetime_value__isnull", True),
                    ("customer_lifetime_value__gte", 0),
                    _connector="OR",
                ),
                name="journeys_workflow_customer_lifetime_value",
            ),
        ),
        migrations.AddConstraint(
            model_name="workflow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("crm_contacts_created__isnull", True),
                    ("crm_contacts_created__gte", 0),
                    _connector="OR",
                ),
                name="journeys_workflow_crm_contacts_created",
            ),
        ),
        migrations.AddConstraint(
            model_name="workflow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("crm_activities_generated__isnull", True),
                    ("crm_activities_generated__gte", 0),
                    _connector="OR",
                ),
                name="journeys_workflow_crm_activities_generated",
            ),
        ),
        migrations.AddConstraint(
            model_name="workflow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("email_campaigns_triggered__isnull", True),
                    ("email_campaigns_triggered__gte", 0),
                    _connector="OR",
                ),
                name="journeys_workflow_email_campaigns_triggered",
            ),
        ),
        migrations.AddConstraint(
            model_name="workflow",
            constraint=models.CheckConstraint(
                condition=models.Q(("version__gte", 1)), name="journeys_workflow_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="workflowexecution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("started_at__isnull", True),
                    ("finished_at__isnull", True),
                    ("finished_at__gte", models.F("started_at")),
                    _connector="OR",
                ),
                name="journeys_execution_finished_at_after_started_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="workflowexecution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("step_index__isnull", True), ("step_index__gte", 0), _connector="OR"
                ),
                name="journeys_execution_step_index",
            ),
        ),
        migrations.AddConstraint(
            model_name="workflowexecution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("attempts__isnull", True), ("attempts__gte", 0), _connector="OR"
                ),
                name="journeys_execution_attempts",
            ),
        ),
        migrations.AddConstraint(
            model_name="workflowexecution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("workflow_version__isnull", True),
                    ("workflow_version__gte", 0),
                    _connector="OR",
                ),
                name="journeys_execution_workflow_version",
            ),
        ),
        migrations.AddField(
            model_name="contactworkflowenrichment",
            name="contact",
            field=accounts.models.base.TenantForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="enrichments",
                to="journeys.contact",
                verbose_name="contact",
            ),
        ),
        migrations.AddField(
            model_name="contactworkflowenrichment",
            name="workflow",
            field=accounts.models.base.TenantForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="enrichments",
                to="journeys.workflow",
                verbose_name="workflow",
            ),
        ),
        migrations.AddField(
            model_name="contactworkflowenrichment",
            name="workspace",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="accounts.workspace",
                verbose_name="workspace",
            ),
        ),
        migrations.AddField(
            model_name="journeyevent",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="accounts.workspace",
                verbose_name="workspace",
            ),
        ),
        migrations.AddField(
            model_name="userjourneytracking",
            name="project",
            field=accounts.models.base.TenantForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="journeys",
                to="builder.project",
                verbose_name="project",
            ),
        ),
        migrations.AddField(
            model_name="userjourneytracking",
            name="template",
            field=accounts.models.base.TenantForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="journeys",
                to="builder.template",
                verbose_name="template",
            ),
        ),
        migrations.AddField(
            model_name="userjourneytracking",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="journeys",
                to=settings.AUTH_USER_MODEL,
                verbose_name="user",
            ),
        ),
        migrations.AddField(
            model_name="userjourneytracking",
            name="workspace",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="accounts.workspace",
                verbose_name="workspace",
            ),
        ),
        migrations.AddField(
            model_name="journeyevent",
            name="journey",
            field=accounts.models.base.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="events",
                to="journeys.userjourneytracking",
                verbose_name="journey",
            ),
        ),
        migrations.AddField(
            model_name="workflowsuggestion",
            name="component_intelligence",
            field=accounts.models.base.TenantForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="suggestions",
                to="builder.componentintelligence",
                verbose_name="component",
            ),
        ),
        migrations.AddField(
            model_name="workflowsuggestion",
            name="workspace",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="accounts.workspace",
                verbose_name="workspace",
            ),
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
        migrations.AddConstraint(
            model_name="componentworkflowconnection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__isnull", True),
                    (
                        "status__in",
                        ["suggested", "connected", "active", "paused", "failed", "disconnected"],
                    ),
                    _connector="OR",
                ),
                name="journeys_connection_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="componentworkflowconnection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("user_satisfaction_score__isnull", True),
                    models.Q(
                        ("user_satisfaction_score__gte", 1), ("user_satisfaction_score__lte", 10)
                    ),
                    _connector="OR",
                ),
                name="journeys_connection_user_satisfaction_score",
            ),
        ),
        migrations.AddConstraint(
            model_name="componentworkflowconnection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("conversion_rate__isnull", True),
                    models.Q(("conversion_rate__gte", 0), ("conversion_rate__lte", 100)),
                    _connector="OR",
                ),
                name="journeys_connection_conversion_rate",
            ),
        ),
        migrations.AddConstraint(
            model_name="componentworkflowconnection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("engagement_score__isnull", True),
                    models.Q(("engagement_score__gte", 0), ("engagement_score__lte", 100)),
                    _connector="OR",
                ),
                name="journeys_connection_engagement_score",
            ),
        ),
        migrations.AddConstraint(
            model_name="componentworkflowconnection",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="componentworkflowconnection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("trigger_count__isnull", True), ("trigger_count__gte", 0), _connector="OR"
                ),
                name="journeys_connection_trigger_count",
            ),
        ),
        migrations.AddConstraint(
            model_name="componentworkflowconnection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("success_count__isnull", True), ("success_count__gte", 0), _connector="OR"
                ),
                name="journeys_connection_success_count",
            ),
        ),
        migrations.AddConstraint(
            model_name="componentworkflowconnection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("error_count__isnull", True), ("error_count__gte", 0), _connector="OR"
                ),
                name="journeys_connection_error_count",
            ),
        ),
        migrations.AddConstraint(
            model_name="componentworkflowconnection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("connected_at__isnull", True),
                    ("activated_at__isnull", True),
                    ("activated_at__gte", models.F("connected_at")),
                    _connector="OR",
                ),
                name="journeys_connection_activated_at_after_connected_at",
            ),
        ),
        migrations.AddIndex(
            model_name="contactworkflowenrichment",
            index=models.Index(
                fields=["workspace", "-total_lead_score"], name="journeys_enrichment_score"
            ),
        ),
        migrations.AddIndex(
            model_name="contactworkflowenrichment",
            index=models.Index(
                fields=["workspace", "workflow"], name="journeys_enrichment_workflow"
            ),
        ),
        migrations.AddConstraint(
            model_name="contactworkflowenrichment",
            constraint=models.UniqueConstraint(
                fields=("workspace", "contact", "workflow"),
                name="journeys_contactworkflowenrichment_once",
            ),
        ),
        migrations.AddIndex(
            model_name="userjourneytracking",
            index=models.Index(
                fields=["workspace", "user", "-journey_started_at"], name="journeys_journey_user"
            ),
        ),
        migrations.AddIndex(
            model_name="userjourneytracking",
            index=models.Index(
                fields=["workspace", "template", "created_at"], name="journeys_journey_template"
            ),
        ),
        migrations.AddIndex(
            model_name="userjourneytracking",
            index=models.Index(
                fields=["workspace", "-created_at"], name="journeys_journey_created"
            ),
        ),
        migrations.AddIndex(
            model_name="userjourneytracking",
            index=models.Index(
                fields=["workspace", "-journey_started_at"], name="journeys_journey_started"
            ),
        ),
        migrations.AddConstraint(
            model_name="userjourneytracking",
            constraint=models.UniqueConstraint(
                fields=("workspace", "project", "user"), name="journeys_userjourneytracking_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="userjourneytracking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("template_selected", True), ("template_selected_at__isnull", False)),
                    models.Q(("template_selected", False), ("template_selected_at__isnull", True)),
                    _connector="OR",
                ),
                name="journeys_userjourneytracking_template_selected",
            ),
        ),
        migrations.AddConstraint(
            model_name="userjourneytracking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("template_selected_at__isnull", True),
                    ("template_selected_at__gte", models.F("journey_started_at")),
                    _connector="OR",
                ),
                name="journeys_userjourneytracking_template_selected_at_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="userjourneytracking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("user_satisfaction__isnull", True),
                    models.Q(("user_satisfaction__gte", 1), ("user_satisfaction__lte", 10)),
                    _connector="OR",
                ),
                name="journeys_userjourneytracking_user_satisfaction",
            ),
        ),
        migrations.AddIndex(
            model_name="journeyevent",
            index=models.Index(fields=["workspace", "id"], name="journeys_journeyevent_newest"),
        ),
        migrations.AddIndex(
            model_name="journeyevent",
            index=models.Index(
                fields=["workspace", "journey", "timestamp"], name="journeys_journeyevent_journey"
            ),
        ),
        migrations.AddIndex(
            model_name="journeyevent",
            index=models.Index(
                fields=["workspace", "event_type", "timestamp"], name="journeys_journeyevent_type"
            ),
        ),
        migrations.AddIndex(
            model_name="journeyevent",
            index=models.Index(
                fields=["workspace", "timestamp"], name="journeys_journeyevent_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="journeyevent",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="journeyevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("duration__isnull", True), ("duration__gte", 0), _connector="OR"
                ),
                name="journeys_journeyevent_duration",
            ),
        ),
        migrations.AddConstraint(
            model_name="journeyevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("success", True), _negated=True),
                    ("error_message", ""),
                    _connector="OR",
                ),
                name="journeys_journeyevent_error_message",
            ),
        ),
        migrations.AddIndex(
            model_name="workflowsuggestion",
            index=models.Index(
                fields=["workspace", "status", "-confidence_score"], name="journeys_suggestion_best"
            ),
        ),
        migrations.AddConstraint(
            model_name="workflowsuggestion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "suggested")),
                fields=("workspace", "component_intelligence", "category"),
                name="journeys_workflowsuggestion_open_once",
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="path",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.text.Left(
                    django.db.models.functions.comparison.Coalesce(
                        django.db.models.fields.json.KeyTextTransform("path", "properties"),
                        django.db.models.fields.json.KeyTextTransform(
                            "path", django.db.models.fields.json.KeyTextTransform("page", "context")
                        ),
                    ),
                    200,
                ),
                help_text="Of the page, out of the properties or else the context.",
                output_field=models.CharField(max_length=200, null=True),
                verbose_name="path",
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="utm_source",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.text.Left(
                    django.db.models.fields.json.KeyTextTransform(
                        "source",
                        django.db.models.fields.json.KeyTextTransform("campaign", "context"),
                    ),
                    100,
                ),
                output_field=models.CharField(max_length=100, null=True),
                verbose_name="campaign's source",
            ),
        ),
    ]
