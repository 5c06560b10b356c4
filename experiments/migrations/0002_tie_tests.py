"""Tests, variations and results point at each other: their keys come after the tables."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.models.base


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_secure_profiles_and_credentials"),
        ("experiments", "0001_initial"),
        ("personalization", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="abtest",
            name="campaign",
            field=accounts.models.base.TenantForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="ab_tests",
                to="personalization.campaign",
                verbose_name="campaign",
            ),
        ),
        migrations.AddField(
            model_name="abtest",
            name="profile",
            field=accounts.models.base.TenantForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="ab_tests",
                to="personalization.metauserprofile",
                verbose_name="marketing profile",
            ),
        ),
        migrations.AddField(
            model_name="abtest",
            name="user",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="abtest",
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
            model_name="testresult",
            name="ab_test",
            field=accounts.models.base.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="results",
                to="experiments.abtest",
                verbose_name="test",
            ),
        ),
        migrations.AddField(
            model_name="testresult",
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
            model_name="testvariation",
            name="ab_test",
            field=accounts.models.base.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="variations",
                to="experiments.abtest",
                verbose_name="test",
            ),
        ),
        migrations.AddField(
            model_name="testvariation",
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
            model_name="testresult",
            name="winning_variation",
            field=accounts.models.base.TenantForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="experiments.testvariation",
                verbose_name="winner",
            ),
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
        migrations.AddIndex(
            model_name="testvariation",
            index=models.Index(
                fields=["workspace", "ab_test", "-conversion_rate", "-id"],
                name="testvariation_conversion_rate",
            ),
        ),
        migrations.AddIndex(
            model_name="testvariation",
            index=models.Index(
                fields=["workspace", "ab_test", "-ctr", "-id"], name="testvariation_ctr"
            ),
        ),
        migrations.AddIndex(
            model_name="testvariation",
            index=models.Index(
                fields=["workspace", "variation_id"], name="testvariation_identifier"
            ),
        ),
        migrations.AddConstraint(
            model_name="testvariation",
            constraint=models.UniqueConstraint(
                fields=("workspace", "ab_test", "variation_id"),
                name="experiments_testvariation_identifier",
            ),
        ),
        migrations.AddConstraint(
            model_name="testvariation",
            constraint=models.UniqueConstraint(
                fields=("workspace", "ab_test", "name"), name="experiments_testvariation_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="testvariation",
            constraint=models.UniqueConstraint(
                fields=("ab_test", "id"), name="experiments_testvariation_of_test"
            ),
        ),
        migrations.AddConstraint(
            model_name="testvariation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confidence_interval_lower__isnull", True),
                    models.Q(
                        ("confidence_interval_lower__gte", 0), ("confidence_interval_lower__lte", 1)
                    ),
                    _connector="OR",
                ),
                name="experiments_testvariation_confidence_interval_lower",
            ),
        ),
        migrations.AddConstraint(
            model_name="testvariation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confidence_interval_upper__isnull", True),
                    models.Q(
                        ("confidence_interval_upper__gte", 0), ("confidence_interval_upper__lte", 1)
                    ),
                    _connector="OR",
                ),
                name="experiments_testvariation_confidence_interval_upper",
            ),
        ),
        migrations.AddConstraint(
            model_name="testvariation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("statistical_power__isnull", True),
                    models.Q(("statistical_power__gte", 0), ("statistical_power__lte", 1)),
                    _connector="OR",
                ),
                name="experiments_testvariation_statistical_power",
            ),
        ),
        migrations.AddConstraint(
            model_name="testvariation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confidence_interval_lower__isnull", True),
                    ("confidence_interval_upper__isnull", True),
                    ("confidence_interval_upper__gte", models.F("confidence_interval_lower")),
                    _connector="OR",
                ),
                name="experiments_testvariation_interval",
            ),
        ),
        migrations.AddConstraint(
            model_name="testvariation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("traffic_percentage__gte", 0), ("traffic_percentage__lte", 100)
                ),
                name="experiments_testvariation_traffic_percentage",
            ),
        ),
        migrations.AddConstraint(
            model_name="testvariation",
            constraint=models.CheckConstraint(
                condition=models.Q(("conversions__lte", models.F("visitors"))),
                name="experiments_testvariation_conversions_of_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="testvariation",
            constraint=models.CheckConstraint(
                condition=models.Q(("revenue__isnull", True), ("revenue__gte", 0), _connector="OR"),
                name="experiments_testvariation_revenue",
            ),
        ),
        migrations.AddIndex(
            model_name="testresult",
            index=models.Index(
                fields=["workspace", "significance_status", "-id"], name="testresult_significance"
            ),
        ),
        migrations.AddIndex(
            model_name="testresult",
            index=models.Index(
                fields=["workspace", "-calculated_at", "-id"], name="testresult_calculated"
            ),
        ),
        migrations.AddIndex(
            model_name="testresult",
            index=models.Index(
                fields=["workspace", "-confidence_level", "-id"], name="testresult_confidence"
            ),
        ),
        migrations.AddConstraint(
            model_name="testresult",
            constraint=models.UniqueConstraint(
                fields=("workspace", "ab_test", "calculated_at"),
                name="experiments_testresult_calculation",
            ),
        ),
        migrations.AddConstraint(
            model_name="testresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("significance_status__isnull", True),
                    (
                        "significance_status__in",
                        ["not_significant", "approaching", "significant", "highly_significant"],
                    ),
                    _connector="OR",
                ),
                name="experiments_testresult_significance_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="testresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("p_value__isnull", True),
                    models.Q(("p_value__gte", 0), ("p_value__lte", 1)),
                    _connector="OR",
                ),
                name="experiments_testresult_p_value",
            ),
        ),
        migrations.AddConstraint(
            model_name="testresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("statistical_power__isnull", True),
                    models.Q(("statistical_power__gte", 0), ("statistical_power__lte", 1)),
                    _connector="OR",
                ),
                name="experiments_testresult_statistical_power",
            ),
        ),
        migrations.AddConstraint(
            model_name="testresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confidence_level__isnull", True),
                    models.Q(("confidence_level__gte", 0), ("confidence_level__lte", 1)),
                    _connector="OR",
                ),
                name="experiments_testresult_confidence_level",
            ),
        ),
        migrations.AddConstraint(
            model_name="testresult",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="testresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("projected_lift__isnull", True),
                    models.Q(
                        ("projected_lift__gte", -1), ("projected_lift__lte", 1000000000000000.0)
                    ),
                    _connector="OR",
                ),
                name="experiments_testresult_projected_lift",
            ),
        ),
        migrations.AddConstraint(
            model_name="testresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("duration_days__isnull", True),
                    models.Q(("duration_days__gte", 0), ("duration_days__lt", float("inf"))),
                    _connector="OR",
                ),
                name="experiments_testresult_duration_days",
            ),
        ),
        migrations.AddIndex(
            model_name="abtest",
            index=models.Index(fields=["workspace", "user", "status"], name="abtest_user_status"),
        ),
        migrations.AddIndex(
            model_name="abtest",
            index=models.Index(fields=["workspace", "status", "-id"], name="abtest_status"),
        ),
        migrations.AddIndex(
            model_name="abtest",
            index=models.Index(fields=["workspace", "test_type", "-id"], name="abtest_type"),
        ),
        migrations.AddIndex(
            model_name="abtest",
            index=models.Index(fields=["workspace", "-start_date", "-id"], name="abtest_start"),
        ),
        migrations.AddIndex(
            model_name="abtest",
            index=models.Index(
                fields=["workspace", "significance_status", "-id"], name="abtest_significance"
            ),
        ),
        migrations.AddIndex(
            model_name="abtest",
            index=models.Index(fields=["workspace", "campaign", "-id"], name="abtest_campaign"),
        ),
        migrations.AddIndex(
            model_name="abtest",
            index=models.Index(fields=["workspace", "profile"], name="abtest_profile"),
        ),
        migrations.AddConstraint(
            model_name="abtest",
            constraint=models.UniqueConstraint(
                fields=("workspace", "name"), name="experiments_abtest_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="abtest",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="abtest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__isnull", True),
                    ("status__in", ["draft", "active", "paused", "completed", "cancelled"]),
                    _connector="OR",
                ),
                name="experiments_abtest_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="abtest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("significance_status__isnull", True),
                    (
                        "significance_status__in",
                        ["not_significant", "approaching", "significant", "highly_significant"],
                    ),
                    _connector="OR",
                ),
                name="experiments_abtest_significance_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="abtest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confidence_threshold__isnull", True),
                    models.Q(("confidence_threshold__gte", 0), ("confidence_threshold__lte", 1)),
                    _connector="OR",
                ),
                name="experiments_abtest_confidence_threshold",
            ),
        ),
        migrations.AddConstraint(
            model_name="abtest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confidence_level__isnull", True),
                    models.Q(("confidence_level__gte", 0), ("confidence_level__lte", 1)),
                    _connector="OR",
                ),
                name="experiments_abtest_confidence_level",
            ),
        ),
        migrations.AddConstraint(
            model_name="abtest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("p_value__isnull", True),
                    models.Q(("p_value__gte", 0), ("p_value__lte", 1)),
                    _connector="OR",
                ),
                name="experiments_abtest_p_value",
            ),
        ),
        migrations.AddConstraint(
            model_name="abtest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("projected_lift__isnull", True),
                    models.Q(
                        ("projected_lift__gte", -1), ("projected_lift__lte", 1000000000000000.0)
                    ),
                    _connector="OR",
                ),
                name="experiments_abtest_projected_lift",
            ),
        ),
        migrations.AddConstraint(
            model_name="abtest",
            constraint=models.CheckConstraint(
                condition=models.Q(("currency__regex", "^[A-Z]{3}$")),
                name="experiments_abtest_currency",
            ),
        ),
        migrations.AddConstraint(
            model_name="abtest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("start_date__isnull", True),
                    ("end_date__isnull", True),
                    ("end_date__gte", models.F("start_date")),
                    _connector="OR",
                ),
                name="experiments_abtest_end_date_after_start_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="abtest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["active", "paused", "completed"]), _negated=True),
                    ("start_date__isnull", False),
                    _connector="OR",
                ),
                name="experiments_abtest_has_started",
            ),
        ),
        migrations.AddConstraint(
            model_name="abtest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("end_date__isnull", False), ("status__in", ["completed", "cancelled"])
                    ),
                    models.Q(
                        ("end_date__isnull", True), ("status__in", ["draft", "active", "paused"])
                    ),
                    _connector="OR",
                ),
                name="experiments_abtest_has_ended",
            ),
        ),
    ]
