"""Projects, their documents, sites, sessions, comments and what is learnt from them."""

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.math
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import accounts.history
import accounts.models.base
import builder.models.sessions


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0007_track_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AnalysisModel",
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
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("version", models.CharField(max_length=40, verbose_name="version")),
                (
                    "is_active",
                    models.BooleanField(db_default=False, default=False, verbose_name="in use"),
                ),
                ("trained_at", models.DateTimeField(verbose_name="trained at")),
                (
                    "metrics",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="By name, as the evaluation gave them.",
                        verbose_name="metrics",
                    ),
                ),
            ],
            options={
                "verbose_name": "analysis model",
                "verbose_name_plural": "analysis models",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("name", "version"), name="builder_analysismodel_version_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_active", True)),
                        fields=("name",),
                        name="builder_analysismodel_one_in_use",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Project",
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
                ("slug", models.SlugField(db_index=False, max_length=60, verbose_name="slug")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("website", "website"),
                            ("landing-page", "landing page"),
                            ("portfolio", "portfolio"),
                            ("store", "store"),
                        ],
                        default="website",
                        max_length=20,
                        verbose_name="type",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("active", "active"),
                            ("archived", "archived"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("ar", "Arabic")],
                        default="en",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("data", models.JSONField(blank=True, default=dict, verbose_name="data")),
                ("settings", models.JSONField(blank=True, default=dict, verbose_name="settings")),
                (
                    "is_public",
                    models.BooleanField(
                        default=False,
                        help_text="Its name and description may be shown to everyone.",
                        verbose_name="public",
                    ),
                ),
                (
                    "site_changed_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="When what visitors see was last changed; written by the database.",
                        null=True,
                        verbose_name="site changed at",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        help_text="Empty: whoever it was is no longer here; the project is the workspace's.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
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
                "verbose_name": "project",
                "verbose_name_plural": "projects",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "status", "-id"], name="builder_project_by_status"
                    ),
                    models.Index(
                        fields=["workspace", "owner", "status"], name="builder_project_of_owner"
                    ),
                    models.Index(
                        fields=["workspace", "-updated_at"], name="builder_project_by_change"
                    ),
                    models.Index(fields=["workspace", "name"], name="builder_project_by_name"),
                    models.Index(
                        condition=models.Q(
                            ("is_public", True), models.Q(("status", "archived"), _negated=True)
                        ),
                        fields=["-id"],
                        name="builder_project_public",
                    ),
                    models.Index(fields=["site_changed_at"], name="builder_project_site_changed"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "slug"), name="builder_project_slug"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "active", "archived"])),
                        name="builder_project_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["en", "ar"])),
                        name="builder_project_language",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("type__isnull", True),
                            ("type__in", ["website", "landing-page", "portfolio", "store"]),
                            _connector="OR",
                        ),
                        name="builder_project_type",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ComponentIntelligence",
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
                ("component_id", models.CharField(max_length=128, verbose_name="component")),
                (
                    "component_type",
                    models.CharField(
                        choices=[
                            ("form_handler", "form handler"),
                            ("button_trigger", "button trigger"),
                            ("chat_widget", "chat widget"),
                            ("newsletter_signup", "newsletter signup"),
                            ("contact_form", "contact form"),
                            ("download_gate", "download gate"),
                            ("popup_modal", "pop-up"),
                            ("navigation_element", "navigation"),
                            ("social_proof", "social proof"),
                            ("pricing_table", "pricing table"),
                        ],
                        max_length=30,
                        verbose_name="type",
                    ),
                ),
                (
                    "removed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="removed at"),
                ),
                (
                    "analysis_status",
                    models.CharField(
                        choices=[
                            ("pending", "pending"),
                            ("analyzing", "analysing"),
                            ("completed", "completed"),
                            ("failed", "failed"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="analysis",
                    ),
                ),
                (
                    "trigger_type",
                    models.CharField(blank=True, max_length=100, verbose_name="trigger"),
                ),
                (
                    "success_probability",
                    models.FloatField(
                        blank=True,
                        help_text="0..1",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0.0),
                            django.core.validators.MaxValueValidator(1.0),
                        ],
                        verbose_name="success probability",
                    ),
                ),
                (
                    "confidence_score",
                    models.FloatField(
                        blank=True,
                        help_text="0..1",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0.0),
                            django.core.validators.MaxValueValidator(1.0),
                        ],
                        verbose_name="confidence",
                    ),
                ),
                (
                    "component_props",
                    models.JSONField(blank=True, default=dict, verbose_name="props"),
                ),
                (
                    "detected_patterns",
                    models.JSONField(blank=True, default=list, verbose_name="detected patterns"),
                ),
                (
                    "interaction_signals",
                    models.JSONField(blank=True, default=dict, verbose_name="interaction signals"),
                ),
                (
                    "business_context",
                    models.JSONField(blank=True, default=dict, verbose_name="business context"),
                ),
                (
                    "industry_tags",
                    models.JSONField(blank=True, default=list, verbose_name="industry tags"),
                ),
                (
                    "use_case_classification",
                    models.CharField(blank=True, max_length=100, verbose_name="use case"),
                ),
                (
                    "analysis_response_time",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Milliseconds.",
                        null=True,
                        verbose_name="analysis took",
                    ),
                ),
                (
                    "last_analyzed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="last analysed at"),
                ),
                (
                    "analysis_version",
                    models.CharField(default="1.0", max_length=20, verbose_name="analysis version"),
                ),
                (
                    "quality_score",
                    models.FloatField(
                        blank=True,
                        help_text="0..100",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0.0),
                            django.core.validators.MaxValueValidator(100.0),
                        ],
                        verbose_name="quality",
                    ),
                ),
                (
                    "theme_consistency_score",
                    models.FloatField(
                        blank=True,
                        help_text="0..100",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0.0),
                            django.core.validators.MaxValueValidator(100.0),
                        ],
                        verbose_name="theme consistency",
                    ),
                ),
                (
                    "user_experience_score",
                    models.FloatField(
                        blank=True,
                        help_text="0..100",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0.0),
                            django.core.validators.MaxValueValidator(100.0),
                        ],
                        verbose_name="user experience",
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
                    "project",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="components",
                        to="builder.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "component",
                "verbose_name_plural": "components",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "project", "component_type"],
                        name="builder_component_by_type",
                    ),
                    models.Index(
                        fields=["workspace", "component_type"], name="builder_component_of_type"
                    ),
                    models.Index(
                        fields=["workspace", "component_id"], name="builder_component_by_id"
                    ),
                    models.Index(
                        fields=["workspace", "analysis_status"], name="builder_component_by_status"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("component_type__isnull", True),
                            (
                                "component_type__in",
                                [
                                    "form_handler",
                                    "button_trigger",
                                    "chat_widget",
                                    "newsletter_signup",
                                    "contact_form",
                                    "download_gate",
                                    "popup_modal",
                                    "navigation_element",
                                    "social_proof",
                                    "pricing_table",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="builder_componentintelligence_component_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("analysis_status__isnull", True),
                            (
                                "analysis_status__in",
                                ["pending", "analyzing", "completed", "failed"],
                            ),
                            _connector="OR",
                        ),
                        name="builder_componentintelligence_analysis_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("success_probability__isnull", True),
                            models.Q(
                                ("success_probability__gte", 0), ("success_probability__lte", 1)
                            ),
                            _connector="OR",
                        ),
                        name="builder_component_success_probability",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confidence_score__isnull", True),
                            models.Q(("confidence_score__gte", 0), ("confidence_score__lte", 1)),
                            _connector="OR",
                        ),
                        name="builder_component_confidence_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quality_score__isnull", True),
                            models.Q(("quality_score__gte", 0), ("quality_score__lte", 100)),
                            _connector="OR",
                        ),
                        name="builder_component_quality_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("theme_consistency_score__isnull", True),
                            models.Q(
                                ("theme_consistency_score__gte", 0),
                                ("theme_consistency_score__lte", 100),
                            ),
                            _connector="OR",
                        ),
                        name="builder_component_theme_consistency_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("user_experience_score__isnull", True),
                            models.Q(
                                ("user_experience_score__gte", 0),
                                ("user_experience_score__lte", 100),
                            ),
                            _connector="OR",
                        ),
                        name="builder_component_user_experience_score",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectCollaborator",
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
                    "role",
                    models.CharField(
                        choices=[("viewer", "viewer"), ("editor", "editor")],
                        default="viewer",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                (
                    "project",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="collaborations",
                        to="builder.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
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
                "verbose_name": "collaborator",
                "verbose_name_plural": "collaborators",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "project", "user"), name="builder_collaborator_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["viewer", "editor"])),
                        name="builder_collaborator_role",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="project",
            name="collaborators",
            field=models.ManyToManyField(
                blank=True,
                related_name="+",
                through="builder.ProjectCollaborator",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.CreateModel(
            name="QualityMeasurement",
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
                    "version_number",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="The project's version that was measured.",
                        null=True,
                        verbose_name="version",
                    ),
                ),
                ("engine", models.CharField(max_length=60, verbose_name="engine")),
                (
                    "engine_version",
                    models.CharField(blank=True, max_length=40, verbose_name="engine version"),
                ),
                (
                    "raw",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="As the engine gave it.",
                        verbose_name="raw result",
                    ),
                ),
                (
                    "accessibility_score",
                    models.FloatField(
                        blank=True, help_text="0..100", null=True, verbose_name="accessibility"
                    ),
                ),
                (
                    "performance_score",
                    models.FloatField(
                        blank=True, help_text="0..100", null=True, verbose_name="performance"
                    ),
                ),
                (
                    "responsive_score",
                    models.FloatField(
                        blank=True, help_text="0..100", null=True, verbose_name="responsiveness"
                    ),
                ),
                (
                    "usability_score",
                    models.FloatField(
                        blank=True, help_text="0..100", null=True, verbose_name="usability"
                    ),
                ),
                (
                    "semantic_score",
                    models.FloatField(
                        blank=True, help_text="0..100", null=True, verbose_name="semantics"
                    ),
                ),
                (
                    "color_variance_score",
                    models.FloatField(
                        blank=True, help_text="0..100", null=True, verbose_name="colour variance"
                    ),
                ),
                (
                    "typography_consistency_score",
                    models.FloatField(
                        blank=True,
                        help_text="0..100",
                        null=True,
                        verbose_name="typography consistency",
                    ),
                ),
                (
                    "spacing_consistency_score",
                    models.FloatField(
                        blank=True,
                        help_text="0..100",
                        null=True,
                        verbose_name="spacing consistency",
                    ),
                ),
                (
                    "component_alignment_score",
                    models.FloatField(
                        blank=True,
                        help_text="0..100",
                        null=True,
                        verbose_name="component alignment",
                    ),
                ),
                (
                    "overall_consistency_score",
                    models.FloatField(
                        blank=True,
                        help_text="0..100",
                        null=True,
                        verbose_name="overall consistency",
                    ),
                ),
                (
                    "component_intelligence",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        help_text="Empty: the whole site was measured.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measurements",
                        to="builder.componentintelligence",
                        verbose_name="component",
                    ),
                ),
                (
                    "project",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measurements",
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
                "verbose_name": "quality measurement",
                "verbose_name_plural": "quality measurements",
                "indexes": [
                    models.Index(
                        fields=["workspace", "project", "-id"], name="builder_quality_of_project"
                    ),
                    models.Index(
                        fields=["workspace", "component_intelligence", "-id"],
                        name="builder_quality_of_component",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accessibility_score__isnull", True),
                            models.Q(
                                ("accessibility_score__gte", 0), ("accessibility_score__lte", 100)
                            ),
                            _connector="OR",
                        ),
                        name="builder_qualitymeasurement_accessibility_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("performance_score__isnull", True),
                            models.Q(
                                ("performance_score__gte", 0), ("performance_score__lte", 100)
                            ),
                            _connector="OR",
                        ),
                        name="builder_qualitymeasurement_performance_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("responsive_score__isnull", True),
                            models.Q(("responsive_score__gte", 0), ("responsive_score__lte", 100)),
                            _connector="OR",
                        ),
                        name="builder_qualitymeasurement_responsive_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("usability_score__isnull", True),
                            models.Q(("usability_score__gte", 0), ("usability_score__lte", 100)),
                            _connector="OR",
                        ),
                        name="builder_qualitymeasurement_usability_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("semantic_score__isnull", True),
                            models.Q(("semantic_score__gte", 0), ("semantic_score__lte", 100)),
                            _connector="OR",
                        ),
                        name="builder_qualitymeasurement_semantic_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("color_variance_score__isnull", True),
                            models.Q(
                                ("color_variance_score__gte", 0), ("color_variance_score__lte", 100)
                            ),
                            _connector="OR",
                        ),
                        name="builder_qualitymeasurement_color_variance_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("typography_consistency_score__isnull", True),
                            models.Q(
                                ("typography_consistency_score__gte", 0),
                                ("typography_consistency_score__lte", 100),
                            ),
                            _connector="OR",
                        ),
                        name="builder_qualitymeasurement_typography_consistency_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spacing_consistency_score__isnull", True),
                            models.Q(
                                ("spacing_consistency_score__gte", 0),
                                ("spacing_consistency_score__lte", 100),
                            ),
                            _connector="OR",
                        ),
                        name="builder_qualitymeasurement_spacing_consistency_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("component_alignment_score__isnull", True),
                            models.Q(
                                ("component_alignment_score__gte", 0),
                                ("component_alignment_score__lte", 100),
                            ),
                            _connector="OR",
                        ),
                        name="builder_qualitymeasurement_component_alignment_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("overall_consistency_score__isnull", True),
                            models.Q(
                                ("overall_consistency_score__gte", 0),
                                ("overall_consistency_score__lte", 100),
                            ),
                            _connector="OR",
                        ),
                        name="builder_qualitymeasurement_overall_consistency_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("version_number__isnull", True),
                            models.Q(
                                ("version_number__gte", 1), ("version_number__lte", 2147483647)
                            ),
                            _connector="OR",
                        ),
                        name="builder_qualitymeasurement_version_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("engine", ""), _negated=True),
                        name="builder_qualitymeasurement_engine",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Release",
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
                    "kind",
                    models.CharField(
                        choices=[("live", "published"), ("preview", "preview")],
                        default="live",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="1, 2, 3 … within its project; previews have none.",
                        null=True,
                        verbose_name="number",
                    ),
                ),
                (
                    "manifest",
                    models.JSONField(
                        help_text="Path to {sha256, content_type, size} of the file that answers for it.",
                        verbose_name="manifest",
                    ),
                ),
                (
                    "forms",
                    models.JSONField(
                        default=list,
                        help_text="What each form asks for: component_id, page_key, path, type, fields.",
                        verbose_name="forms",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                (
                    "published_at",
                    models.DateTimeField(null=True, verbose_name="first published at"),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
                (
                    "project",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="releases",
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
                "verbose_name": "release",
                "verbose_name_plural": "releases",
                "indexes": [
                    models.Index(
                        fields=["workspace", "project", "-created_at"],
                        name="builder_release_recent",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "project", "number"), name="builder_release_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "live"),
                                ("number__isnull", False),
                                ("published_at__isnull", False),
                            ),
                            models.Q(
                                ("kind", "preview"),
                                ("number__isnull", True),
                                ("published_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="builder_release_kind",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="project",
            name="live_release",
            field=accounts.models.base.TenantForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                editable=False,
                help_text="What visitors see; empty: nothing.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="builder.release",
                verbose_name="live release",
            ),
        ),
        migrations.CreateModel(
            name="ReleaseFile",
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
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("content_type", models.CharField(max_length=100, verbose_name="content type")),
                ("body", models.BinaryField(verbose_name="body")),
                ("gzip", models.BinaryField(null=True, verbose_name="gzip")),
                ("br", models.BinaryField(null=True, verbose_name="Brotli")),
                (
                    "size",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("body"), function="octet_length"),
                        help_text="Bytes, not compressed.",
                        output_field=models.IntegerField(),
                        verbose_name="size",
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
                "verbose_name": "file",
                "verbose_name_plural": "files",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "sha256"), name="builder_releasefile_sha"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SiteAddress",
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
                    "label",
                    models.CharField(
                        max_length=63,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"
                            )
                        ],
                        verbose_name="label",
                    ),
                ),
                (
                    "is_primary",
                    models.BooleanField(
                        default=False,
                        help_text="The address that the site gives as its own.",
                        verbose_name="primary",
                    ),
                ),
                (
                    "project",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addresses",
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
                "verbose_name": "site address",
                "verbose_name_plural": "site addresses",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["workspace", "project"], name="builder_address_of_project")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("label__regex", "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")
                        ),
                        name="builder_siteaddress_label",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_primary", True)),
                        fields=("workspace", "project"),
                        name="builder_siteaddress_one_primary",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sitemap",
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
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "pages",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="By key: {“about”: {“title”: …, “path”: “/about”, “order”: 1}}.",
                        verbose_name="pages",
                    ),
                ),
                ("metadata", models.JSONField(blank=True, default=dict, verbose_name="metadata")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                (
                    "project",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sitemaps",
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
                "verbose_name": "sitemap",
                "verbose_name_plural": "sitemaps",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "project", "-updated_at"],
                        name="builder_sitemap_by_change",
                    ),
                    models.Index(
                        fields=["workspace", "project", "-version"],
                        name="builder_sitemap_by_version",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("version__isnull", True),
                            models.Q(("version__gte", 1), ("version__lte", 2147483647)),
                            _connector="OR",
                        ),
                        name="builder_sitemap_version",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="project",
            name="current_sitemap",
            field=accounts.models.base.TenantForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="builder.sitemap",
                verbose_name="current sitemap",
            ),
        ),
        migrations.CreateModel(
            name="Template",
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
                ("slug", models.SlugField(max_length=80, verbose_name="slug")),
                (
                    "category",
                    models.SlugField(db_index=False, max_length=60, verbose_name="category"),
                ),
                ("trade", models.CharField(blank=True, max_length=80, verbose_name="trade")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("ar", "Arabic")],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "translations",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Name and description by language: {“ar”: {“name”: …, “description”: …}}.",
                        verbose_name="translations",
                    ),
                ),
                (
                    "document",
                    models.JSONField(
                        help_text="The site itself: its name, its pages with their layouts, its design tokens.",
                        verbose_name="document",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="Empty: the platform's own, readable by every workspace.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "template",
                "verbose_name_plural": "templates",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "category"], name="builder_template_by_category"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "slug"),
                        name="builder_template_slug",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["en", "ar"])),
                        name="builder_template_language",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectHistory",
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
                ("slug", models.SlugField(db_index=False, max_length=60, verbose_name="slug")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("website", "website"),
                            ("landing-page", "landing page"),
                            ("portfolio", "portfolio"),
                            ("store", "store"),
                        ],
                        default="website",
                        max_length=20,
                        verbose_name="type",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("active", "active"),
                            ("archived", "archived"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("ar", "Arabic")],
                        default="en",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("data", models.JSONField(blank=True, default=dict, verbose_name="data")),
                ("settings", models.JSONField(blank=True, default=dict, verbose_name="settings")),
                (
                    "is_public",
                    models.BooleanField(
                        default=False,
                        help_text="Its name and description may be shown to everyone.",
                        verbose_name="public",
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
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="Empty: whoever it was is no longer here; the project is the workspace's.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="builder.project",
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
                    "live_release",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        help_text="What visitors see; empty: nothing.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="builder.release",
                        verbose_name="live release",
                    ),
                ),
                (
                    "current_sitemap",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="builder.sitemap",
                        verbose_name="current sitemap",
                    ),
                ),
                (
                    "template",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="builder.template",
                        verbose_name="template",
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
            model_name="project",
            name="template",
            field=accounts.models.base.TenantForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="projects",
                to="builder.template",
                verbose_name="template",
            ),
        ),
        migrations.AddField(
            model_name="componentintelligence",
            name="template",
            field=accounts.models.base.TenantForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="builder.template",
                verbose_name="template",
            ),
        ),
        migrations.CreateModel(
            name="TemplateAIMetadata",
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
                    "ai_description",
                    models.TextField(
                        blank=True,
                        help_text="What it is made of, in a sentence; a model's words once one has described it.",
                        verbose_name="description",
                    ),
                ),
                (
                    "target_audience",
                    models.JSONField(blank=True, default=list, verbose_name="audience"),
                ),
                ("use_cases", models.JSONField(blank=True, default=list, verbose_name="use cases")),
                (
                    "industry_focus",
                    models.JSONField(blank=True, default=list, verbose_name="trades"),
                ),
                (
                    "intelligent_components",
                    models.JSONField(
                        blank=True,
                        default=list,
                        verbose_name="components that can start a workflow",
                    ),
                ),
                (
                    "workflow_compatibility",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="How many components of each type it has, and what its forms ask for.",
                        verbose_name="fit for workflows",
                    ),
                ),
                (
                    "customization_suggestions",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="{target, property, suggestion, reason, impact}, impact 0..1.",
                        verbose_name="suggestions",
                    ),
                ),
                (
                    "predicted_conversion_rate",
                    models.FloatField(
                        blank=True,
                        help_text="0..1",
                        null=True,
                        verbose_name="predicted conversion rate",
                    ),
                ),
                (
                    "predicted_engagement_score",
                    models.FloatField(
                        blank=True,
                        help_text="0..100",
                        null=True,
                        verbose_name="predicted engagement",
                    ),
                ),
                (
                    "estimated_setup_time",
                    models.PositiveIntegerField(
                        help_text="Minutes to write all of its words anew, at forty words a minute.",
                        verbose_name="setup time",
                    ),
                ),
                (
                    "design_patterns",
                    models.JSONField(blank=True, default=list, verbose_name="design patterns"),
                ),
                (
                    "color_psychology",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Its palette, and the contrast (WCAG 2.2) of each text on its ground.",
                        verbose_name="colours",
                    ),
                ),
                (
                    "layout_effectiveness",
                    models.JSONField(blank=True, default=dict, verbose_name="layout"),
                ),
                (
                    "responsive_breakpoints",
                    models.JSONField(blank=True, default=dict, verbose_name="breakpoints"),
                ),
                (
                    "ai_confidence_score",
                    models.FloatField(
                        blank=True,
                        help_text="0..1; empty while everything here is measured.",
                        null=True,
                        verbose_name="confidence",
                    ),
                ),
                (
                    "training_data_count",
                    models.PositiveIntegerField(default=0, verbose_name="training examples"),
                ),
                (
                    "last_ai_update",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="last described by a model"
                    ),
                ),
                (
                    "actual_conversion_rate",
                    models.FloatField(
                        blank=True,
                        help_text="0..1",
                        null=True,
                        verbose_name="actual conversion rate",
                    ),
                ),
                (
                    "actual_engagement_score",
                    models.FloatField(
                        blank=True, help_text="0..100", null=True, verbose_name="actual engagement"
                    ),
                ),
                (
                    "prediction_accuracy",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                predicted_conversion_rate=models.F("actual_conversion_rate"),
                                then=models.Value(1.0),
                            ),
                            default=django.db.models.expressions.CombinedExpression(
                                models.Value(1.0),
                                "-",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.functions.math.Abs(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("predicted_conversion_rate"),
                                            "-",
                                            models.F("actual_conversion_rate"),
                                        )
                                    ),
                                    "/",
                                    django.db.models.functions.comparison.Greatest(
                                        models.F("predicted_conversion_rate"),
                                        models.F("actual_conversion_rate"),
                                    ),
                                ),
                            ),
                            output_field=models.FloatField(),
                        ),
                        help_text="0..1: the smaller of predicted and actual conversion rate over the larger.",
                        output_field=models.FloatField(),
                        verbose_name="accuracy of the prediction",
                    ),
                ),
                (
                    "usage_satisfaction",
                    models.FloatField(
                        blank=True, help_text="1..10", null=True, verbose_name="satisfaction"
                    ),
                ),
                (
                    "template",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="metadata",
                        to="builder.template",
                        verbose_name="template",
                    ),
                ),
            ],
            options={
                "verbose_name": "template metadata",
                "verbose_name_plural": "template metadata",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("predicted_conversion_rate__isnull", True),
                            models.Q(
                                ("predicted_conversion_rate__gte", 0),
                                ("predicted_conversion_rate__lte", 1),
                            ),
                            _connector="OR",
                        ),
                        name="builder_templateaimetadata_predicted_conversion_rate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ai_confidence_score__isnull", True),
                            models.Q(
                                ("ai_confidence_score__gte", 0), ("ai_confidence_score__lte", 1)
                            ),
                            _connector="OR",
                        ),
                        name="builder_templateaimetadata_ai_confidence_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("actual_conversion_rate__isnull", True),
                            models.Q(
                                ("actual_conversion_rate__gte", 0),
                                ("actual_conversion_rate__lte", 1),
                            ),
                            _connector="OR",
                        ),
                        name="builder_templateaimetadata_actual_conversion_rate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("predicted_engagement_score__isnull", True),
                            models.Q(
                                ("predicted_engagement_score__gte", 0),
                                ("predicted_engagement_score__lte", 100),
                            ),
                            _connector="OR",
                        ),
                        name="builder_templateaimetadata_predicted_engagement_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("actual_engagement_score__isnull", True),
                            models.Q(
                                ("actual_engagement_score__gte", 0),
                                ("actual_engagement_score__lte", 100),
                            ),
                            _connector="OR",
                        ),
                        name="builder_templateaimetadata_actual_engagement_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("usage_satisfaction__isnull", True),
                            models.Q(
                                ("usage_satisfaction__gte", 1), ("usage_satisfaction__lte", 10)
                            ),
                            _connector="OR",
                        ),
                        name="builder_templateaimetadata_usage_satisfaction",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TemplateHistory",
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
                ("slug", models.SlugField(db_index=False, max_length=80, verbose_name="slug")),
                (
                    "category",
                    models.SlugField(db_index=False, max_length=60, verbose_name="category"),
                ),
                ("trade", models.CharField(blank=True, max_length=80, verbose_name="trade")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("ar", "Arabic")],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "translations",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Name and description by language: {“ar”: {“name”: …, “description”: …}}.",
                        verbose_name="translations",
                    ),
                ),
                (
                    "document",
                    models.JSONField(
                        help_text="The site itself: its name, its pages with their layouts, its design tokens.",
                        verbose_name="document",
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="builder.template",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        help_text="Empty: the platform's own, readable by every workspace.",
                        null=True,
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
            name="VersionHistory",
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
                    "entity_type",
                    models.CharField(
                        choices=[
                            ("projects", "project"),
                            ("sitemaps", "sitemap"),
                            ("wireframes", "page"),
                            ("style_guides", "style guide"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("entity_id", models.UUIDField(verbose_name="document")),
                ("version_number", models.PositiveIntegerField(verbose_name="version")),
                (
                    "changes",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="What was saved since the last version: {“columns”: [“layout”]}.",
                        verbose_name="changes",
                    ),
                ),
                (
                    "data",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="The whole document at this version.",
                        verbose_name="data",
                    ),
                ),
                (
                    "message",
                    models.TextField(blank=True, db_default="", default="", verbose_name="message"),
                ),
                (
                    "is_major",
                    models.BooleanField(db_default=False, default=False, verbose_name="major"),
                ),
                (
                    "project",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="builder.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
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
                "verbose_name": "version",
                "verbose_name_plural": "versions",
                "indexes": [
                    models.Index(
                        fields=["workspace", "user", "-id"], name="builder_version_by_user"
                    ),
                    models.Index(
                        fields=["workspace", "project", "-id"], name="builder_version_of_project"
                    ),
                    models.Index(fields=["workspace", "-id"], name="builder_version_newest"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "entity_type", "entity_id", "version_number"),
                        name="builder_versionhistory_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("entity_type__isnull", True),
                            (
                                "entity_type__in",
                                ["projects", "sitemaps", "wireframes", "style_guides"],
                            ),
                            _connector="OR",
                        ),
                        name="builder_versionhistory_entity_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("version_number__isnull", True),
                            models.Q(
                                ("version_number__gte", 1), ("version_number__lte", 2147483647)
                            ),
                            _connector="OR",
                        ),
                        name="builder_versionhistory_version_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entity_type", "projects"), _negated=True),
                            ("entity_id", models.F("project")),
                            _connector="OR",
                        ),
                        name="builder_versionhistory_of_its_project",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Wireframe",
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
                ("page_key", models.CharField(max_length=64, verbose_name="page")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "layout",
                    models.JSONField(
                        default=dict,
                        help_text="Puck Data: root, content and zones.",
                        verbose_name="layout",
                    ),
                ),
                (
                    "style_guide",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="What an editor keeps with this page; the site's look is its style guide.",
                        verbose_name="style notes",
                    ),
                ),
                (
                    "components",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("layout"),
                            models.Value("$.content[*].props.id"),
                            function="jsonb_path_query_array",
                        ),
                        help_text="The ids of the layout's components, in their order.",
                        output_field=models.JSONField(),
                        verbose_name="components",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                (
                    "sitemap",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wireframes",
                        to="builder.sitemap",
                        verbose_name="sitemap",
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
                "verbose_name": "page",
                "verbose_name_plural": "pages",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "sitemap", "-updated_at"],
                        name="builder_wireframe_by_change",
                    ),
                    models.Index(
                        fields=["workspace", "sitemap", "-version"],
                        name="builder_wireframe_by_version",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "sitemap", "page_key"), name="builder_wireframe_page"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("version__isnull", True),
                            models.Q(("version__gte", 1), ("version__lte", 2147483647)),
                            _connector="OR",
                        ),
                        name="builder_wireframe_version",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StyleGuide",
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
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("colors", models.JSONField(blank=True, default=dict, verbose_name="colours")),
                (
                    "typography",
                    models.JSONField(blank=True, default=dict, verbose_name="typography"),
                ),
                ("spacing", models.JSONField(blank=True, default=dict, verbose_name="spacing")),
                (
                    "components",
                    models.JSONField(blank=True, default=dict, verbose_name="components"),
                ),
                ("grid", models.JSONField(blank=True, default=dict, verbose_name="grid")),
                (
                    "breakpoints",
                    models.JSONField(blank=True, default=dict, verbose_name="breakpoints"),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
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
                    "wireframe",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="style_guides",
                        to="builder.wireframe",
                        verbose_name="page",
                    ),
                ),
            ],
            options={
                "verbose_name": "style guide",
                "verbose_name_plural": "style guides",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["workspace", "-id"], name="builder_styleguide_newest")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "wireframe"), name="builder_styleguide_of_page"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("version__isnull", True),
                            models.Q(("version__gte", 1), ("version__lte", 2147483647)),
                            _connector="OR",
                        ),
                        name="builder_styleguide_version",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="componentintelligence",
            name="wireframe",
            field=accounts.models.base.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="intelligence",
                to="builder.wireframe",
                verbose_name="page",
            ),
        ),
        migrations.CreateModel(
            name="Comment",
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
                ("body", models.TextField(max_length=10000, verbose_name="comment")),
                (
                    "resolved_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="resolved at"),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
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
                    "project",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="builder.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "project", "-id"], name="builder_comment_of_project"
                    ),
                    models.Index(
                        fields=["workspace", "author", "-id"], name="builder_comment_by_author"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("body", ""), _negated=True), name="builder_comment_body"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BuilderSession",
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
                    "session_token",
                    models.CharField(
                        default=builder.models.sessions.new_token,
                        editable=False,
                        max_length=64,
                        verbose_name="session token",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("active", "active"),
                            ("paused", "paused"),
                            ("completed", "completed"),
                            ("cancelled", "cancelled"),
                        ],
                        db_default="active",
                        default="active",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "current_step",
                    models.CharField(
                        db_default="initializing",
                        default="initializing",
                        help_text="Such as sitemap-generation, wireframe-design.",
                        max_length=100,
                        verbose_name="current step",
                    ),
                ),
                (
                    "step_data",
                    models.JSONField(blank=True, default=dict, verbose_name="data of the step"),
                ),
                (
                    "progress",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="How much is done: {“completed”: 25, “total”: 100}.",
                        verbose_name="progress",
                    ),
                ),
                ("metadata", models.JSONField(blank=True, default=dict, verbose_name="metadata")),
                (
                    "started_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        default=django.utils.timezone.now,
                        verbose_name="started at",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                (
                    "duration",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("ended_at"),
                            models.F("started_at"),
                            arg_joiner=" - ",
                            template="(extract(epoch from (%(expressions)s)))::integer",
                        ),
                        help_text="Seconds from start to end, pauses included.",
                        output_field=models.IntegerField(),
                        verbose_name="duration",
                    ),
                ),
                (
                    "ip_address",
                    models.GenericIPAddressField(blank=True, null=True, verbose_name="address"),
                ),
                (
                    "user_agent",
                    models.TextField(blank=True, db_default="", default="", verbose_name="browser"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
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
                (
                    "project",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="sessions",
                        to="builder.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "builder session",
                "verbose_name_plural": "builder sessions",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "user", "-id"], name="builder_session_of_user"
                    ),
                    models.Index(
                        fields=["workspace", "status", "-id"], name="builder_session_by_status"
                    ),
                    models.Index(
                        fields=["workspace", "project", "-id"], name="builder_session_of_project"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__isnull", True),
                            ("status__in", ["active", "paused", "completed", "cancelled"]),
                            _connector="OR",
                        ),
                        name="builder_buildersession_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("started_at__isnull", True),
                            ("ended_at__isnull", True),
                            ("ended_at__gte", models.F("started_at")),
                            _connector="OR",
                        ),
                        name="builder_buildersession_ended_at_after_started_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", False),
                                ("status__in", ("completed", "cancelled")),
                            ),
                            models.Q(
                                ("ended_at__isnull", True), ("status__in", ("active", "paused"))
                            ),
                            _connector="OR",
                        ),
                        name="builder_buildersession_ended_at_by_status",
                    ),
                    models.UniqueConstraint(
                        fields=("session_token",), name="builder_buildersession_token"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AITrainingData",
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
                    "source_type",
                    models.CharField(
                        choices=[
                            ("user_feedback", "people's feedback"),
                            ("performance_metrics", "performance metrics"),
                            ("workflow_success", "workflows that worked"),
                            ("component_usage", "use of components"),
                            ("template_performance", "performance of templates"),
                            ("a_b_test_results", "results of A/B tests"),
                        ],
                        max_length=20,
                        verbose_name="source",
                    ),
                ),
                (
                    "source_id",
                    models.CharField(
                        help_text="The record that the example comes of.",
                        max_length=100,
                        verbose_name="id at the source",
                    ),
                ),
                ("input_data", models.JSONField(default=dict, verbose_name="input")),
                ("expected_output", models.JSONField(default=dict, verbose_name="expected output")),
                (
                    "actual_output",
                    models.JSONField(blank=True, null=True, verbose_name="actual output"),
                ),
                (
                    "data_quality_score",
                    models.FloatField(help_text="0..1", verbose_name="data quality"),
                ),
                (
                    "is_validated",
                    models.BooleanField(db_default=False, default=False, verbose_name="validated"),
                ),
                (
                    "validation_source",
                    models.CharField(blank=True, max_length=100, verbose_name="validated by"),
                ),
                (
                    "performance_improvement",
                    models.FloatField(
                        blank=True,
                        help_text="Per cent; negative: it became worse.",
                        null=True,
                        verbose_name="performance improvement",
                    ),
                ),
                (
                    "model_accuracy_before",
                    models.FloatField(
                        blank=True, help_text="0..1", null=True, verbose_name="accuracy before"
                    ),
                ),
                (
                    "model_accuracy_after",
                    models.FloatField(
                        blank=True, help_text="0..1", null=True, verbose_name="accuracy after"
                    ),
                ),
                (
                    "component_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("form_handler", "form handler"),
                            ("button_trigger", "button trigger"),
                            ("chat_widget", "chat widget"),
                            ("newsletter_signup", "newsletter signup"),
                            ("contact_form", "contact form"),
                            ("download_gate", "download gate"),
                            ("popup_modal", "pop-up"),
                            ("navigation_element", "navigation"),
                            ("social_proof", "social proof"),
                            ("pricing_table", "pricing table"),
                        ],
                        max_length=30,
                        verbose_name="component type",
                    ),
                ),
                (
                    "workflow_category",
                    models.CharField(blank=True, max_length=50, verbose_name="workflow category"),
                ),
                (
                    "user_feedback_score",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="1..10", null=True, verbose_name="feedback"
                    ),
                ),
                (
                    "used_in_training",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="used in training"
                    ),
                ),
                (
                    "training_batch_id",
                    models.CharField(blank=True, max_length=100, verbose_name="training batch"),
                ),
                (
                    "training_date",
                    models.DateTimeField(blank=True, null=True, verbose_name="trained at"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="Empty: the platform's own, readable by every workspace.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
                (
                    "project",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="training_data",
                        to="builder.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "training example",
                "verbose_name_plural": "training examples",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "source_type", "source_id"],
                        name="builder_training_by_source",
                    ),
                    models.Index(fields=["workspace", "-id"], name="builder_training_newest"),
                    models.Index(
                        fields=["workspace", "user", "-id"], name="builder_training_by_user"
                    ),
                    models.Index(
                        fields=["workspace", "project", "-id"], name="builder_training_of_project"
                    ),
                    models.Index(
                        condition=models.Q(("is_validated", True), ("used_in_training", False)),
                        fields=["component_type", "id"],
                        name="builder_training_waiting",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source_type__isnull", True),
                            (
                                "source_type__in",
                                [
                                    "user_feedback",
                                    "performance_metrics",
                                    "workflow_success",
                                    "component_usage",
                                    "template_performance",
                                    "a_b_test_results",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="builder_aitrainingdata_source_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("component_type__isnull", True),
                            (
                                "component_type__in",
                                [
                                    "",
                                    "form_handler",
                                    "button_trigger",
                                    "chat_widget",
                                    "newsletter_signup",
                                    "contact_form",
                                    "download_gate",
                                    "popup_modal",
                                    "navigation_element",
                                    "social_proof",
                                    "pricing_table",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="builder_aitrainingdata_component_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("data_quality_score__isnull", True),
                            models.Q(
                                ("data_quality_score__gte", 0), ("data_quality_score__lte", 1)
                            ),
                            _connector="OR",
                        ),
                        name="builder_aitrainingdata_data_quality_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("model_accuracy_before__isnull", True),
                            models.Q(
                                ("model_accuracy_before__gte", 0), ("model_accuracy_before__lte", 1)
                            ),
                            _connector="OR",
                        ),
                        name="builder_aitrainingdata_model_accuracy_before",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("model_accuracy_after__isnull", True),
                            models.Q(
                                ("model_accuracy_after__gte", 0), ("model_accuracy_after__lte", 1)
                            ),
                            _connector="OR",
                        ),
                        name="builder_aitrainingdata_model_accuracy_after",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("user_feedback_score__isnull", True),
                            models.Q(
                                ("user_feedback_score__gte", 1), ("user_feedback_score__lte", 10)
                            ),
                            _connector="OR",
                        ),
                        name="builder_aitrainingdata_user_feedback_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("used_in_training", False),
                            ("training_date__isnull", False),
                            _connector="OR",
                        ),
                        name="builder_aitrainingdata_used_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("workspace__isnull", False), ("project__isnull", True), _connector="OR"
                        ),
                        name="builder_aitrainingdata_project_of_workspace",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(
                fields=["workspace", "template"], name="builder_project_of_template"
            ),
        ),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(
                fields=["workspace", "current_sitemap"], name="builder_project_of_sitemap"
            ),
        ),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(
                condition=models.Q(("live_release__isnull", False)),
                fields=["workspace", "live_release"],
                name="builder_project_live",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "draft"), _negated=True),
                    ("live_release__isnull", True),
                    _connector="OR",
                ),
                name="builder_project_draft_is_not_live",
            ),
        ),
        migrations.AddIndex(
            model_name="componentintelligence",
            index=models.Index(
                fields=["workspace", "template"], name="builder_component_of_template"
            ),
        ),
        migrations.AddConstraint(
            model_name="componentintelligence",
            constraint=models.UniqueConstraint(
                fields=("workspace", "wireframe", "component_id"), name="builder_component_once"
            ),
        ),
    ]
