from decimal import Decimal

import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.math
import django.db.models.lookups
import pgvector.django.halfvec
import pgvector.django.indexes
from django.conf import settings
from django.db import migrations, models

import accounts.models.base


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0006_secure_profiles_and_credentials"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Trusted: whoever owns the database may. It stays, since other apps use it too.
        migrations.RunSQL("create extension if not exists btree_gin", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Campaign",
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
                ("name", models.CharField(max_length=255, verbose_name="name")),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("lead_gen", "lead generation"),
                            ("content", "content"),
                            ("retention", "retention"),
                            ("ad", "advertising"),
                        ],
                        max_length=10,
                        verbose_name="type",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("active", "active"),
                            ("paused", "paused"),
                            ("completed", "completed"),
                            ("stopped", "stopped"),
                        ],
                        db_default="draft",
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "config",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Audience, channels, goals.",
                        verbose_name="configuration",
                    ),
                ),
                (
                    "budget",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal(0))],
                        verbose_name="budget",
                    ),
                ),
                (
                    "spent",
                    models.DecimalField(
                        db_default=Decimal(0),
                        decimal_places=2,
                        default=Decimal(0),
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(Decimal(0))],
                        verbose_name="spent",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        db_default="SAR",
                        default="SAR",
                        help_text="ISO 4217, such as SAR.",
                        max_length=3,
                        validators=[django.core.validators.RegexValidator("^[A-Z]{3}$")],
                        verbose_name="currency",
                    ),
                ),
                (
                    "budget_used",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.comparison.Cast(
                                "spent", models.FloatField()
                            ),
                            "/",
                            django.db.models.functions.comparison.NullIf(
                                models.F("budget"), models.Value(0)
                            ),
                        ),
                        help_text="0 and more, 1 being the whole; empty without a budget.",
                        output_field=models.FloatField(),
                        verbose_name="share of the budget spent",
                    ),
                ),
                (
                    "started_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="started at"
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="ended at"
                    ),
                ),
                (
                    "created_by_agent",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="Empty where a person did.",
                        max_length=50,
                        verbose_name="agent that made it",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
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
                "verbose_name": "campaign",
                "verbose_name_plural": "campaigns",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["workspace", "status", "-id"], name="campaign_status"),
                    models.Index(fields=["workspace", "type", "-id"], name="campaign_type"),
                    models.Index(
                        fields=["workspace", "-created_at", "-id"], name="campaign_created"
                    ),
                    models.Index(
                        fields=["workspace", "created_by", "-id"], name="campaign_created_by"
                    ),
                    models.Index(
                        condition=models.Q(("created_by_agent", ""), _negated=True),
                        fields=["workspace", "created_by_agent"],
                        name="campaign_agent",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        models.F("workspace"),
                        django.contrib.postgres.indexes.OpClass("config", name="jsonb_path_ops"),
                        name="campaign_config",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("type__isnull", True),
                            ("type__in", ["lead_gen", "content", "retention", "ad"]),
                            _connector="OR",
                        ),
                        name="personalization_campaign_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__isnull", True),
                            ("status__in", ["draft", "active", "paused", "completed", "stopped"]),
                            _connector="OR",
                        ),
                        name="personalization_campaign_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("budget__isnull", True), ("budget__gte", 0), _connector="OR"
                        ),
                        name="personalization_campaign_budget",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spent__isnull", True), ("spent__gte", 0), _connector="OR"
                        ),
                        name="personalization_campaign_spent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("currency__regex", "^[A-Z]{3}$")),
                        name="personalization_campaign_currency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("started_at__isnull", True),
                            ("ended_at__isnull", True),
                            ("ended_at__gte", models.F("started_at")),
                            _connector="OR",
                        ),
                        name="personalization_campaign_ended_at_after_started_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ["active", "paused", "completed"]), _negated=True
                            ),
                            ("started_at__isnull", False),
                            _connector="OR",
                        ),
                        name="personalization_campaign_has_started",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", False),
                                ("status__in", ["completed", "stopped"]),
                            ),
                            models.Q(
                                ("ended_at__isnull", True),
                                ("status__in", ["draft", "active", "paused"]),
                            ),
                            _connector="OR",
                        ),
                        name="personalization_campaign_has_ended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AdCampaign",
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
                    "platform",
                    models.CharField(
                        choices=[
                            ("google_ads", "Google Ads"),
                            ("linkedin", "LinkedIn"),
                            ("producthunt", "Product Hunt"),
                        ],
                        max_length=15,
                        verbose_name="platform",
                    ),
                ),
                (
                    "platform_campaign_id",
                    models.CharField(
                        blank=True, max_length=255, verbose_name="identifier on the platform"
                    ),
                ),
                (
                    "audience_config",
                    models.JSONField(blank=True, default=dict, verbose_name="audience"),
                ),
                ("creatives", models.JSONField(blank=True, default=list, verbose_name="creatives")),
                (
                    "performance_metrics",
                    models.JSONField(blank=True, default=dict, verbose_name="performance"),
                ),
                (
                    "last_optimized",
                    models.DateTimeField(blank=True, null=True, verbose_name="last optimized"),
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
                    "campaign",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ad_campaigns",
                        to="personalization.campaign",
                        verbose_name="campaign",
                    ),
                ),
            ],
            options={
                "verbose_name": "advertising campaign",
                "verbose_name_plural": "advertising campaigns",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "campaign", "-id"], name="adcampaign_campaign"
                    ),
                    models.Index(
                        fields=["workspace", "platform", "-id"], name="adcampaign_platform"
                    ),
                    models.Index(
                        fields=["workspace", "-last_optimized", "-id"], name="adcampaign_optimized"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        models.F("workspace"),
                        django.contrib.postgres.indexes.OpClass(
                            "audience_config", name="jsonb_path_ops"
                        ),
                        name="adcampaign_audience",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        models.F("workspace"),
                        django.contrib.postgres.indexes.OpClass(
                            "performance_metrics", name="jsonb_path_ops"
                        ),
                        name="adcampaign_performance",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("platform__isnull", True),
                            ("platform__in", ["google_ads", "linkedin", "producthunt"]),
                            _connector="OR",
                        ),
                        name="personalization_adcampaign_platform",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("platform_campaign_id", ""), _negated=True),
                        fields=("workspace", "platform", "platform_campaign_id"),
                        name="personalization_adcampaign_on_platform",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CampaignEmbedding",
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
                    "embedding",
                    pgvector.django.halfvec.HalfVectorField(
                        blank=True, editable=False, null=True, verbose_name="embedding"
                    ),
                ),
                (
                    "embedding_model",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("all-minilm-l6-v2", "all-MiniLM-L6-v2"),
                            ("text-embedding-3-small", "text-embedding-3-small"),
                            ("text-embedding-3-large", "text-embedding-3-large"),
                        ],
                        editable=False,
                        max_length=40,
                        verbose_name="embedding model",
                    ),
                ),
                (
                    "platform",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("google_ads", "Google Ads"),
                            ("linkedin", "LinkedIn"),
                            ("producthunt", "Product Hunt"),
                        ],
                        max_length=15,
                        null=True,
                        verbose_name="platform",
                    ),
                ),
                (
                    "performance_score",
                    models.FloatField(
                        blank=True,
                        help_text="0..100",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="performance",
                    ),
                ),
                (
                    "audience_size",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="size of the audience"
                    ),
                ),
                (
                    "conversion_rate",
                    models.FloatField(
                        blank=True,
                        help_text="0..1",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="conversion rate",
                    ),
                ),
                (
                    "campaign",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="embeddings",
                        to="personalization.campaign",
                        verbose_name="campaign",
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
                "verbose_name": "campaign as a vector",
                "verbose_name_plural": "campaigns as vectors",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "embedding_model"], name="campaignembedding_model"
                    ),
                    models.Index(
                        fields=["workspace", "platform", "-id"], name="campaignembedding_platform"
                    ),
                    pgvector.django.indexes.HnswIndex(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.comparison.Cast(
                                "embedding", pgvector.django.halfvec.HalfVectorField(dimensions=384)
                            ),
                            name="halfvec_cosine_ops",
                        ),
                        condition=models.Q(("embedding_model", "all-minilm-l6-v2")),
                        ef_construction=64,
                        m=16,
                        name="campaignembedding_0_hnsw",
                    ),
                    pgvector.django.indexes.HnswIndex(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.comparison.Cast(
                                "embedding",
                                pgvector.django.halfvec.HalfVectorField(dimensions=1536),
                            ),
                            name="halfvec_cosine_ops",
                        ),
                        condition=models.Q(("embedding_model", "text-embedding-3-small")),
                        ef_construction=64,
                        m=16,
                        name="campaignembedding_1_hnsw",
                    ),
                    pgvector.django.indexes.HnswIndex(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.comparison.Cast(
                                "embedding",
                                pgvector.django.halfvec.HalfVectorField(dimensions=1536),
                            ),
                            name="halfvec_cosine_ops",
                        ),
                        condition=models.Q(("embedding_model", "text-embedding-3-large")),
                        ef_construction=64,
                        m=16,
                        name="campaignembedding_2_hnsw",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "campaign", "embedding_model", "platform"),
                        name="personalization_campaignembedding_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("platform__isnull", True),
                            ("platform__in", ["google_ads", "linkedin", "producthunt"]),
                            _connector="OR",
                        ),
                        name="personalization_campaignembedding_platform",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("performance_score__isnull", True),
                            models.Q(
                                ("performance_score__gte", 0), ("performance_score__lte", 100)
                            ),
                            _connector="OR",
                        ),
                        name="personalization_campaignembedding_performance_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("conversion_rate__isnull", True),
                            models.Q(("conversion_rate__gte", 0), ("conversion_rate__lte", 1)),
                            _connector="OR",
                        ),
                        name="personalization_campaignembedding_conversion_rate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("embedding__isnull", True), ("embedding_model", "")),
                            models.Q(
                                django.db.models.lookups.Exact(
                                    models.Func(
                                        "embedding",
                                        function="vector_dims",
                                        output_field=models.IntegerField(),
                                    ),
                                    384,
                                ),
                                ("embedding__isnull", False),
                                ("embedding_model", "all-minilm-l6-v2"),
                            ),
                            models.Q(
                                django.db.models.lookups.Exact(
                                    models.Func(
                                        "embedding",
                                        function="vector_dims",
                                        output_field=models.IntegerField(),
                                    ),
                                    1536,
                                ),
                                ("embedding__isnull", False),
                                ("embedding_model", "text-embedding-3-small"),
                            ),
                            models.Q(
                                django.db.models.lookups.Exact(
                                    models.Func(
                                        "embedding",
                                        function="vector_dims",
                                        output_field=models.IntegerField(),
                                    ),
                                    1536,
                                ),
                                ("embedding__isnull", False),
                                ("embedding_model", "text-embedding-3-large"),
                            ),
                            _connector="OR",
                        ),
                        name="personalization_campaignembedding_embedding_length",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CampaignPersonalizationSettings",
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
                    "personalization_level",
                    models.CharField(
                        choices=[
                            ("none", "none"),
                            ("basic", "by segment"),
                            ("advanced", "by behaviour"),
                            ("full", "by person"),
                        ],
                        db_default="basic",
                        default="basic",
                        max_length=10,
                        verbose_name="level",
                    ),
                ),
                (
                    "auto_optimization_enabled",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="optimizes itself"
                    ),
                ),
                (
                    "dynamic_content_enabled",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="content changes by visitor"
                    ),
                ),
                (
                    "adaptive_bidding_enabled",
                    models.BooleanField(db_default=False, default=False, verbose_name="bids adapt"),
                ),
                (
                    "audience_settings",
                    models.JSONField(blank=True, default=dict, verbose_name="audience"),
                ),
                (
                    "demographic_weights",
                    models.JSONField(
                        blank=True, default=dict, verbose_name="weights of demographics"
                    ),
                ),
                (
                    "behavioral_triggers",
                    models.JSONField(
                        blank=True, default=list, verbose_name="triggers by behaviour"
                    ),
                ),
                (
                    "rotation_strategy",
                    models.CharField(
                        choices=[
                            ("even", "evenly"),
                            ("weighted", "by fixed weights"),
                            ("best", "the best most often"),
                            ("sequential", "one after the other"),
                        ],
                        default="even",
                        max_length=10,
                        verbose_name="rotation",
                    ),
                ),
                (
                    "content_templates",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Their ids.",
                        verbose_name="content templates",
                    ),
                ),
                (
                    "dynamic_elements",
                    models.JSONField(blank=True, default=list, verbose_name="changing elements"),
                ),
                (
                    "budget_allocation_strategy",
                    models.CharField(
                        choices=[
                            ("even", "evenly"),
                            ("manual", "by hand"),
                            ("performance", "by performance"),
                            ("predicted", "by prediction"),
                        ],
                        default="even",
                        max_length=12,
                        verbose_name="allocation of the budget",
                    ),
                ),
                (
                    "bid_adjustments",
                    models.JSONField(blank=True, default=dict, verbose_name="adjustments of bids"),
                ),
                (
                    "performance_targets",
                    models.JSONField(blank=True, default=dict, verbose_name="targets"),
                ),
                (
                    "learning_priority",
                    models.CharField(
                        choices=[("low", "low"), ("medium", "medium"), ("high", "high")],
                        default="medium",
                        max_length=10,
                        verbose_name="priority of learning",
                    ),
                ),
                (
                    "optimization_frequency",
                    models.CharField(
                        choices=[
                            ("hourly", "every hour"),
                            ("daily", "every day"),
                            ("weekly", "every week"),
                            ("monthly", "every month"),
                        ],
                        default="daily",
                        max_length=10,
                        verbose_name="optimized",
                    ),
                ),
                (
                    "performance_thresholds",
                    models.JSONField(blank=True, default=dict, verbose_name="thresholds"),
                ),
                (
                    "ab_testing_enabled",
                    models.BooleanField(
                        db_default=True, default=True, verbose_name="tests variations"
                    ),
                ),
                (
                    "predictive_scaling_enabled",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="scales by prediction"
                    ),
                ),
                (
                    "real_time_optimization_enabled",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="optimizes at once"
                    ),
                ),
                (
                    "campaign",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="personalization_settings",
                        to="personalization.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        help_text="Who set it up.",
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
                "verbose_name": "personalization settings",
                "verbose_name_plural": "personalization settings",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["workspace", "user"], name="campaignsettings_user"),
                    models.Index(
                        fields=["workspace", "personalization_level"], name="campaignsettings_level"
                    ),
                    models.Index(
                        condition=models.Q(("auto_optimization_enabled", True)),
                        fields=["workspace", "optimization_frequency"],
                        name="campaignsettings_optimizing",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "campaign"),
                        name="personalization_campaignsettings_campaign",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("personalization_level__isnull", True),
                            ("personalization_level__in", ["none", "basic", "advanced", "full"]),
                            _connector="OR",
                        ),
                        name="personalization_campaignsettings_personalization_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rotation_strategy__isnull", True),
                            ("rotation_strategy__in", ["even", "weighted", "best", "sequential"]),
                            _connector="OR",
                        ),
                        name="personalization_campaignsettings_rotation_strategy",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("budget_allocation_strategy__isnull", True),
                            (
                                "budget_allocation_strategy__in",
                                ["even", "manual", "performance", "predicted"],
                            ),
                            _connector="OR",
                        ),
                        name="personalization_campaignsettings_budget_allocation_strategy",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("learning_priority__isnull", True),
                            ("learning_priority__in", ["low", "medium", "high"]),
                            _connector="OR",
                        ),
                        name="personalization_campaignsettings_learning_priority",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("optimization_frequency__isnull", True),
                            (
                                "optimization_frequency__in",
                                ["hourly", "daily", "weekly", "monthly"],
                            ),
                            _connector="OR",
                        ),
                        name="personalization_campaignsettings_optimization_frequency",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Content",
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
                    "content_type",
                    models.CharField(
                        choices=[
                            ("blog", "blog post"),
                            ("social", "social post"),
                            ("email", "e-mail"),
                            ("ad_copy", "text of an advertisement"),
                            ("landing_page", "landing page"),
                        ],
                        max_length=15,
                        verbose_name="type",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=500, verbose_name="title")),
                ("content", models.TextField(blank=True, verbose_name="text")),
                (
                    "metadata",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="For search engines, lengths …",
                        verbose_name="metadata",
                    ),
                ),
                (
                    "performance_score",
                    models.FloatField(
                        blank=True,
                        help_text="Engagement or completion, 0..1.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="performance",
                    ),
                ),
                (
                    "generated_by",
                    models.CharField(
                        blank=True,
                        help_text="The agent; empty where a person wrote it.",
                        max_length=50,
                        verbose_name="generated by",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="published at"),
                ),
                (
                    "campaign",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="contents",
                        to="personalization.campaign",
                        verbose_name="campaign",
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
                "verbose_name": "content",
                "verbose_name_plural": "content library",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["workspace", "-id"], name="content_newest"),
                    models.Index(fields=["workspace", "content_type", "-id"], name="content_type"),
                    models.Index(
                        fields=["workspace", "-created_at", "-id"], name="content_created"
                    ),
                    models.Index(fields=["workspace", "campaign", "-id"], name="content_campaign"),
                    models.Index(
                        fields=["workspace", "generated_by", "-id"], name="content_generated_by"
                    ),
                    models.Index(
                        fields=["workspace", "-performance_score", "-id"],
                        name="content_performance",
                    ),
                    models.Index(
                        fields=["workspace", "-published_at", "-id"], name="content_published"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        models.F("workspace"),
                        django.contrib.postgres.indexes.OpClass("metadata", name="jsonb_path_ops"),
                        name="content_metadata",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("content_type__isnull", True),
                            (
                                "content_type__in",
                                ["blog", "social", "email", "ad_copy", "landing_page"],
                            ),
                            _connector="OR",
                        ),
                        name="personalization_content_content_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("performance_score__isnull", True),
                            models.Q(("performance_score__gte", 0), ("performance_score__lte", 1)),
                            _connector="OR",
                        ),
                        name="personalization_content_performance_score",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContentTemplate",
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
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "template_type",
                    models.CharField(
                        choices=[
                            ("blog", "blog post"),
                            ("social", "social post"),
                            ("email", "e-mail"),
                            ("ad_copy", "text of an advertisement"),
                            ("landing_page", "landing page"),
                            ("image", "picture"),
                            ("video", "video"),
                        ],
                        max_length=15,
                        verbose_name="type",
                    ),
                ),
                ("category", models.CharField(blank=True, max_length=50, verbose_name="category")),
                (
                    "base_prompt",
                    models.TextField(
                        help_text="With variables in braces, such as {business_name}.",
                        verbose_name="prompt",
                    ),
                ),
                (
                    "personalization_variables",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Names used in the prompt.",
                        verbose_name="variables",
                    ),
                ),
                (
                    "style_parameters",
                    models.JSONField(blank=True, default=dict, verbose_name="style"),
                ),
                (
                    "usage_count",
                    models.PositiveIntegerField(
                        db_default=0, default=0, editable=False, verbose_name="times used"
                    ),
                ),
                (
                    "performance_score",
                    models.FloatField(
                        blank=True,
                        editable=False,
                        help_text="0..100",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="performance",
                    ),
                ),
                (
                    "success_rate",
                    models.FloatField(
                        blank=True,
                        editable=False,
                        help_text="0..1",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="success rate",
                    ),
                ),
                (
                    "target_industries",
                    models.JSONField(blank=True, default=list, verbose_name="industries"),
                ),
                (
                    "target_objectives",
                    models.JSONField(blank=True, default=list, verbose_name="objectives"),
                ),
                (
                    "target_demographics",
                    models.JSONField(blank=True, default=dict, verbose_name="demographics"),
                ),
                (
                    "is_active",
                    models.BooleanField(db_default=True, default=True, verbose_name="active"),
                ),
                (
                    "is_public",
                    models.BooleanField(
                        db_default=True,
                        default=True,
                        help_text="Offered to every member; otherwise only to the one whose it is.",
                        verbose_name="for everybody",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Whose it is; empty: the workspace's.",
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
                "verbose_name": "content template",
                "verbose_name_plural": "content templates",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["workspace", "user", "-id"], name="contenttemplate_user"),
                    models.Index(
                        fields=["workspace", "category", "-id"], name="contenttemplate_category"
                    ),
                    models.Index(
                        fields=["workspace", "-performance_score", "-id"],
                        name="contenttemplate_performance",
                    ),
                    models.Index(
                        fields=["workspace", "-usage_count", "-id"], name="contenttemplate_usage"
                    ),
                    models.Index(
                        condition=models.Q(("is_active", True)),
                        fields=["workspace", "template_type", "-id"],
                        name="contenttemplate_active",
                    ),
                    models.Index(
                        condition=models.Q(("is_public", True)),
                        fields=["workspace", "name"],
                        name="contenttemplate_public",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "template_type", "name"),
                        name="personalization_contenttemplate_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("template_type__isnull", True),
                            (
                                "template_type__in",
                                [
                                    "blog",
                                    "social",
                                    "email",
                                    "ad_copy",
                                    "landing_page",
                                    "image",
                                    "video",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="personalization_contenttemplate_template_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("performance_score__isnull", True),
                            models.Q(
                                ("performance_score__gte", 0), ("performance_score__lte", 100)
                            ),
                            _connector="OR",
                        ),
                        name="personalization_contenttemplate_performance_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("success_rate__isnull", True),
                            models.Q(("success_rate__gte", 0), ("success_rate__lte", 1)),
                            _connector="OR",
                        ),
                        name="personalization_contenttemplate_success_rate",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MetaUserProfile",
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
                    "business_size",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("startup", "startup"),
                            ("smb", "small or medium business"),
                            ("enterprise", "large enterprise"),
                        ],
                        max_length=10,
                        null=True,
                        verbose_name="size of the business",
                    ),
                ),
                ("industry", models.CharField(blank=True, max_length=100, verbose_name="industry")),
                ("website", models.URLField(blank=True, verbose_name="website")),
                (
                    "years_in_business",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="years in business"
                    ),
                ),
                (
                    "monthly_budget",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal(0))],
                        verbose_name="monthly budget",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        db_default="SAR",
                        default="SAR",
                        help_text="ISO 4217, such as SAR.",
                        max_length=3,
                        validators=[django.core.validators.RegexValidator("^[A-Z]{3}$")],
                        verbose_name="currency",
                    ),
                ),
                (
                    "budget_range",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("micro", "very small"),
                            ("small", "small"),
                            ("medium", "medium"),
                            ("large", "large"),
                            ("enterprise", "as of a large enterprise"),
                        ],
                        max_length=10,
                        null=True,
                        verbose_name="range of the budget",
                    ),
                ),
                (
                    "primary_objective",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("brand_awareness", "brand awareness"),
                            ("lead_generation", "lead generation"),
                            ("sales", "sales"),
                            ("engagement", "engagement"),
                            ("traffic", "traffic"),
                            ("app_installs", "app installs"),
                        ],
                        max_length=20,
                        null=True,
                        verbose_name="primary objective",
                    ),
                ),
                (
                    "objectives",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("brand_awareness", "brand awareness"),
                                ("lead_generation", "lead generation"),
                                ("sales", "sales"),
                                ("engagement", "engagement"),
                                ("traffic", "traffic"),
                                ("app_installs", "app installs"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="objectives",
                    ),
                ),
                (
                    "target_age_groups",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("gen_z", "generation Z"),
                                ("millennial", "millennials"),
                                ("gen_x", "generation X"),
                                ("boomer", "baby boomers"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="age groups",
                    ),
                ),
                (
                    "target_locations",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Names of places.",
                        verbose_name="locations",
                    ),
                ),
                (
                    "target_interests",
                    models.JSONField(blank=True, default=list, verbose_name="interests"),
                ),
                (
                    "target_behaviors",
                    models.JSONField(blank=True, default=list, verbose_name="behaviour"),
                ),
                (
                    "brand_voice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("professional", "professional"),
                            ("casual", "casual"),
                            ("playful", "playful"),
                            ("luxury", "luxurious"),
                            ("authentic", "authentic"),
                            ("bold", "bold"),
                        ],
                        max_length=15,
                        null=True,
                        verbose_name="voice of the brand",
                    ),
                ),
                (
                    "content_preference",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("video_first", "video first"),
                            ("image_heavy", "many images"),
                            ("text_focused", "mostly text"),
                            ("mixed", "mixed"),
                        ],
                        max_length=15,
                        null=True,
                        verbose_name="kind of content",
                    ),
                ),
                (
                    "platform_priorities",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("instagram", "Instagram"),
                                ("facebook", "Facebook"),
                                ("tiktok", "TikTok"),
                                ("linkedin", "LinkedIn"),
                                ("youtube", "YouTube"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        help_text="The most important first.",
                        size=None,
                        verbose_name="platforms",
                    ),
                ),
                (
                    "brand_colors",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Such as #0a7f5a.",
                        verbose_name="colours of the brand",
                    ),
                ),
                (
                    "roi_focus",
                    models.FloatField(
                        db_default=0.5,
                        default=0.5,
                        help_text="0..1",
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="focus on return",
                    ),
                ),
                (
                    "risk_tolerance",
                    models.FloatField(
                        db_default=0.5,
                        default=0.5,
                        help_text="0..1",
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="tolerance of risk",
                    ),
                ),
                (
                    "automation_level",
                    models.FloatField(
                        db_default=0.5,
                        default=0.5,
                        help_text="0..1",
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="how much runs by itself",
                    ),
                ),
                (
                    "campaign_history",
                    models.JSONField(
                        blank=True, default=list, editable=False, verbose_name="earlier campaigns"
                    ),
                ),
                (
                    "performance_patterns",
                    models.JSONField(
                        blank=True, default=dict, editable=False, verbose_name="what worked"
                    ),
                ),
                (
                    "learned_preferences",
                    models.JSONField(
                        blank=True, default=dict, editable=False, verbose_name="learned preferences"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meta_profiles",
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
                "verbose_name": "marketing profile",
                "verbose_name_plural": "marketing profiles",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["workspace", "industry"], name="metauserprofile_industry"),
                    models.Index(
                        fields=["workspace", "business_size"], name="metauserprofile_size"
                    ),
                    models.Index(
                        fields=["workspace", "budget_range"], name="metauserprofile_budget"
                    ),
                    models.Index(
                        fields=["workspace", "primary_objective"], name="metauserprofile_objective"
                    ),
                    models.Index(
                        fields=["workspace", "-updated_at"], name="metauserprofile_updated"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "user"), name="personalization_metauserprofile_user"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("business_size__isnull", True),
                            ("business_size__in", ["startup", "smb", "enterprise"]),
                            _connector="OR",
                        ),
                        name="personalization_metauserprofile_business_size",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("budget_range__isnull", True),
                            (
                                "budget_range__in",
                                ["micro", "small", "medium", "large", "enterprise"],
                            ),
                            _connector="OR",
                        ),
                        name="personalization_metauserprofile_budget_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("primary_objective__isnull", True),
                            (
                                "primary_objective__in",
                                [
                                    "brand_awareness",
                                    "lead_generation",
                                    "sales",
                                    "engagement",
                                    "traffic",
                                    "app_installs",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="personalization_metauserprofile_primary_objective",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("brand_voice__isnull", True),
                            (
                                "brand_voice__in",
                                [
                                    "professional",
                                    "casual",
                                    "playful",
                                    "luxury",
                                    "authentic",
                                    "bold",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="personalization_metauserprofile_brand_voice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("content_preference__isnull", True),
                            (
                                "content_preference__in",
                                ["video_first", "image_heavy", "text_focused", "mixed"],
                            ),
                            _connector="OR",
                        ),
                        name="personalization_metauserprofile_content_preference",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "objectives__contained_by",
                                [
                                    "brand_awareness",
                                    "lead_generation",
                                    "sales",
                                    "engagement",
                                    "traffic",
                                    "app_installs",
                                ],
                            )
                        ),
                        name="personalization_metauserprofile_objectives",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "target_age_groups__contained_by",
                                ["gen_z", "millennial", "gen_x", "boomer"],
                            )
                        ),
                        name="personalization_metauserprofile_target_age_groups",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "platform_priorities__contained_by",
                                ["instagram", "facebook", "tiktok", "linkedin", "youtube"],
                            )
                        ),
                        name="personalization_metauserprofile_platform_priorities",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("monthly_budget__isnull", True),
                            ("monthly_budget__gte", 0),
                            _connector="OR",
                        ),
                        name="personalization_metauserprofile_monthly_budget",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("currency__regex", "^[A-Z]{3}$")),
                        name="personalization_metauserprofile_currency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("roi_focus__isnull", True),
                            models.Q(("roi_focus__gte", 0), ("roi_focus__lte", 1)),
                            _connector="OR",
                        ),
                        name="personalization_metauserprofile_roi_focus",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("risk_tolerance__isnull", True),
                            models.Q(("risk_tolerance__gte", 0), ("risk_tolerance__lte", 1)),
                            _connector="OR",
                        ),
                        name="personalization_metauserprofile_risk_tolerance",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("automation_level__isnull", True),
                            models.Q(("automation_level__gte", 0), ("automation_level__lte", 1)),
                            _connector="OR",
                        ),
                        name="personalization_metauserprofile_automation_level",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LearningInsight",
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
                    "insight_type",
                    models.CharField(
                        help_text="Such as timing, audience, content, budget.",
                        max_length=50,
                        verbose_name="type",
                    ),
                ),
                ("category", models.CharField(blank=True, max_length=50, verbose_name="category")),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "baseline_value",
                    models.FloatField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-1000000000000000.0),
                            django.core.validators.MaxValueValidator(1000000000000000.0),
                        ],
                        verbose_name="before",
                    ),
                ),
                (
                    "improved_value",
                    models.FloatField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-1000000000000000.0),
                            django.core.validators.MaxValueValidator(1000000000000000.0),
                        ],
                        verbose_name="after",
                    ),
                ),
                (
                    "improvement_percentage",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("improved_value"), "-", models.F("baseline_value")
                                ),
                                "*",
                                models.Value(100.0),
                            ),
                            "/",
                            django.db.models.functions.comparison.NullIf(
                                django.db.models.functions.math.Abs(models.F("baseline_value")),
                                models.Value(0.0),
                            ),
                        ),
                        help_text="Per cent of what it was before; empty where that was nothing.",
                        output_field=models.FloatField(),
                        verbose_name="improvement",
                    ),
                ),
                (
                    "identified_patterns",
                    models.JSONField(blank=True, default=list, verbose_name="patterns"),
                ),
                (
                    "contributing_factors",
                    models.JSONField(blank=True, default=list, verbose_name="factors"),
                ),
                (
                    "correlations",
                    models.JSONField(blank=True, default=dict, verbose_name="correlations"),
                ),
                (
                    "recommendations",
                    models.JSONField(blank=True, default=list, verbose_name="recommendations"),
                ),
                (
                    "priority",
                    models.CharField(
                        choices=[
                            ("low", "low"),
                            ("medium", "medium"),
                            ("high", "high"),
                            ("critical", "critical"),
                        ],
                        default="medium",
                        max_length=10,
                        verbose_name="priority",
                    ),
                ),
                (
                    "expected_impact",
                    models.FloatField(
                        blank=True,
                        help_text="0..1",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="expected impact",
                    ),
                ),
                (
                    "sample_size",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="sample size"),
                ),
                (
                    "time_period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        blank=True, null=True, verbose_name="period"
                    ),
                ),
                (
                    "data_quality",
                    models.FloatField(
                        blank=True,
                        help_text="0..1",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="quality of the data",
                    ),
                ),
                (
                    "confidence_score",
                    models.FloatField(
                        blank=True,
                        help_text="0..1",
                        null=True,
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
                            ("new", "new"),
                            ("accepted", "accepted"),
                            ("implemented", "implemented"),
                            ("dismissed", "dismissed"),
                        ],
                        db_default="new",
                        default="new",
                        editable=False,
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                (
                    "implementation_results",
                    models.JSONField(blank=True, default=dict, verbose_name="results"),
                ),
                ("discovered_at", models.DateTimeField(verbose_name="discovered at")),
                (
                    "campaign",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="insights",
                        to="personalization.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
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
                (
                    "profile",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="insights",
                        to="personalization.metauserprofile",
                        verbose_name="marketing profile",
                    ),
                ),
            ],
            options={
                "verbose_name": "learning insight",
                "verbose_name_plural": "learning insights",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["workspace", "-id"], name="learninginsight_newest"),
                    models.Index(fields=["workspace", "user", "-id"], name="learninginsight_user"),
                    models.Index(
                        fields=["workspace", "insight_type", "-id"], name="learninginsight_type"
                    ),
                    models.Index(
                        fields=["workspace", "-confidence_score", "-id"],
                        name="learninginsight_confidence",
                    ),
                    models.Index(
                        fields=["workspace", "-improvement_percentage", "-id"],
                        name="learninginsight_improvement",
                    ),
                    models.Index(
                        fields=["workspace", "status", "-id"], name="learninginsight_status"
                    ),
                    models.Index(
                        fields=["workspace", "-discovered_at", "-id"],
                        name="learninginsight_discovered",
                    ),
                    models.Index(fields=["workspace", "profile"], name="learninginsight_profile"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "campaign", "insight_type", "title"),
                        name="personalization_learninginsight_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__isnull", True),
                            ("status__in", ["new", "accepted", "implemented", "dismissed"]),
                            _connector="OR",
                        ),
                        name="personalization_learninginsight_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("priority__isnull", True),
                            ("priority__in", ["low", "medium", "high", "critical"]),
                            _connector="OR",
                        ),
                        name="personalization_learninginsight_priority",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("baseline_value__isnull", True),
                            models.Q(
                                ("baseline_value__gte", -1000000000000000.0),
                                ("baseline_value__lte", 1000000000000000.0),
                            ),
                            _connector="OR",
                        ),
                        name="personalization_learninginsight_baseline_value",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("improved_value__isnull", True),
                            models.Q(
                                ("improved_value__gte", -1000000000000000.0),
                                ("improved_value__lte", 1000000000000000.0),
                            ),
                            _connector="OR",
                        ),
                        name="personalization_learninginsight_improved_value",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expected_impact__isnull", True),
                            models.Q(("expected_impact__gte", 0), ("expected_impact__lte", 1)),
                            _connector="OR",
                        ),
                        name="personalization_learninginsight_expected_impact",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("data_quality__isnull", True),
                            models.Q(("data_quality__gte", 0), ("data_quality__lte", 1)),
                            _connector="OR",
                        ),
                        name="personalization_learninginsight_data_quality",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confidence_score__isnull", True),
                            models.Q(("confidence_score__gte", 0), ("confidence_score__lte", 1)),
                            _connector="OR",
                        ),
                        name="personalization_learninginsight_confidence_score",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CampaignRecommendation",
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
                    "campaign_type",
                    models.CharField(
                        choices=[
                            ("lead_gen", "lead generation"),
                            ("content", "content"),
                            ("retention", "retention"),
                            ("ad", "advertising"),
                        ],
                        max_length=10,
                        verbose_name="kind of campaign",
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="name")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("reasoning", models.TextField(blank=True, verbose_name="reasons")),
                (
                    "content_prompts",
                    models.JSONField(blank=True, default=list, verbose_name="prompts"),
                ),
                (
                    "content_templates",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Their ids.",
                        verbose_name="content templates",
                    ),
                ),
                (
                    "content_style",
                    models.CharField(blank=True, max_length=100, verbose_name="style"),
                ),
                (
                    "content_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("blog", "blog post"),
                            ("social", "social post"),
                            ("email", "e-mail"),
                            ("ad_copy", "text of an advertisement"),
                            ("landing_page", "landing page"),
                            ("image", "picture"),
                            ("video", "video"),
                        ],
                        max_length=15,
                        null=True,
                        verbose_name="kind of content",
                    ),
                ),
                (
                    "recommended_budget",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal(0))],
                        verbose_name="recommended budget",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        db_default="SAR",
                        default="SAR",
                        help_text="ISO 4217, such as SAR.",
                        max_length=3,
                        validators=[django.core.validators.RegexValidator("^[A-Z]{3}$")],
                        verbose_name="currency",
                    ),
                ),
                (
                    "target_audience",
                    models.JSONField(blank=True, default=dict, verbose_name="audience"),
                ),
                (
                    "platform_allocation",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="The share of each platform, 0..1.",
                        verbose_name="budget by platform",
                    ),
                ),
                (
                    "predicted_ctr",
                    models.FloatField(
                        blank=True,
                        help_text="0..1",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="predicted click-through rate",
                    ),
                ),
                (
                    "predicted_engagement_rate",
                    models.FloatField(
                        blank=True,
                        help_text="0..1",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="predicted engagement rate",
                    ),
                ),
                (
                    "predicted_conversion_rate",
                    models.FloatField(
                        blank=True,
                        help_text="0..1",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="predicted conversion rate",
                    ),
                ),
                (
                    "predicted_roi",
                    models.FloatField(
                        blank=True,
                        help_text="As a share: -1 is all lost, 0.25 a quarter more.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-1),
                            django.core.validators.MaxValueValidator(1000000000000000.0),
                        ],
                        verbose_name="predicted return",
                    ),
                ),
                (
                    "confidence_score",
                    models.FloatField(
                        blank=True,
                        help_text="0..1",
                        null=True,
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
                            ("implemented", "implemented"),
                            ("dismissed", "dismissed"),
                        ],
                        db_default="suggested",
                        default="suggested",
                        editable=False,
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                (
                    "implemented_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="implemented at"
                    ),
                ),
                (
                    "actual_performance",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="What was predicted, as it came: ctr, engagement_rate, conversion_rate, roi.",
                        verbose_name="actual performance",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        help_text="To whom it is suggested.",
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
                (
                    "profile",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="recommendations",
                        to="personalization.metauserprofile",
                        verbose_name="marketing profile",
                    ),
                ),
            ],
            options={
                "verbose_name": "campaign recommendation",
                "verbose_name_plural": "campaign recommendations",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["workspace", "-id"], name="recommendation_newest"),
                    models.Index(fields=["workspace", "user", "-id"], name="recommendation_user"),
                    models.Index(
                        fields=["workspace", "campaign_type", "-id"], name="recommendation_type"
                    ),
                    models.Index(
                        fields=["workspace", "-confidence_score", "-id"],
                        name="recommendation_confidence",
                    ),
                    models.Index(
                        fields=["workspace", "-created_at", "-id"], name="recommendation_created"
                    ),
                    models.Index(
                        fields=["workspace", "status", "-id"], name="recommendation_status"
                    ),
                    models.Index(fields=["workspace", "profile"], name="recommendation_profile"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "user", "campaign_type", "name"),
                        name="personalization_recommendation_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("campaign_type__isnull", True),
                            ("campaign_type__in", ["lead_gen", "content", "retention", "ad"]),
                            _connector="OR",
                        ),
                        name="personalization_recommendation_campaign_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("content_type__isnull", True),
                            (
                                "content_type__in",
                                [
                                    "blog",
                                    "social",
                                    "email",
                                    "ad_copy",
                                    "landing_page",
                                    "image",
                                    "video",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="personalization_recommendation_content_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__isnull", True),
                            ("status__in", ["suggested", "accepted", "implemented", "dismissed"]),
                            _connector="OR",
                        ),
                        name="personalization_recommendation_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("recommended_budget__isnull", True),
                            ("recommended_budget__gte", 0),
                            _connector="OR",
                        ),
                        name="personalization_recommendation_recommended_budget",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("currency__regex", "^[A-Z]{3}$")),
                        name="personalization_recommendation_currency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("predicted_ctr__isnull", True),
                            models.Q(("predicted_ctr__gte", 0), ("predicted_ctr__lte", 1)),
                            _connector="OR",
                        ),
                        name="personalization_recommendation_predicted_ctr",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("predicted_engagement_rate__isnull", True),
                            models.Q(
                                ("predicted_engagement_rate__gte", 0),
                                ("predicted_engagement_rate__lte", 1),
                            ),
                            _connector="OR",
                        ),
                        name="personalization_recommendation_predicted_engagement_rate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("predicted_conversion_rate__isnull", True),
                            models.Q(
                                ("predicted_conversion_rate__gte", 0),
                                ("predicted_conversion_rate__lte", 1),
                            ),
                            _connector="OR",
                        ),
                        name="personalization_recommendation_predicted_conversion_rate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confidence_score__isnull", True),
                            models.Q(("confidence_score__gte", 0), ("confidence_score__lte", 1)),
                            _connector="OR",
                        ),
                        name="personalization_recommendation_confidence_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("predicted_roi__isnull", True),
                            models.Q(
                                ("predicted_roi__gte", -1),
                                ("predicted_roi__lte", 1000000000000000.0),
                            ),
                            _connector="OR",
                        ),
                        name="personalization_recommendation_predicted_roi",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("implemented_at__isnull", False), ("status", "implemented")),
                            models.Q(
                                models.Q(("status", "implemented"), _negated=True),
                                ("implemented_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="personalization_recommendation_is_implemented",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PerformancePattern",
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
                    "pattern_type",
                    models.CharField(
                        help_text="Such as timing, audience, content, budget.",
                        max_length=50,
                        verbose_name="type",
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="name")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "conditions",
                    models.JSONField(blank=True, default=dict, verbose_name="conditions"),
                ),
                (
                    "performance_impact",
                    models.FloatField(
                        blank=True,
                        help_text="As a share: -1 is all lost, 0.25 a quarter more.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-1),
                            django.core.validators.MaxValueValidator(1000000000000000.0),
                        ],
                        verbose_name="impact on performance",
                    ),
                ),
                (
                    "frequency",
                    models.FloatField(
                        blank=True,
                        help_text="Share of the campaigns that show it, 0..1.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="frequency",
                    ),
                ),
                (
                    "confidence_level",
                    models.FloatField(
                        blank=True,
                        help_text="0..1",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="confidence level",
                    ),
                ),
                (
                    "p_value",
                    models.FloatField(
                        blank=True,
                        help_text="0..1",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="p-value",
                    ),
                ),
                (
                    "effect_size",
                    models.FloatField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-1000000000000000.0),
                            django.core.validators.MaxValueValidator(1000000000000000.0),
                        ],
                        verbose_name="size of the effect",
                    ),
                ),
                (
                    "campaigns_analyzed",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="campaigns analysed"
                    ),
                ),
                (
                    "time_period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        blank=True, null=True, verbose_name="period"
                    ),
                ),
                (
                    "first_observed",
                    models.DateTimeField(blank=True, null=True, verbose_name="first observed"),
                ),
                (
                    "last_observed",
                    models.DateTimeField(blank=True, null=True, verbose_name="last observed"),
                ),
                (
                    "actionable_insights",
                    models.JSONField(blank=True, default=list, verbose_name="what to do"),
                ),
                (
                    "automation_potential",
                    models.FloatField(
                        blank=True,
                        help_text="0..1",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="how far it can run by itself",
                    ),
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
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "performance pattern",
                "verbose_name_plural": "performance patterns",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "user", "-id"], name="performancepattern_user"
                    ),
                    models.Index(
                        fields=["workspace", "pattern_type", "-id"], name="performancepattern_type"
                    ),
                    models.Index(
                        fields=["workspace", "-confidence_level", "-id"],
                        name="performancepattern_confidence",
                    ),
                    models.Index(
                        fields=["workspace", "-frequency", "-id"],
                        name="performancepattern_frequency",
                    ),
                    models.Index(
                        fields=["workspace", "-last_observed", "-id"],
                        name="performancepattern_observed",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "user", "pattern_type", "name"),
                        name="personalization_performancepattern_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("frequency__isnull", True),
                            models.Q(("frequency__gte", 0), ("frequency__lte", 1)),
                            _connector="OR",
                        ),
                        name="personalization_performancepattern_frequency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confidence_level__isnull", True),
                            models.Q(("confidence_level__gte", 0), ("confidence_level__lte", 1)),
                            _connector="OR",
                        ),
                        name="personalization_performancepattern_confidence_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("p_value__isnull", True),
                            models.Q(("p_value__gte", 0), ("p_value__lte", 1)),
                            _connector="OR",
                        ),
                        name="personalization_performancepattern_p_value",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("automation_potential__isnull", True),
                            models.Q(
                                ("automation_potential__gte", 0), ("automation_potential__lte", 1)
                            ),
                            _connector="OR",
                        ),
                        name="personalization_performancepattern_automation_potential",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("performance_impact__isnull", True),
                            models.Q(
                                ("performance_impact__gte", -1),
                                ("performance_impact__lte", 1000000000000000.0),
                            ),
                            _connector="OR",
                        ),
                        name="personalization_performancepattern_performance_impact",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effect_size__isnull", True),
                            models.Q(
                                ("effect_size__gte", -1000000000000000.0),
                                ("effect_size__lte", 1000000000000000.0),
                            ),
                            _connector="OR",
                        ),
                        name="personalization_performancepattern_effect_size",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_observed__isnull", True),
                            ("last_observed__isnull", True),
                            ("last_observed__gte", models.F("first_observed")),
                            _connector="OR",
                        ),
                        name="personalization_performancepattern_observed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonalizedContent",
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
                    "content_type",
                    models.CharField(
                        choices=[
                            ("blog", "blog post"),
                            ("social", "social post"),
                            ("email", "e-mail"),
                            ("ad_copy", "text of an advertisement"),
                            ("landing_page", "landing page"),
                            ("image", "picture"),
                            ("video", "video"),
                        ],
                        max_length=15,
                        verbose_name="type",
                    ),
                ),
                ("personalized_prompt", models.TextField(blank=True, verbose_name="prompt")),
                (
                    "personalization_context",
                    models.JSONField(blank=True, default=dict, verbose_name="context"),
                ),
                (
                    "file_path",
                    models.CharField(blank=True, max_length=500, null=True, verbose_name="file"),
                ),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="web address")),
                (
                    "size",
                    models.PositiveBigIntegerField(
                        blank=True, help_text="In bytes.", null=True, verbose_name="size"
                    ),
                ),
                ("metadata", models.JSONField(blank=True, default=dict, verbose_name="metadata")),
                (
                    "variables_used",
                    models.JSONField(blank=True, default=dict, verbose_name="variables"),
                ),
                (
                    "targeting_configuration",
                    models.JSONField(blank=True, default=dict, verbose_name="audience"),
                ),
                (
                    "impressions",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="impressions"
                    ),
                ),
                (
                    "clicks",
                    models.PositiveIntegerField(db_default=0, default=0, verbose_name="clicks"),
                ),
                (
                    "conversions",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="conversions"
                    ),
                ),
                (
                    "ctr",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.comparison.Cast(
                                "clicks", models.FloatField()
                            ),
                            "/",
                            django.db.models.functions.comparison.NullIf(
                                models.F("impressions"), models.Value(0)
                            ),
                        ),
                        help_text="Clicks for each impression; empty without impressions.",
                        output_field=models.FloatField(),
                        verbose_name="click-through rate",
                    ),
                ),
                (
                    "engagement_score",
                    models.FloatField(
                        blank=True,
                        help_text="0..100",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="engagement",
                    ),
                ),
                (
                    "performance_vs_template",
                    models.FloatField(
                        blank=True,
                        help_text="As a share: -1 is all lost, 0.25 a quarter more.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-1),
                            django.core.validators.MaxValueValidator(1000000000000000.0),
                        ],
                        verbose_name="compared with its template",
                    ),
                ),
                ("model_used", models.CharField(blank=True, max_length=100, verbose_name="model")),
                (
                    "generation_time",
                    models.FloatField(
                        blank=True,
                        help_text="In seconds.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="time of generation",
                    ),
                ),
                (
                    "generation_cost",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal(0))],
                        verbose_name="cost of generation",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        db_default="USD",
                        default="USD",
                        help_text="ISO 4217, such as SAR.",
                        max_length=3,
                        validators=[django.core.validators.RegexValidator("^[A-Z]{3}$")],
                        verbose_name="currency",
                    ),
                ),
                (
                    "quality_score",
                    models.FloatField(
                        blank=True,
                        help_text="0..100",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="quality",
                    ),
                ),
                (
                    "campaign",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="personalized_contents",
                        to="personalization.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "template",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="personalized_contents",
                        to="personalization.contenttemplate",
                        verbose_name="template",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="The member for whom it was made.",
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
                "verbose_name": "personalized content",
                "verbose_name_plural": "personalized content",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["workspace", "-id"], name="personalized_newest"),
                    models.Index(fields=["workspace", "user", "-id"], name="personalized_user"),
                    models.Index(
                        fields=["workspace", "campaign", "-id"], name="personalized_campaign"
                    ),
                    models.Index(
                        fields=["workspace", "template", "-id"], name="personalized_template"
                    ),
                    models.Index(
                        fields=["workspace", "content_type", "-id"], name="personalized_type"
                    ),
                    models.Index(
                        fields=["workspace", "-engagement_score", "-id"],
                        name="personalized_engagement",
                    ),
                    models.Index(
                        fields=["workspace", "-performance_vs_template", "-id"],
                        name="personalized_vs_template",
                    ),
                    models.Index(
                        fields=["workspace", "-created_at", "-id"], name="personalized_created"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "file_path"),
                        name="personalization_personalizedcontent_file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("content_type__isnull", True),
                            (
                                "content_type__in",
                                [
                                    "blog",
                                    "social",
                                    "email",
                                    "ad_copy",
                                    "landing_page",
                                    "image",
                                    "video",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="personalization_personalizedcontent_content_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("engagement_score__isnull", True),
                            models.Q(("engagement_score__gte", 0), ("engagement_score__lte", 100)),
                            _connector="OR",
                        ),
                        name="personalization_personalizedcontent_engagement_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quality_score__isnull", True),
                            models.Q(("quality_score__gte", 0), ("quality_score__lte", 100)),
                            _connector="OR",
                        ),
                        name="personalization_personalizedcontent_quality_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("performance_vs_template__isnull", True),
                            models.Q(
                                ("performance_vs_template__gte", -1),
                                ("performance_vs_template__lte", 1000000000000000.0),
                            ),
                            _connector="OR",
                        ),
                        name="personalization_personalizedcontent_performance_vs_template",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("generation_time__isnull", True),
                            models.Q(
                                ("generation_time__gte", 0), ("generation_time__lt", float("inf"))
                            ),
                            _connector="OR",
                        ),
                        name="personalization_personalizedcontent_generation_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("generation_cost__isnull", True),
                            ("generation_cost__gte", 0),
                            _connector="OR",
                        ),
                        name="personalization_personalizedcontent_generation_cost",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("currency__regex", "^[A-Z]{3}$")),
                        name="personalization_personalizedcontent_currency",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BehaviorPattern",
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
                    "embedding",
                    pgvector.django.halfvec.HalfVectorField(
                        blank=True, editable=False, null=True, verbose_name="embedding"
                    ),
                ),
                (
                    "embedding_model",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("all-minilm-l6-v2", "all-MiniLM-L6-v2"),
                            ("text-embedding-3-small", "text-embedding-3-small"),
                            ("text-embedding-3-large", "text-embedding-3-large"),
                        ],
                        editable=False,
                        max_length=40,
                        verbose_name="embedding model",
                    ),
                ),
                ("segment", models.CharField(blank=True, max_length=50, verbose_name="segment")),
                ("pattern_type", models.CharField(blank=True, max_length=50, verbose_name="type")),
                (
                    "frequency",
                    models.FloatField(
                        blank=True,
                        help_text="Times a week that it is seen.",
                        null=True,
                        verbose_name="frequency",
                    ),
                ),
                (
                    "conversion_rate",
                    models.FloatField(
                        blank=True,
                        help_text="0..1",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="conversion rate",
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
                "verbose_name": "behaviour pattern",
                "verbose_name_plural": "behaviour patterns",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "embedding_model"], name="behaviorpattern_model"
                    ),
                    models.Index(
                        fields=["workspace", "segment", "-id"], name="behaviorpattern_segment"
                    ),
                    models.Index(
                        fields=["workspace", "pattern_type", "-id"], name="behaviorpattern_type"
                    ),
                    pgvector.django.indexes.HnswIndex(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.comparison.Cast(
                                "embedding", pgvector.django.halfvec.HalfVectorField(dimensions=384)
                            ),
                            name="halfvec_cosine_ops",
                        ),
                        condition=models.Q(("embedding_model", "all-minilm-l6-v2")),
                        ef_construction=64,
                        m=16,
                        name="behaviorpattern_0_hnsw",
                    ),
                    pgvector.django.indexes.HnswIndex(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.comparison.Cast(
                                "embedding",
                                pgvector.django.halfvec.HalfVectorField(dimensions=1536),
                            ),
                            name="halfvec_cosine_ops",
                        ),
                        condition=models.Q(("embedding_model", "text-embedding-3-small")),
                        ef_construction=64,
                        m=16,
                        name="behaviorpattern_1_hnsw",
                    ),
                    pgvector.django.indexes.HnswIndex(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.comparison.Cast(
                                "embedding",
                                pgvector.django.halfvec.HalfVectorField(dimensions=1536),
                            ),
                            name="halfvec_cosine_ops",
                        ),
                        condition=models.Q(("embedding_model", "text-embedding-3-large")),
                        ef_construction=64,
                        m=16,
                        name="behaviorpattern_2_hnsw",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("frequency__isnull", True),
                            models.Q(("frequency__gte", 0), ("frequency__lt", float("inf"))),
                            _connector="OR",
                        ),
                        name="personalization_behaviorpattern_frequency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("conversion_rate__isnull", True),
                            models.Q(("conversion_rate__gte", 0), ("conversion_rate__lte", 1)),
                            _connector="OR",
                        ),
                        name="personalization_behaviorpattern_conversion_rate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("embedding__isnull", True), ("embedding_model", "")),
                            models.Q(
                                django.db.models.lookups.Exact(
                                    models.Func(
                                        "embedding",
                                        function="vector_dims",
                                        output_field=models.IntegerField(),
                                    ),
                                    384,
                                ),
                                ("embedding__isnull", False),
                                ("embedding_model", "all-minilm-l6-v2"),
                            ),
                            models.Q(
                                django.db.models.lookups.Exact(
                                    models.Func(
                                        "embedding",
                                        function="vector_dims",
                                        output_field=models.IntegerField(),
                                    ),
                                    1536,
                                ),
                                ("embedding__isnull", False),
                                ("embedding_model", "text-embedding-3-small"),
                            ),
                            models.Q(
                                django.db.models.lookups.Exact(
                                    models.Func(
                                        "embedding",
                                        function="vector_dims",
                                        output_field=models.IntegerField(),
                                    ),
                                    1536,
                                ),
                                ("embedding__isnull", False),
                                ("embedding_model", "text-embedding-3-large"),
                            ),
                            _connector="OR",
                        ),
                        name="personalization_behaviorpattern_embedding_length",
                    ),
                ],
            },
        ),
    ]
