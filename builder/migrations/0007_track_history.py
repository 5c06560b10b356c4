"""The history of what people configure: tables, triggers, row security."""

import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import accounts.history
import accounts.models.base
import accounts.tenancy.history
from accounts.tenancy.history import secured_history
from accounts.tenancy.operations import IN_WORKSPACE

TO_SEE = "any(array(select my_projects()))"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_track_history"),
        ("builder", "0006_secure_what_follows"),
    ]

    operations = [
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
        accounts.tenancy.history.KeepTriggers(
            model="project",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="history_insert",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "builder_projecthistory" ("id", "created_at", "workspace_id", "owner_id", "template_id", "current_sitemap_id", "live_release_id", "name", "slug", "description", "type", "status", "language", "data", "settings", "is_public", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."owner_id", NEW."template_id", NEW."current_sitemap_id", NEW."live_release_id", NEW."name", NEW."slug", NEW."description", NEW."type", NEW."status", NEW."language", NEW."data", NEW."settings", NEW."is_public", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'insert\', NEW."id"); return null;',
                        hash="93f2acf0893e60a1c2e10163e69d943e3d93010c",
                        operation="INSERT",
                        pgid="pgtrigger_history_insert_bc2f5",
                        table="builder_project",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_update",
                    sql=accounts.history.OwnersTriggerSql(
                        condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."current_sitemap_id" IS DISTINCT FROM (NEW."current_sitemap_id") OR OLD."data" IS DISTINCT FROM (NEW."data") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_public" IS DISTINCT FROM (NEW."is_public") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."live_release_id" IS DISTINCT FROM (NEW."live_release_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."settings" IS DISTINCT FROM (NEW."settings") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."template_id" IS DISTINCT FROM (NEW."template_id") OR OLD."type" IS DISTINCT FROM (NEW."type") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id"))',
                        func='insert into "builder_projecthistory" ("id", "created_at", "workspace_id", "owner_id", "template_id", "current_sitemap_id", "live_release_id", "name", "slug", "description", "type", "status", "language", "data", "settings", "is_public", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."owner_id", NEW."template_id", NEW."current_sitemap_id", NEW."live_release_id", NEW."name", NEW."slug", NEW."description", NEW."type", NEW."status", NEW."language", NEW."data", NEW."settings", NEW."is_public", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'update\', NEW."id"); return null;',
                        hash="6b564f1c5d56e59aa768afa122c08d817d4c1ebf",
                        operation="UPDATE",
                        pgid="pgtrigger_history_update_2078a",
                        table="builder_project",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_delete",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "builder_projecthistory" ("id", "created_at", "workspace_id", "owner_id", "template_id", "current_sitemap_id", "live_release_id", "name", "slug", "description", "type", "status", "language", "data", "settings", "is_public", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (OLD."id", OLD."created_at", OLD."workspace_id", OLD."owner_id", OLD."template_id", OLD."current_sitemap_id", OLD."live_release_id", OLD."name", OLD."slug", OLD."description", OLD."type", OLD."status", OLD."language", OLD."data", OLD."settings", OLD."is_public", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'delete\', OLD."id"); return null;',
                        hash="203fabbe0689f8c9599a7b0c641adc1a26dde30b",
                        operation="DELETE",
                        pgid="pgtrigger_history_delete_da265",
                        table="builder_project",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        accounts.tenancy.history.KeepTriggers(
            model="template",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="history_insert",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "builder_templatehistory" ("id", "created_at", "workspace_id", "name", "slug", "category", "trade", "description", "language", "translations", "document", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."name", NEW."slug", NEW."category", NEW."trade", NEW."description", NEW."language", NEW."translations", NEW."document", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'insert\', NEW."id"); return null;',
                        hash="53f1be01e17b3be293d20e577318e05647c913e1",
                        operation="INSERT",
                        pgid="pgtrigger_history_insert_5803f",
                        table="builder_template",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_update",
                    sql=accounts.history.OwnersTriggerSql(
                        condition='WHEN (OLD."category" IS DISTINCT FROM (NEW."category") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."document" IS DISTINCT FROM (NEW."document") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."trade" IS DISTINCT FROM (NEW."trade") OR OLD."translations" IS DISTINCT FROM (NEW."translations") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id"))',
                        func='insert into "builder_templatehistory" ("id", "created_at", "workspace_id", "name", "slug", "category", "trade", "description", "language", "translations", "document", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."name", NEW."slug", NEW."category", NEW."trade", NEW."description", NEW."language", NEW."translations", NEW."document", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'update\', NEW."id"); return null;',
                        hash="159ad01d32579dc7f8232fb41688fa45d4f498a5",
                        operation="UPDATE",
                        pgid="pgtrigger_history_update_6003e",
                        table="builder_template",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_delete",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "builder_templatehistory" ("id", "created_at", "workspace_id", "name", "slug", "category", "trade", "description", "language", "translations", "document", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (OLD."id", OLD."created_at", OLD."workspace_id", OLD."name", OLD."slug", OLD."category", OLD."trade", OLD."description", OLD."language", OLD."translations", OLD."document", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'delete\', OLD."id"); return null;',
                        hash="bd642c17e12e9099df4ef6bc8a126d87c44bb21a",
                        operation="DELETE",
                        pgid="pgtrigger_history_delete_71e4a",
                        table="builder_template",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        accounts.tenancy.history.KeepTriggers(
            model="projecthistory",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n    if current_setting('app.redaction', true) = 'on' then\n        if tg_op = 'DELETE' then\n            return old;\n        end if;\n        return new;\n    end if;\n    raise restrict_violation using message = 'history is only ever added to',\n        hint = 'people are erased from it by accounts_redact_history()';\n",
                        hash="ce7b788bda84fde4c88f9912353eab0247219ff3",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_4b87a",
                        table="builder_projecthistory",
                        when="BEFORE",
                    ),
                )
            ],
        ),
        accounts.tenancy.history.KeepTriggers(
            model="templatehistory",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n    if current_setting('app.redaction', true) = 'on' then\n        if tg_op = 'DELETE' then\n            return old;\n        end if;\n        return new;\n    end if;\n    raise restrict_violation using message = 'history is only ever added to',\n        hint = 'people are erased from it by accounts_redact_history()';\n",
                        hash="9f64e1539d8d35e621ec5fba5cce5e7062801702",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_1c4c7",
                        table="builder_templatehistory",
                        when="BEFORE",
                    ),
                )
            ],
        ),
        *secured_history("Project", using=f"({IN_WORKSPACE} or id = {TO_SEE})"),
        *secured_history("Template"),
    ]
