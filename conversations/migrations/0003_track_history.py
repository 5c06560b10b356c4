"""The history of what people configure: tables, triggers, row security."""

import django.contrib.postgres.fields
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
        ("conversations", "0002_secure_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="KnowledgeDocumentHistory",
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
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("url", models.URLField(blank=True, max_length=2000, verbose_name="web address")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("ar", "Arabic")],
                        db_default="en",
                        default="en",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("body", models.TextField(verbose_name="text")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("document", "document"),
                            ("web_scraped", "read from the web"),
                            ("user_generated", "written by a user"),
                        ],
                        db_default="document",
                        default="document",
                        max_length=20,
                        verbose_name="source",
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("product_docs", "product documentation"),
                            ("market_trends", "market trends"),
                            ("competitor_intel", "competitors"),
                            ("campaign_history", "past campaigns"),
                        ],
                        max_length=20,
                        verbose_name="category",
                    ),
                ),
                (
                    "tags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=50),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="tags",
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
                        to="conversations.knowledgedocument",
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
            model="knowledgedocument",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="history_insert",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "conversations_knowledgedocumenthistory" ("id", "created_at", "workspace_id", "title", "url", "language", "body", "source", "category", "tags", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."title", NEW."url", NEW."language", NEW."body", NEW."source", NEW."category", NEW."tags", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'insert\', NEW."id"); return null;',
                        hash="81d8914c700553983ac6fc79e628c994a01df941",
                        operation="INSERT",
                        pgid="pgtrigger_history_insert_1f4b9",
                        table="conversations_knowledgedocument",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_update",
                    sql=accounts.history.OwnersTriggerSql(
                        condition='WHEN (OLD."body" IS DISTINCT FROM (NEW."body") OR OLD."category" IS DISTINCT FROM (NEW."category") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."tags" IS DISTINCT FROM (NEW."tags") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."url" IS DISTINCT FROM (NEW."url") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id"))',
                        func='insert into "conversations_knowledgedocumenthistory" ("id", "created_at", "workspace_id", "title", "url", "language", "body", "source", "category", "tags", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."title", NEW."url", NEW."language", NEW."body", NEW."source", NEW."category", NEW."tags", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'update\', NEW."id"); return null;',
                        hash="76be4838c7980871f738747ce6ef8325437f6303",
                        operation="UPDATE",
                        pgid="pgtrigger_history_update_8c886",
                        table="conversations_knowledgedocument",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_delete",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "conversations_knowledgedocumenthistory" ("id", "created_at", "workspace_id", "title", "url", "language", "body", "source", "category", "tags", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (OLD."id", OLD."created_at", OLD."workspace_id", OLD."title", OLD."url", OLD."language", OLD."body", OLD."source", OLD."category", OLD."tags", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'delete\', OLD."id"); return null;',
                        hash="eb523bf953b29c7878dea56b118277fd226b5a47",
                        operation="DELETE",
                        pgid="pgtrigger_history_delete_ac6ab",
                        table="conversations_knowledgedocument",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        accounts.tenancy.history.KeepTriggers(
            model="knowledgedocumenthistory",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n    if current_setting('app.redaction', true) = 'on' then\n        if tg_op = 'DELETE' then\n            return old;\n        end if;\n        return new;\n    end if;\n    raise restrict_violation using message = 'history is only ever added to',\n        hint = 'people are erased from it by accounts_redact_history()';\n",
                        hash="c99743fa65f86397f3318fae0202f6418322dd49",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_5fac8",
                        table="conversations_knowledgedocumenthistory",
                        when="BEFORE",
                    ),
                )
            ],
        ),
        *secured_history("KnowledgeDocument"),
    ]
