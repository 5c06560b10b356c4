"""Row security of workflows and mail, and the door's way to start executions."""

from django.db import migrations

from accounts.tenancy.operations import DefineFunction, EnableRowSecurity, TenantForeignKeys

# The door starts executions and may do nothing else to workflows: a function, not a grant.
START = """(workspace uuid, events jsonb) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    started integer;
begin
    if workspace is distinct from app_workspace()
        or coalesce(current_setting('app.role', true), '')
            not in ('owner', 'admin', 'editor', 'server', 'ingest')
    then
        raise insufficient_privilege using message = 'this scope starts no executions there';
    end if;
    -- An event starts a workflow once, also where the component stands on several pages.
    insert into journeys_workflowexecution (
        workspace_id, workflow_id, workflow_version, definition, connection_id, project_id,
        contact_id, event_id, triggered_at, component_id, trigger_data, status, step_index,
        attempts, due_at, log, error_message
    )
    select distinct on (e.event_id, w.id) workspace, w.id, w.version, w.definition, c.id,
        e.project_id, e.contact_id, e.event_id, e."timestamp", e.component_id,
        coalesce(e.properties, '{}'), 'pending', 0, 0, now(), '[]', ''
    from jsonb_to_recordset(events) as e(
        event_id bigint, "timestamp" timestamptz, project_id uuid, contact_id uuid,
        component_id text, properties jsonb
    )
    join builder_componentintelligence i on i.workspace_id = workspace
        and i.project_id = e.project_id and i.component_id = e.component_id
    join journeys_componentworkflowconnection c on c.workspace_id = workspace
        and c.component_intelligence_id = i.id and c.status = 'active'
    join journeys_workflow w on w.workspace_id = workspace and w.id = c.workflow_id
        and w.status = 'active' and w.trigger ->> 'event' = 'form_submitted'
    order by e.event_id, w.id, c.id
    on conflict (workspace_id, workflow_id, event_id) do nothing;
    get diagnostics started = row_count;
    return started;
end $$"""


class Migration(migrations.Migration):
    dependencies = [("journeys", "0003_make_workflows")]

    operations = [
        EnableRowSecurity("Workflow"),
        EnableRowSecurity("ComponentWorkflowConnection"),
        EnableRowSecurity("WorkflowExecution"),
        EnableRowSecurity("MailMessage"),
        TenantForeignKeys("Workflow"),
        TenantForeignKeys("ComponentWorkflowConnection"),
        TenantForeignKeys("WorkflowExecution"),
        TenantForeignKeys("MailMessage"),
        DefineFunction(
            "journeys_start_executions", "uuid, jsonb", START, grant_to=("halfhour_tenant",)
        ),
    ]
