"""The history of what people configure: triggers and row security."""

import pgtrigger.compiler
from django.db import migrations

import accounts.history
from accounts.tenancy.history import KeepTriggers, secured_history


class Migration(migrations.Migration):
    dependencies = [("journeys", "0002_secure_rows")]

    operations = [
        KeepTriggers(
            model="lead",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="history_insert",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "journeys_leadhistory" ("id", "created_at", "workspace_id", "project_id", "contact_id", "email", "phone", "name", "company", "job_title", "source", "score", "qualified", "status", "properties", "last_contacted", "converted_at", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."project_id", NEW."contact_id", NEW."email", NEW."phone", NEW."name", NEW."company", NEW."job_title", NEW."source", NEW."score", NEW."qualified", NEW."status", NEW."properties", NEW."last_contacted", NEW."converted_at", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'insert\', NEW."id"); return null;',
                        hash="958b886d317931453c171295338e13f4b851a4f7",
                        operation="INSERT",
                        pgid="pgtrigger_history_insert_1e4af",
                        table="journeys_lead",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_update",
                    sql=accounts.history.OwnersTriggerSql(
                        condition='WHEN (OLD."company" IS DISTINCT FROM (NEW."company") OR OLD."contact_id" IS DISTINCT FROM (NEW."contact_id") OR OLD."converted_at" IS DISTINCT FROM (NEW."converted_at") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."job_title" IS DISTINCT FROM (NEW."job_title") OR OLD."last_contacted" IS DISTINCT FROM (NEW."last_contacted") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."project_id" IS DISTINCT FROM (NEW."project_id") OR OLD."properties" IS DISTINCT FROM (NEW."properties") OR OLD."qualified" IS DISTINCT FROM (NEW."qualified") OR OLD."score" IS DISTINCT FROM (NEW."score") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id"))',
                        func='insert into "journeys_leadhistory" ("id", "created_at", "workspace_id", "project_id", "contact_id", "email", "phone", "name", "company", "job_title", "source", "score", "qualified", "status", "properties", "last_contacted", "converted_at", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."project_id", NEW."contact_id", NEW."email", NEW."phone", NEW."name", NEW."company", NEW."job_title", NEW."source", NEW."score", NEW."qualified", NEW."status", NEW."properties", NEW."last_contacted", NEW."converted_at", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'update\', NEW."id"); return null;',
                        hash="659556ff83d97ce054512d1a4812e461fd5caac0",
                        operation="UPDATE",
                        pgid="pgtrigger_history_update_207ff",
                        table="journeys_lead",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_delete",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "journeys_leadhistory" ("id", "created_at", "workspace_id", "project_id", "contact_id", "email", "phone", "name", "company", "job_title", "source", "score", "qualified", "status", "properties", "last_contacted", "converted_at", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (OLD."id", OLD."created_at", OLD."workspace_id", OLD."project_id", OLD."contact_id", OLD."email", OLD."phone", OLD."name", OLD."company", OLD."job_title", OLD."source", OLD."score", OLD."qualified", OLD."status", OLD."properties", OLD."last_contacted", OLD."converted_at", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'delete\', OLD."id"); return null;',
                        hash="90211786e6b246585ccd38a96bfe7e77b886de67",
                        operation="DELETE",
                        pgid="pgtrigger_history_delete_bbd01",
                        table="journeys_lead",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        KeepTriggers(
            model="leadhistory",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n    if current_setting('app.redaction', true) = 'on' then\n        if tg_op = 'DELETE' then\n            return old;\n        end if;\n        return new;\n    end if;\n    raise restrict_violation using message = 'history is only ever added to',\n        hint = 'people are erased from it by accounts_redact_history()';\n",
                        hash="e7dd17da8c8dbcd4844c67e6df0aacbaf9663ecb",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_dcd56",
                        table="journeys_leadhistory",
                        when="BEFORE",
                    ),
                )
            ],
        ),
        KeepTriggers(
            model="workflow",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="history_insert",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "journeys_workflowhistory" ("id", "created_at", "workspace_id", "project_id", "name", "category", "status", "trigger", "definition", "version", "component_intelligence_id", "suggested_by_ai", "ai_confidence_score", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."project_id", NEW."name", NEW."category", NEW."status", NEW."trigger", NEW."definition", NEW."version", NEW."component_intelligence_id", NEW."suggested_by_ai", NEW."ai_confidence_score", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'insert\', NEW."id"); return null;',
                        hash="b9996dc10bd6835ffcc4a10f011ba5b89d87a754",
                        operation="INSERT",
                        pgid="pgtrigger_history_insert_a8991",
                        table="journeys_workflow",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_update",
                    sql=accounts.history.OwnersTriggerSql(
                        condition='WHEN (OLD."ai_confidence_score" IS DISTINCT FROM (NEW."ai_confidence_score") OR OLD."category" IS DISTINCT FROM (NEW."category") OR OLD."component_intelligence_id" IS DISTINCT FROM (NEW."component_intelligence_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."definition" IS DISTINCT FROM (NEW."definition") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."project_id" IS DISTINCT FROM (NEW."project_id") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."suggested_by_ai" IS DISTINCT FROM (NEW."suggested_by_ai") OR OLD."trigger" IS DISTINCT FROM (NEW."trigger") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id"))',
                        func='insert into "journeys_workflowhistory" ("id", "created_at", "workspace_id", "project_id", "name", "category", "status", "trigger", "definition", "version", "component_intelligence_id", "suggested_by_ai", "ai_confidence_score", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."project_id", NEW."name", NEW."category", NEW."status", NEW."trigger", NEW."definition", NEW."version", NEW."component_intelligence_id", NEW."suggested_by_ai", NEW."ai_confidence_score", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'update\', NEW."id"); return null;',
                        hash="0fe992864ee7d348ad49dcf579a438fb2cafcb01",
                        operation="UPDATE",
                        pgid="pgtrigger_history_update_78059",
                        table="journeys_workflow",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_delete",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "journeys_workflowhistory" ("id", "created_at", "workspace_id", "project_id", "name", "category", "status", "trigger", "definition", "version", "component_intelligence_id", "suggested_by_ai", "ai_confidence_score", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (OLD."id", OLD."created_at", OLD."workspace_id", OLD."project_id", OLD."name", OLD."category", OLD."status", OLD."trigger", OLD."definition", OLD."version", OLD."component_intelligence_id", OLD."suggested_by_ai", OLD."ai_confidence_score", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'delete\', OLD."id"); return null;',
                        hash="cfe205a52825e5e4da97736bafcb2b93a1e50375",
                        operation="DELETE",
                        pgid="pgtrigger_history_delete_de7d3",
                        table="journeys_workflow",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        KeepTriggers(
            model="workflowhistory",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n    if current_setting('app.redaction', true) = 'on' then\n        if tg_op = 'DELETE' then\n            return old;\n        end if;\n        return new;\n    end if;\n    raise restrict_violation using message = 'history is only ever added to',\n        hint = 'people are erased from it by accounts_redact_history()';\n",
                        hash="7e282768ab88de2ddca5d1a23467706a67a90419",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_4e80a",
                        table="journeys_workflowhistory",
                        when="BEFORE",
                    ),
                )
            ],
        ),
        KeepTriggers(
            model="componentworkflowconnectionhistory",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n    if current_setting('app.redaction', true) = 'on' then\n        if tg_op = 'DELETE' then\n            return old;\n        end if;\n        return new;\n    end if;\n    raise restrict_violation using message = 'history is only ever added to',\n        hint = 'people are erased from it by accounts_redact_history()';\n",
                        hash="340491e9abb954b42aded1497b69e8cda916720c",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_80c97",
                        table="journeys_componentworkflowconnectionhistory",
                        when="BEFORE",
                    ),
                )
            ],
        ),
        KeepTriggers(
            model="componentworkflowconnection",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="history_insert",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "journeys_componentworkflowconnectionhistory" ("id", "created_at", "workspace_id", "component_intelligence_id", "workflow_id", "suggestion_id", "status", "connection_config", "connected_at", "activated_at", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."component_intelligence_id", NEW."workflow_id", NEW."suggestion_id", NEW."status", NEW."connection_config", NEW."connected_at", NEW."activated_at", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'insert\', NEW."id"); return null;',
                        hash="53ddfa667c2d64e22ea4dcbf64a7e892def0d9b3",
                        operation="INSERT",
                        pgid="pgtrigger_history_insert_800d7",
                        table="journeys_componentworkflowconnection",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_update",
                    sql=accounts.history.OwnersTriggerSql(
                        condition='WHEN (OLD."activated_at" IS DISTINCT FROM (NEW."activated_at") OR OLD."component_intelligence_id" IS DISTINCT FROM (NEW."component_intelligence_id") OR OLD."connected_at" IS DISTINCT FROM (NEW."connected_at") OR OLD."connection_config" IS DISTINCT FROM (NEW."connection_config") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."suggestion_id" IS DISTINCT FROM (NEW."suggestion_id") OR OLD."workflow_id" IS DISTINCT FROM (NEW."workflow_id") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id"))',
                        func='insert into "journeys_componentworkflowconnectionhistory" ("id", "created_at", "workspace_id", "component_intelligence_id", "workflow_id", "suggestion_id", "status", "connection_config", "connected_at", "activated_at", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."component_intelligence_id", NEW."workflow_id", NEW."suggestion_id", NEW."status", NEW."connection_config", NEW."connected_at", NEW."activated_at", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'update\', NEW."id"); return null;',
                        hash="722aef76e6458f4ddc9193c50c7cca2e6e5129ef",
                        operation="UPDATE",
                        pgid="pgtrigger_history_update_3c25b",
                        table="journeys_componentworkflowconnection",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_delete",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "journeys_componentworkflowconnectionhistory" ("id", "created_at", "workspace_id", "component_intelligence_id", "workflow_id", "suggestion_id", "status", "connection_config", "connected_at", "activated_at", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (OLD."id", OLD."created_at", OLD."workspace_id", OLD."component_intelligence_id", OLD."workflow_id", OLD."suggestion_id", OLD."status", OLD."connection_config", OLD."connected_at", OLD."activated_at", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'delete\', OLD."id"); return null;',
                        hash="3f614ca26a81b049473fa1a362539978bff1911b",
                        operation="DELETE",
                        pgid="pgtrigger_history_delete_6df04",
                        table="journeys_componentworkflowconnection",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        *secured_history("Workflow", "ComponentWorkflowConnection", "Lead"),
    ]
