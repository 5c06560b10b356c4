"""The history of what people configure: triggers and row security."""

import pgtrigger.compiler
from django.db import migrations

import accounts.history
from accounts.tenancy.history import KeepTriggers, secured_history


class Migration(migrations.Migration):
    dependencies = [("experiments", "0002_secure_rows")]

    operations = [
        KeepTriggers(
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
        KeepTriggers(
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
        KeepTriggers(
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
        KeepTriggers(
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
