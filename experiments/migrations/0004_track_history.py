"""The history of what people configure: tables, triggers, row security."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import accounts.history
import accounts.models.base
import accounts.tenancy.history
from accounts.tenancy.history import secured_history


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_track_history"),
        ("experiments", "0003_secure_rows"),
        ("personalization", "0003_track_history"),
    ]

    operations = [
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
        accounts.tenancy.history.KeepTriggers(
            model="abtest",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="history_insert",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "experiments_abtesthistory" ("id", "created_at", "workspace_id", "user_id", "profile_id", "campaign_id", "name", "test_type", "hypothesis", "confidence_threshold", "sample_size", "duration_days", "traffic_split", "status", "start_date", "end_date", "winning_variation_id", "currency", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."user_id", NEW."profile_id", NEW."campaign_id", NEW."name", NEW."test_type", NEW."hypothesis", NEW."confidence_threshold", NEW."sample_size", NEW."duration_days", NEW."traffic_split", NEW."status", NEW."start_date", NEW."end_date", NEW."winning_variation_id", NEW."currency", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'insert\', NEW."id"); return null;',
                        hash="10aba4881d2dfcfe8eae05f5b4b6d5367e000541",
                        operation="INSERT",
                        pgid="pgtrigger_history_insert_28ea6",
                        table="experiments_abtest",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_update",
                    sql=accounts.history.OwnersTriggerSql(
                        condition='WHEN (OLD."campaign_id" IS DISTINCT FROM (NEW."campaign_id") OR OLD."confidence_threshold" IS DISTINCT FROM (NEW."confidence_threshold") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."duration_days" IS DISTINCT FROM (NEW."duration_days") OR OLD."end_date" IS DISTINCT FROM (NEW."end_date") OR OLD."hypothesis" IS DISTINCT FROM (NEW."hypothesis") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."profile_id" IS DISTINCT FROM (NEW."profile_id") OR OLD."sample_size" IS DISTINCT FROM (NEW."sample_size") OR OLD."start_date" IS DISTINCT FROM (NEW."start_date") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."test_type" IS DISTINCT FROM (NEW."test_type") OR OLD."traffic_split" IS DISTINCT FROM (NEW."traffic_split") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."winning_variation_id" IS DISTINCT FROM (NEW."winning_variation_id") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id"))',
                        func='insert into "experiments_abtesthistory" ("id", "created_at", "workspace_id", "user_id", "profile_id", "campaign_id", "name", "test_type", "hypothesis", "confidence_threshold", "sample_size", "duration_days", "traffic_split", "status", "start_date", "end_date", "winning_variation_id", "currency", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."user_id", NEW."profile_id", NEW."campaign_id", NEW."name", NEW."test_type", NEW."hypothesis", NEW."confidence_threshold", NEW."sample_size", NEW."duration_days", NEW."traffic_split", NEW."status", NEW."start_date", NEW."end_date", NEW."winning_variation_id", NEW."currency", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'update\', NEW."id"); return null;',
                        hash="c050eb94896fb1a6d9576c392034f75ee7cd0092",
                        operation="UPDATE",
                        pgid="pgtrigger_history_update_aaa54",
                        table="experiments_abtest",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_delete",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "experiments_abtesthistory" ("id", "created_at", "workspace_id", "user_id", "profile_id", "campaign_id", "name", "test_type", "hypothesis", "confidence_threshold", "sample_size", "duration_days", "traffic_split", "status", "start_date", "end_date", "winning_variation_id", "currency", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (OLD."id", OLD."created_at", OLD."workspace_id", OLD."user_id", OLD."profile_id", OLD."campaign_id", OLD."name", OLD."test_type", OLD."hypothesis", OLD."confidence_threshold", OLD."sample_size", OLD."duration_days", OLD."traffic_split", OLD."status", OLD."start_date", OLD."end_date", OLD."winning_variation_id", OLD."currency", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'delete\', OLD."id"); return null;',
                        hash="778794a10c0f9f9536b576e2ef1710afb14f4423",
                        operation="DELETE",
                        pgid="pgtrigger_history_delete_3f087",
                        table="experiments_abtest",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        accounts.tenancy.history.KeepTriggers(
            model="testvariation",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="history_insert",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "experiments_testvariationhistory" ("id", "created_at", "workspace_id", "ab_test_id", "variation_id", "name", "description", "traffic_percentage", "content_configuration", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."ab_test_id", NEW."variation_id", NEW."name", NEW."description", NEW."traffic_percentage", NEW."content_configuration", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'insert\', NEW."id"); return null;',
                        hash="ba4d066c1ba7bb0199f7d297accb0c239d430e56",
                        operation="INSERT",
                        pgid="pgtrigger_history_insert_c0ce9",
                        table="experiments_testvariation",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_update",
                    sql=accounts.history.OwnersTriggerSql(
                        condition='WHEN (OLD."ab_test_id" IS DISTINCT FROM (NEW."ab_test_id") OR OLD."content_configuration" IS DISTINCT FROM (NEW."content_configuration") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."traffic_percentage" IS DISTINCT FROM (NEW."traffic_percentage") OR OLD."variation_id" IS DISTINCT FROM (NEW."variation_id") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id"))',
                        func='insert into "experiments_testvariationhistory" ("id", "created_at", "workspace_id", "ab_test_id", "variation_id", "name", "description", "traffic_percentage", "content_configuration", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."ab_test_id", NEW."variation_id", NEW."name", NEW."description", NEW."traffic_percentage", NEW."content_configuration", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'update\', NEW."id"); return null;',
                        hash="cbdded9baf62c3722b1b64ba9509f502f3434158",
                        operation="UPDATE",
                        pgid="pgtrigger_history_update_21f98",
                        table="experiments_testvariation",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_delete",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "experiments_testvariationhistory" ("id", "created_at", "workspace_id", "ab_test_id", "variation_id", "name", "description", "traffic_percentage", "content_configuration", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (OLD."id", OLD."created_at", OLD."workspace_id", OLD."ab_test_id", OLD."variation_id", OLD."name", OLD."description", OLD."traffic_percentage", OLD."content_configuration", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'delete\', OLD."id"); return null;',
                        hash="56da41ab85774ac3bfddb99d5359b460f410a638",
                        operation="DELETE",
                        pgid="pgtrigger_history_delete_1f3ef",
                        table="experiments_testvariation",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        accounts.tenancy.history.KeepTriggers(
            model="abtesthistory",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n    if current_setting('app.redaction', true) = 'on' then\n        if tg_op = 'DELETE' then\n            return old;\n        end if;\n        return new;\n    end if;\n    raise restrict_violation using message = 'history is only ever added to',\n        hint = 'people are erased from it by accounts_redact_history()';\n",
                        hash="18861fefc0176e277073bf4b5e8f83bb8fcc607d",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_ef72a",
                        table="experiments_abtesthistory",
                        when="BEFORE",
                    ),
                )
            ],
        ),
        accounts.tenancy.history.KeepTriggers(
            model="testvariationhistory",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n    if current_setting('app.redaction', true) = 'on' then\n        if tg_op = 'DELETE' then\n            return old;\n        end if;\n        return new;\n    end if;\n    raise restrict_violation using message = 'history is only ever added to',\n        hint = 'people are erased from it by accounts_redact_history()';\n",
                        hash="989942a723d4ef5d6b19ea0a1349b95b33bab26c",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_20429",
                        table="experiments_testvariationhistory",
                        when="BEFORE",
                    ),
                )
            ],
        ),
        *secured_history("ABTest", "TestVariation"),
    ]
