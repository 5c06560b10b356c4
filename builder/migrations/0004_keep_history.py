"""The history of what people configure: triggers and row security."""

import pgtrigger.compiler
from django.db import migrations

import accounts.history
from accounts.tenancy.history import KeepTriggers, secured_history
from accounts.tenancy.operations import IN_WORKSPACE

TO_SEE = "any(array(select my_projects()))"


class Migration(migrations.Migration):
    dependencies = [("builder", "0003_serve_sites")]

    operations = [
        KeepTriggers(
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
        KeepTriggers(
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
        KeepTriggers(
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
        KeepTriggers(
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
