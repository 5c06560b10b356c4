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
        ("personalization", "0002_secure_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="AdCampaignHistory",
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
                        db_constraint=False,
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
                        to="personalization.adcampaign",
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
            name="CampaignHistory",
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
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="personalization.campaign",
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
            name="CampaignPersonalizationSettingsHistory",
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
                        db_constraint=False,
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
                        to="personalization.campaignpersonalizationsettings",
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
            ],
            options={
                "verbose_name": "history",
                "verbose_name_plural": "history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ContentTemplateHistory",
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
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="personalization.contenttemplate",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Whose it is; empty: the workspace's.",
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
            ],
            options={
                "verbose_name": "history",
                "verbose_name_plural": "history",
                "abstract": False,
            },
        ),
        accounts.tenancy.history.KeepTriggers(
            model="adcampaign",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="history_insert",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "personalization_adcampaignhistory" ("id", "created_at", "workspace_id", "campaign_id", "platform", "platform_campaign_id", "audience_config", "creatives", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."campaign_id", NEW."platform", NEW."platform_campaign_id", NEW."audience_config", NEW."creatives", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'insert\', NEW."id"); return null;',
                        hash="72b760841dff337b9817ba05951824aa755f02a8",
                        operation="INSERT",
                        pgid="pgtrigger_history_insert_26dad",
                        table="personalization_adcampaign",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_update",
                    sql=accounts.history.OwnersTriggerSql(
                        condition='WHEN (OLD."audience_config" IS DISTINCT FROM (NEW."audience_config") OR OLD."campaign_id" IS DISTINCT FROM (NEW."campaign_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."creatives" IS DISTINCT FROM (NEW."creatives") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."platform" IS DISTINCT FROM (NEW."platform") OR OLD."platform_campaign_id" IS DISTINCT FROM (NEW."platform_campaign_id") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id"))',
                        func='insert into "personalization_adcampaignhistory" ("id", "created_at", "workspace_id", "campaign_id", "platform", "platform_campaign_id", "audience_config", "creatives", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."campaign_id", NEW."platform", NEW."platform_campaign_id", NEW."audience_config", NEW."creatives", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'update\', NEW."id"); return null;',
                        hash="2274551cdc3bb8634241051c2077b71faeb3a602",
                        operation="UPDATE",
                        pgid="pgtrigger_history_update_077fd",
                        table="personalization_adcampaign",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_delete",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "personalization_adcampaignhistory" ("id", "created_at", "workspace_id", "campaign_id", "platform", "platform_campaign_id", "audience_config", "creatives", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (OLD."id", OLD."created_at", OLD."workspace_id", OLD."campaign_id", OLD."platform", OLD."platform_campaign_id", OLD."audience_config", OLD."creatives", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'delete\', OLD."id"); return null;',
                        hash="03967737afc4c85faf5475f11a6f7f33c384b1a5",
                        operation="DELETE",
                        pgid="pgtrigger_history_delete_abed1",
                        table="personalization_adcampaign",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        accounts.tenancy.history.KeepTriggers(
            model="campaign",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="history_insert",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "personalization_campaignhistory" ("id", "created_at", "workspace_id", "name", "type", "status", "config", "budget", "currency", "started_at", "ended_at", "created_by_id", "created_by_agent", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."name", NEW."type", NEW."status", NEW."config", NEW."budget", NEW."currency", NEW."started_at", NEW."ended_at", NEW."created_by_id", NEW."created_by_agent", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'insert\', NEW."id"); return null;',
                        hash="1b80899a6424173c31f340cb081edea0c29c6a61",
                        operation="INSERT",
                        pgid="pgtrigger_history_insert_afdf3",
                        table="personalization_campaign",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_update",
                    sql=accounts.history.OwnersTriggerSql(
                        condition='WHEN (OLD."budget" IS DISTINCT FROM (NEW."budget") OR OLD."config" IS DISTINCT FROM (NEW."config") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."created_by_agent" IS DISTINCT FROM (NEW."created_by_agent") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."started_at" IS DISTINCT FROM (NEW."started_at") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."type" IS DISTINCT FROM (NEW."type") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id"))',
                        func='insert into "personalization_campaignhistory" ("id", "created_at", "workspace_id", "name", "type", "status", "config", "budget", "currency", "started_at", "ended_at", "created_by_id", "created_by_agent", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."name", NEW."type", NEW."status", NEW."config", NEW."budget", NEW."currency", NEW."started_at", NEW."ended_at", NEW."created_by_id", NEW."created_by_agent", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'update\', NEW."id"); return null;',
                        hash="d3f2c69b21c56fa2e7ca2780f99474e5a363887d",
                        operation="UPDATE",
                        pgid="pgtrigger_history_update_ef129",
                        table="personalization_campaign",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_delete",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "personalization_campaignhistory" ("id", "created_at", "workspace_id", "name", "type", "status", "config", "budget", "currency", "started_at", "ended_at", "created_by_id", "created_by_agent", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (OLD."id", OLD."created_at", OLD."workspace_id", OLD."name", OLD."type", OLD."status", OLD."config", OLD."budget", OLD."currency", OLD."started_at", OLD."ended_at", OLD."created_by_id", OLD."created_by_agent", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'delete\', OLD."id"); return null;',
                        hash="7180a8bbbcf2ede25c5ad7b6342bd2c082a1cdec",
                        operation="DELETE",
                        pgid="pgtrigger_history_delete_3f7ed",
                        table="personalization_campaign",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        accounts.tenancy.history.KeepTriggers(
            model="campaignpersonalizationsettings",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="history_insert",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "personalization_campaignpersonalizationsettingshistory" ("id", "created_at", "workspace_id", "campaign_id", "user_id", "personalization_level", "auto_optimization_enabled", "dynamic_content_enabled", "adaptive_bidding_enabled", "audience_settings", "demographic_weights", "behavioral_triggers", "rotation_strategy", "content_templates", "dynamic_elements", "budget_allocation_strategy", "bid_adjustments", "performance_targets", "learning_priority", "optimization_frequency", "performance_thresholds", "ab_testing_enabled", "predictive_scaling_enabled", "real_time_optimization_enabled", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."campaign_id", NEW."user_id", NEW."personalization_level", NEW."auto_optimization_enabled", NEW."dynamic_content_enabled", NEW."adaptive_bidding_enabled", NEW."audience_settings", NEW."demographic_weights", NEW."behavioral_triggers", NEW."rotation_strategy", NEW."content_templates", NEW."dynamic_elements", NEW."budget_allocation_strategy", NEW."bid_adjustments", NEW."performance_targets", NEW."learning_priority", NEW."optimization_frequency", NEW."performance_thresholds", NEW."ab_testing_enabled", NEW."predictive_scaling_enabled", NEW."real_time_optimization_enabled", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'insert\', NEW."id"); return null;',
                        hash="a8eb54b468b2a878cf2ad6dd6167361de26b9a57",
                        operation="INSERT",
                        pgid="pgtrigger_history_insert_01c11",
                        table="personalization_campaignpersonalizationsettings",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_update",
                    sql=accounts.history.OwnersTriggerSql(
                        condition='WHEN (OLD."ab_testing_enabled" IS DISTINCT FROM (NEW."ab_testing_enabled") OR OLD."adaptive_bidding_enabled" IS DISTINCT FROM (NEW."adaptive_bidding_enabled") OR OLD."audience_settings" IS DISTINCT FROM (NEW."audience_settings") OR OLD."auto_optimization_enabled" IS DISTINCT FROM (NEW."auto_optimization_enabled") OR OLD."behavioral_triggers" IS DISTINCT FROM (NEW."behavioral_triggers") OR OLD."bid_adjustments" IS DISTINCT FROM (NEW."bid_adjustments") OR OLD."budget_allocation_strategy" IS DISTINCT FROM (NEW."budget_allocation_strategy") OR OLD."campaign_id" IS DISTINCT FROM (NEW."campaign_id") OR OLD."content_templates" IS DISTINCT FROM (NEW."content_templates") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."demographic_weights" IS DISTINCT FROM (NEW."demographic_weights") OR OLD."dynamic_content_enabled" IS DISTINCT FROM (NEW."dynamic_content_enabled") OR OLD."dynamic_elements" IS DISTINCT FROM (NEW."dynamic_elements") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."learning_priority" IS DISTINCT FROM (NEW."learning_priority") OR OLD."optimization_frequency" IS DISTINCT FROM (NEW."optimization_frequency") OR OLD."performance_targets" IS DISTINCT FROM (NEW."performance_targets") OR OLD."performance_thresholds" IS DISTINCT FROM (NEW."performance_thresholds") OR OLD."personalization_level" IS DISTINCT FROM (NEW."personalization_level") OR OLD."predictive_scaling_enabled" IS DISTINCT FROM (NEW."predictive_scaling_enabled") OR OLD."real_time_optimization_enabled" IS DISTINCT FROM (NEW."real_time_optimization_enabled") OR OLD."rotation_strategy" IS DISTINCT FROM (NEW."rotation_strategy") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id"))',
                        func='insert into "personalization_campaignpersonalizationsettingshistory" ("id", "created_at", "workspace_id", "campaign_id", "user_id", "personalization_level", "auto_optimization_enabled", "dynamic_content_enabled", "adaptive_bidding_enabled", "audience_settings", "demographic_weights", "behavioral_triggers", "rotation_strategy", "content_templates", "dynamic_elements", "budget_allocation_strategy", "bid_adjustments", "performance_targets", "learning_priority", "optimization_frequency", "performance_thresholds", "ab_testing_enabled", "predictive_scaling_enabled", "real_time_optimization_enabled", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."campaign_id", NEW."user_id", NEW."personalization_level", NEW."auto_optimization_enabled", NEW."dynamic_content_enabled", NEW."adaptive_bidding_enabled", NEW."audience_settings", NEW."demographic_weights", NEW."behavioral_triggers", NEW."rotation_strategy", NEW."content_templates", NEW."dynamic_elements", NEW."budget_allocation_strategy", NEW."bid_adjustments", NEW."performance_targets", NEW."learning_priority", NEW."optimization_frequency", NEW."performance_thresholds", NEW."ab_testing_enabled", NEW."predictive_scaling_enabled", NEW."real_time_optimization_enabled", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'update\', NEW."id"); return null;',
                        hash="625c27a1e588aba3531a0090258ae4b0f3c15b15",
                        operation="UPDATE",
                        pgid="pgtrigger_history_update_12caa",
                        table="personalization_campaignpersonalizationsettings",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_delete",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "personalization_campaignpersonalizationsettingshistory" ("id", "created_at", "workspace_id", "campaign_id", "user_id", "personalization_level", "auto_optimization_enabled", "dynamic_content_enabled", "adaptive_bidding_enabled", "audience_settings", "demographic_weights", "behavioral_triggers", "rotation_strategy", "content_templates", "dynamic_elements", "budget_allocation_strategy", "bid_adjustments", "performance_targets", "learning_priority", "optimization_frequency", "performance_thresholds", "ab_testing_enabled", "predictive_scaling_enabled", "real_time_optimization_enabled", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (OLD."id", OLD."created_at", OLD."workspace_id", OLD."campaign_id", OLD."user_id", OLD."personalization_level", OLD."auto_optimization_enabled", OLD."dynamic_content_enabled", OLD."adaptive_bidding_enabled", OLD."audience_settings", OLD."demographic_weights", OLD."behavioral_triggers", OLD."rotation_strategy", OLD."content_templates", OLD."dynamic_elements", OLD."budget_allocation_strategy", OLD."bid_adjustments", OLD."performance_targets", OLD."learning_priority", OLD."optimization_frequency", OLD."performance_thresholds", OLD."ab_testing_enabled", OLD."predictive_scaling_enabled", OLD."real_time_optimization_enabled", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'delete\', OLD."id"); return null;',
                        hash="34716c21d6037f2325ab159c080920db527ccf0d",
                        operation="DELETE",
                        pgid="pgtrigger_history_delete_cef28",
                        table="personalization_campaignpersonalizationsettings",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        accounts.tenancy.history.KeepTriggers(
            model="contenttemplate",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="history_insert",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "personalization_contenttemplatehistory" ("id", "created_at", "workspace_id", "user_id", "name", "description", "template_type", "category", "base_prompt", "personalization_variables", "style_parameters", "target_industries", "target_objectives", "target_demographics", "is_active", "is_public", "created_by_id", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."user_id", NEW."name", NEW."description", NEW."template_type", NEW."category", NEW."base_prompt", NEW."personalization_variables", NEW."style_parameters", NEW."target_industries", NEW."target_objectives", NEW."target_demographics", NEW."is_active", NEW."is_public", NEW."created_by_id", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'insert\', NEW."id"); return null;',
                        hash="8675c56f6a4c1ef90abd2062ca7e1e0cc799334d",
                        operation="INSERT",
                        pgid="pgtrigger_history_insert_3f37e",
                        table="personalization_contenttemplate",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_update",
                    sql=accounts.history.OwnersTriggerSql(
                        condition='WHEN (OLD."base_prompt" IS DISTINCT FROM (NEW."base_prompt") OR OLD."category" IS DISTINCT FROM (NEW."category") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_public" IS DISTINCT FROM (NEW."is_public") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."personalization_variables" IS DISTINCT FROM (NEW."personalization_variables") OR OLD."style_parameters" IS DISTINCT FROM (NEW."style_parameters") OR OLD."target_demographics" IS DISTINCT FROM (NEW."target_demographics") OR OLD."target_industries" IS DISTINCT FROM (NEW."target_industries") OR OLD."target_objectives" IS DISTINCT FROM (NEW."target_objectives") OR OLD."template_type" IS DISTINCT FROM (NEW."template_type") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id"))',
                        func='insert into "personalization_contenttemplatehistory" ("id", "created_at", "workspace_id", "user_id", "name", "description", "template_type", "category", "base_prompt", "personalization_variables", "style_parameters", "target_industries", "target_objectives", "target_demographics", "is_active", "is_public", "created_by_id", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."user_id", NEW."name", NEW."description", NEW."template_type", NEW."category", NEW."base_prompt", NEW."personalization_variables", NEW."style_parameters", NEW."target_industries", NEW."target_objectives", NEW."target_demographics", NEW."is_active", NEW."is_public", NEW."created_by_id", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'update\', NEW."id"); return null;',
                        hash="663bed8d0efb6c004c0d2ba1c2600db9c906b037",
                        operation="UPDATE",
                        pgid="pgtrigger_history_update_bd99d",
                        table="personalization_contenttemplate",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_delete",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "personalization_contenttemplatehistory" ("id", "created_at", "workspace_id", "user_id", "name", "description", "template_type", "category", "base_prompt", "personalization_variables", "style_parameters", "target_industries", "target_objectives", "target_demographics", "is_active", "is_public", "created_by_id", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (OLD."id", OLD."created_at", OLD."workspace_id", OLD."user_id", OLD."name", OLD."description", OLD."template_type", OLD."category", OLD."base_prompt", OLD."personalization_variables", OLD."style_parameters", OLD."target_industries", OLD."target_objectives", OLD."target_demographics", OLD."is_active", OLD."is_public", OLD."created_by_id", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'delete\', OLD."id"); return null;',
                        hash="f32f6111f3e5fd12502028321cafb485975bd1d8",
                        operation="DELETE",
                        pgid="pgtrigger_history_delete_444d3",
                        table="personalization_contenttemplate",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        accounts.tenancy.history.KeepTriggers(
            model="adcampaignhistory",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n    if current_setting('app.redaction', true) = 'on' then\n        if tg_op = 'DELETE' then\n            return old;\n        end if;\n        return new;\n    end if;\n    raise restrict_violation using message = 'history is only ever added to',\n        hint = 'people are erased from it by accounts_redact_history()';\n",
                        hash="5910f9ddd220b445b19df320e79ffef75279119e",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_bbaff",
                        table="personalization_adcampaignhistory",
                        when="BEFORE",
                    ),
                )
            ],
        ),
        accounts.tenancy.history.KeepTriggers(
            model="campaignhistory",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n    if current_setting('app.redaction', true) = 'on' then\n        if tg_op = 'DELETE' then\n            return old;\n        end if;\n        return new;\n    end if;\n    raise restrict_violation using message = 'history is only ever added to',\n        hint = 'people are erased from it by accounts_redact_history()';\n",
                        hash="89f6522ac601f59182db02b2f7d1b470db49bcea",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_cf7b9",
                        table="personalization_campaignhistory",
                        when="BEFORE",
                    ),
                )
            ],
        ),
        accounts.tenancy.history.KeepTriggers(
            model="campaignpersonalizationsettingshistory",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n    if current_setting('app.redaction', true) = 'on' then\n        if tg_op = 'DELETE' then\n            return old;\n        end if;\n        return new;\n    end if;\n    raise restrict_violation using message = 'history is only ever added to',\n        hint = 'people are erased from it by accounts_redact_history()';\n",
                        hash="de4c88e6a06c9fd195e755ecd03da1e4c946c097",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_9e0cc",
                        table="personalization_campaignpersonalizationsettingshistory",
                        when="BEFORE",
                    ),
                )
            ],
        ),
        accounts.tenancy.history.KeepTriggers(
            model="contenttemplatehistory",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n    if current_setting('app.redaction', true) = 'on' then\n        if tg_op = 'DELETE' then\n            return old;\n        end if;\n        return new;\n    end if;\n    raise restrict_violation using message = 'history is only ever added to',\n        hint = 'people are erased from it by accounts_redact_history()';\n",
                        hash="d6d67fa35c528bd43dabf964a17acc57725d07b3",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_b6439",
                        table="personalization_contenttemplatehistory",
                        when="BEFORE",
                    ),
                )
            ],
        ),
        *secured_history(
            "Campaign", "AdCampaign", "ContentTemplate", "CampaignPersonalizationSettings"
        ),
    ]
