"""Tests, their variations and results."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import accounts.history
import accounts.models.base


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0007_track_history"),
        ("personalization", "0003_track_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

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
                (
                    "campaign",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="ab_tests",
                        to="personalization.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "profile",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="ab_tests",
                        to="personalization.metauserprofile",
                        verbose_name="marketing profile",
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
                "verbose_name": "test",
                "verbose_name_plural": "tests",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["workspace", "user", "status"], name="abtest_user_status"),
                    models.Index(fields=["workspace", "status", "-id"], name="abtest_status"),
                    models.Index(fields=["workspace", "test_type", "-id"], name="abtest_type"),
                    models.Index(fields=["workspace", "-start_date", "-id"], name="abtest_start"),
                    models.Index(
                        fields=["workspace", "significance_status", "-id"],
                        name="abtest_significance",
                    ),
                    models.Index(fields=["workspace", "campaign", "-id"], name="abtest_campaign"),
                    models.Index(fields=["workspace", "profile"], name="abtest_profile"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "name"), name="experiments_abtest_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("test_type__isnull", True),
                            (
                                "test_type__in",
                                ["simple_ab", "multivariate", "split_url", "content_variation"],
                            ),
                            _connector="OR",
                        ),
                        name="experiments_abtest_test_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__isnull", True),
                            ("status__in", ["draft", "active", "paused", "completed", "cancelled"]),
                            _connector="OR",
                        ),
                        name="experiments_abtest_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("significance_status__isnull", True),
                            (
                                "significance_status__in",
                                [
                                    "not_significant",
                                    "approaching",
                                    "significant",
                                    "highly_significant",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="experiments_abtest_significance_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confidence_threshold__isnull", True),
                            models.Q(
                                ("confidence_threshold__gte", 0), ("confidence_threshold__lte", 1)
                            ),
                            _connector="OR",
                        ),
                        name="experiments_abtest_confidence_threshold",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confidence_level__isnull", True),
                            models.Q(("confidence_level__gte", 0), ("confidence_level__lte", 1)),
                            _connector="OR",
                        ),
                        name="experiments_abtest_confidence_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("p_value__isnull", True),
                            models.Q(("p_value__gte", 0), ("p_value__lte", 1)),
                            _connector="OR",
                        ),
                        name="experiments_abtest_p_value",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("projected_lift__isnull", True),
                            models.Q(
                                ("projected_lift__gte", -1),
                                ("projected_lift__lte", 1000000000000000.0),
                            ),
                            _connector="OR",
                        ),
                        name="experiments_abtest_projected_lift",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("currency__regex", "^[A-Z]{3}$")),
                        name="experiments_abtest_currency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("start_date__isnull", True),
                            ("end_date__isnull", True),
                            ("end_date__gte", models.F("start_date")),
                            _connector="OR",
                        ),
                        name="experiments_abtest_end_date_after_start_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ["active", "paused", "completed"]), _negated=True
                            ),
                            ("start_date__isnull", False),
                            _connector="OR",
                        ),
                        name="experiments_abtest_has_started",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("end_date__isnull", False),
                                ("status__in", ["completed", "cancelled"]),
                            ),
                            models.Q(
                                ("end_date__isnull", True),
                                ("status__in", ["draft", "active", "paused"]),
                            ),
                            _connector="OR",
                        ),
                        name="experiments_abtest_has_ended",
                    ),
                ],
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
                (
                    "ab_test",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="variations",
                        to="experiments.abtest",
                        verbose_name="test",
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
                "verbose_name": "variation",
                "verbose_name_plural": "variations",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "ab_test", "-conversion_rate", "-id"],
                        name="testvariation_conversion_rate",
                    ),
                    models.Index(
                        fields=["workspace", "ab_test", "-ctr", "-id"], name="testvariation_ctr"
                    ),
                    models.Index(
                        fields=["workspace", "variation_id"], name="testvariation_identifier"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "ab_test", "variation_id"),
                        name="experiments_testvariation_identifier",
                    ),
                    models.UniqueConstraint(
                        fields=("workspace", "ab_test", "name"),
                        name="experiments_testvariation_name",
                    ),
                    models.UniqueConstraint(
                        fields=("ab_test", "id"), name="experiments_testvariation_of_test"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confidence_interval_lower__isnull", True),
                            models.Q(
                                ("confidence_interval_lower__gte", 0),
                                ("confidence_interval_lower__lte", 1),
                            ),
                            _connector="OR",
                        ),
                        name="experiments_testvariation_confidence_interval_lower",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confidence_interval_upper__isnull", True),
                            models.Q(
                                ("confidence_interval_upper__gte", 0),
                                ("confidence_interval_upper__lte", 1),
                            ),
                            _connector="OR",
                        ),
                        name="experiments_testvariation_confidence_interval_upper",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("statistical_power__isnull", True),
                            models.Q(("statistical_power__gte", 0), ("statistical_power__lte", 1)),
                            _connector="OR",
                        ),
                        name="experiments_testvariation_statistical_power",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confidence_interval_lower__isnull", True),
                            ("confidence_interval_upper__isnull", True),
                            (
                                "confidence_interval_upper__gte",
                                models.F("confidence_interval_lower"),
                            ),
                            _connector="OR",
                        ),
                        name="experiments_testvariation_interval",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("traffic_percentage__gte", 0), ("traffic_percentage__lte", 100)
                        ),
                        name="experiments_testvariation_traffic_percentage",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("conversions__lte", models.F("visitors"))),
                        name="experiments_testvariation_conversions_of_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revenue__isnull", True), ("revenue__gte", 0), _connector="OR"
                        ),
                        name="experiments_testvariation_revenue",
                    ),
                ],
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
                (
                    "ab_test",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="results",
                        to="experiments.abtest",
                        verbose_name="test",
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
                    "winning_variation",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="experiments.testvariation",
                        verbose_name="winner",
                    ),
                ),
            ],
            options={
                "verbose_name": "result of a test",
                "verbose_name_plural": "results of tests",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "significance_status", "-id"],
                        name="testresult_significance",
                    ),
                    models.Index(
                        fields=["workspace", "-calculated_at", "-id"], name="testresult_calculated"
                    ),
                    models.Index(
                        fields=["workspace", "-confidence_level", "-id"],
                        name="testresult_confidence",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "ab_test", "calculated_at"),
                        name="experiments_testresult_calculation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("significance_status__isnull", True),
                            (
                                "significance_status__in",
                                [
                                    "not_significant",
                                    "approaching",
                                    "significant",
                                    "highly_significant",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="experiments_testresult_significance_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("p_value__isnull", True),
                            models.Q(("p_value__gte", 0), ("p_value__lte", 1)),
                            _connector="OR",
                        ),
                        name="experiments_testresult_p_value",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("statistical_power__isnull", True),
                            models.Q(("statistical_power__gte", 0), ("statistical_power__lte", 1)),
                            _connector="OR",
                        ),
                        name="experiments_testresult_statistical_power",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confidence_level__isnull", True),
                            models.Q(("confidence_level__gte", 0), ("confidence_level__lte", 1)),
                            _connector="OR",
                        ),
                        name="experiments_testresult_confidence_level",
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
                        name="experiments_testresult_effect_size",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("projected_lift__isnull", True),
                            models.Q(
                                ("projected_lift__gte", -1),
                                ("projected_lift__lte", 1000000000000000.0),
                            ),
                            _connector="OR",
                        ),
                        name="experiments_testresult_projected_lift",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("duration_days__isnull", True),
                            models.Q(
                                ("duration_days__gte", 0), ("duration_days__lt", float("inf"))
                            ),
                            _connector="OR",
                        ),
                        name="experiments_testresult_duration_days",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ABTestHistory",
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
                    "campaign",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="personalization.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="experiments.abtest",
                    ),
                ),
                (
                    "profile",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="personalization.metauserprofile",
                        verbose_name="marketing profile",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        help_text="Who set it up.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
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
                    "winning_variation",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="experiments.testvariation",
                        verbose_name="winner",
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
            model_name="abtest",
            name="winning_variation",
            field=accounts.models.base.TenantForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="experiments.testvariation",
                verbose_name="winner",
            ),
        ),
        migrations.CreateModel(
            name="TestVariationHistory",
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
                    "ab_test",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="experiments.abtest",
                        verbose_name="test",
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
                        to="experiments.testvariation",
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
    ]
