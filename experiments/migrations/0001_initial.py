from decimal import Decimal

import django.core.validators
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.datetime
from django.db import migrations, models

import accounts.models.base


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ABTest",
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
                    "test_type",
                    models.CharField(
                        choices=[
                            ("simple_ab", "simple A/B"),
                            ("multivariate", "multivariate"),
                            ("split_url", "split address"),
                            ("content_variation", "variation of content"),
                        ],
                        default="simple_ab",
                        max_length=20,
                        verbose_name="type",
                    ),
                ),
                ("hypothesis", models.TextField(blank=True, verbose_name="hypothesis")),
                (
                    "confidence_threshold",
                    models.FloatField(
                        db_default=0.95,
                        default=0.95,
                        help_text="0..1",
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="wanted confidence",
                    ),
                ),
                (
                    "sample_size",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="People that each variation needs.",
                        null=True,
                        verbose_name="sample size",
                    ),
                ),
                (
                    "duration_days",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="In days.", null=True, verbose_name="planned duration"
                    ),
                ),
                (
                    "traffic_split",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        editable=False,
                        help_text="Per cent of the traffic for each variation, as it was at the start.",
                        verbose_name="split of traffic",
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
                            ("cancelled", "cancelled"),
                        ],
                        db_default="draft",
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "start_date",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="started at"
                    ),
                ),
                (
                    "end_date",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="ended at"
                    ),
                ),
                (
                    "confidence_level",
                    models.FloatField(
                        blank=True,
                        editable=False,
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
                    "significance_status",
                    models.CharField(
                        choices=[
                            ("not_significant", "not significant"),
                            ("approaching", "approaching significance"),
                            ("significant", "significant"),
                            ("highly_significant", "highly significant"),
                        ],
                        db_default="not_significant",
                        default="not_significant",
                        editable=False,
                        max_length=20,
                        verbose_name="significance",
                    ),
                ),
                (
                    "p_value",
                    models.FloatField(
                        blank=True,
                        editable=False,
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
                    "projected_lift",
                    models.FloatField(
                        blank=True,
                        editable=False,
                        help_text="As a share: -1 is all lost, 0.25 a quarter more.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-1),
                            django.core.validators.MaxValueValidator(1000000000000000.0),
                        ],
                        verbose_name="projected lift",
                    ),
                ),
                (
                    "revenue_impact",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        editable=False,
                        max_digits=14,
                        null=True,
                        verbose_name="impact on revenue",
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
            ],
            options={
                "verbose_name": "test",
                "verbose_name_plural": "tests",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TestResult",
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
                    "total_impressions",
                    models.PositiveBigIntegerField(default=0, verbose_name="impressions"),
                ),
                (
                    "total_conversions",
                    models.PositiveBigIntegerField(default=0, verbose_name="conversions"),
                ),
                (
                    "duration_days",
                    models.FloatField(
                        blank=True,
                        help_text="In days, from the start.",
                        null=True,
                        verbose_name="duration",
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
                    "statistical_power",
                    models.FloatField(
                        blank=True,
                        help_text="0..1",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="power",
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
                    "significance_status",
                    models.CharField(
                        choices=[
                            ("not_significant", "not significant"),
                            ("approaching", "approaching significance"),
                            ("significant", "significant"),
                            ("highly_significant", "highly significant"),
                        ],
                        default="not_significant",
                        max_length=20,
                        verbose_name="significance",
                    ),
                ),
                (
                    "projected_lift",
                    models.FloatField(
                        blank=True,
                        help_text="As a share: -1 is all lost, 0.25 a quarter more.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-1),
                            django.core.validators.MaxValueValidator(1000000000000000.0),
                        ],
                        verbose_name="projected lift",
                    ),
                ),
                (
                    "estimated_revenue_impact",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="In the test's currency.",
                        max_digits=14,
                        null=True,
                        verbose_name="impact on revenue",
                    ),
                ),
                (
                    "variation_comparisons",
                    models.JSONField(blank=True, default=list, verbose_name="comparisons"),
                ),
                (
                    "statistical_details",
                    models.JSONField(blank=True, default=dict, verbose_name="details"),
                ),
                ("calculated_at", models.DateTimeField(verbose_name="calculated at")),
            ],
            options={
                "verbose_name": "result of a test",
                "verbose_name_plural": "results of tests",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TestVariation",
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
                    "variation_id",
                    models.CharField(
                        help_text="A word of the test's own, such as control.",
                        max_length=64,
                        validators=[django.core.validators.RegexValidator("^[A-Za-z0-9_-]+$")],
                        verbose_name="identifier",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "traffic_percentage",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="Per cent; all of a test's make 100 when it starts.",
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal(0)),
                            django.core.validators.MaxValueValidator(Decimal(100)),
                        ],
                        verbose_name="share of traffic",
                    ),
                ),
                (
                    "content_configuration",
                    models.JSONField(blank=True, default=dict, verbose_name="content"),
                ),
                (
                    "visitors",
                    models.PositiveIntegerField(
                        db_default=0,
                        default=0,
                        editable=False,
                        help_text="Distinct people who saw it.",
                        verbose_name="people",
                    ),
                ),
                (
                    "impressions",
                    models.PositiveIntegerField(
                        db_default=0, default=0, editable=False, verbose_name="impressions"
                    ),
                ),
                (
                    "clicks",
                    models.PositiveIntegerField(
                        db_default=0, default=0, editable=False, verbose_name="clicks"
                    ),
                ),
                (
                    "conversions",
                    models.PositiveIntegerField(
                        db_default=0, default=0, editable=False, verbose_name="conversions"
                    ),
                ),
                (
                    "revenue",
                    models.DecimalField(
                        db_default=Decimal(0),
                        decimal_places=2,
                        default=Decimal(0),
                        editable=False,
                        help_text="In the test's currency.",
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(Decimal(0))],
                        verbose_name="revenue",
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
                    "conversion_rate",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.comparison.Cast(
                                "conversions", models.FloatField()
                            ),
                            "/",
                            django.db.models.functions.comparison.NullIf(
                                models.F("visitors"), models.Value(0)
                            ),
                        ),
                        help_text="Share of the people who converted, 0..1; empty without people.",
                        output_field=models.FloatField(),
                        verbose_name="conversion rate",
                    ),
                ),
                (
                    "revenue_per_visitor",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            models.F("revenue"),
                            "/",
                            django.db.models.functions.comparison.NullIf(
                                django.db.models.functions.comparison.Cast(
                                    "visitors", models.DecimalField(decimal_places=0, max_digits=14)
                                ),
                                models.Value(Decimal(0)),
                            ),
                        ),
                        help_text="In the test's currency; empty without people.",
                        output_field=models.DecimalField(decimal_places=4, max_digits=16),
                        verbose_name="revenue a person",
                    ),
                ),
                (
                    "confidence_interval_lower",
                    models.FloatField(
                        blank=True,
                        editable=False,
                        help_text="0..1",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="interval from",
                    ),
                ),
                (
                    "confidence_interval_upper",
                    models.FloatField(
                        blank=True,
                        editable=False,
                        help_text="0..1",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="interval to",
                    ),
                ),
                (
                    "statistical_power",
                    models.FloatField(
                        blank=True,
                        editable=False,
                        help_text="0..1",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="power",
                    ),
                ),
            ],
            options={
                "verbose_name": "variation",
                "verbose_name_plural": "variations",
                "abstract": False,
            },
        ),
    ]
