"""Months, row security, keys that stay in their workspace, and what looks past row security."""

from django.db import migrations

from accounts.tenancy.operations import (
    IN_WORKSPACE,
    DefineFunction,
    EnableRowSecurity,
    TenantForeignKeys,
    own_rows,
)
from accounts.tenancy.partitioning import PartitionByMonth

TENANT = ("halfhour_tenant",)
# Whoever may delete a contact or a project deletes its events with it.
WRITERS = ("owner", "admin", "editor", "ingest")
# A journey is its user's; admins, analysts and the workspace's own programs see everybody's.
JOURNEYS = own_rows("owner", "admin", "analyst", "server")
# Its events are whose the journey is.
OF_JOURNEYS = f"""({IN_WORKSPACE} and exists (
    select from journeys_userjourneytracking journey where journey.id = journey_id))"""

# What points at a contact is read from the catalogue, so that tables of later migrations and
# of floors above are moved too.
MERGE = """(loser uuid, winner uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    mine uuid := app_workspace();
    reference record;
begin
    if coalesce(current_setting('app.role', true), '')
        not in ('owner', 'admin', 'editor', 'server', 'ingest')
    then
        raise insufficient_privilege using message = 'this role merges no contacts';
    end if;
    perform 1 from journeys_contact
        where workspace_id = mine and id in (loser, winner) order by id for update;
    update journeys_contact w set
        traits = l.traits || w.traits,
        last_seen = greatest(l.last_seen, w.last_seen),
        created_at = least(l.created_at, w.created_at),
        updated_at = now()
    from journeys_contact l
    where w.workspace_id = mine and w.id = winner and l.workspace_id = mine and l.id = loser;
    if not found then
        raise foreign_key_violation using message = 'a contact to be merged is not there';
    end if;
    -- One contact is one lead of a site: the second stays, as a lead without a contact.
    update journeys_lead l set contact_id = null, updated_at = now()
    where l.workspace_id = mine and l.contact_id = loser and exists (
        select from journeys_lead w where w.workspace_id = mine and w.contact_id = winner
        and w.project_id = l.project_id
    );
    -- Both may have been enriched by a workflow: the winner's row stays, as a lead's does.
    delete from journeys_contactworkflowenrichment l
    where l.workspace_id = mine and l.contact_id = loser and exists (
        select from journeys_contactworkflowenrichment w
        where w.workspace_id = mine and w.contact_id = winner and w.workflow_id = l.workflow_id
    );
    for reference in
        select k.conrelid::regclass as child, a.attname as column
        from pg_constraint k
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[2]
        where k.contype = 'f' and k.conparentid = 0
        and k.confrelid = 'journeys_contact'::regclass
    loop
        execute format('update %s set %I = $1 where workspace_id = $2 and %I = $3',
            reference.child, reference.column, reference.column) using winner, mine, loser;
    end loop;
    delete from journeys_contact where workspace_id = mine and id = loser;
end $$"""

# What the door needs to know of a form before there is a scope: whose site has it, whether that is
# live, and what the form asks for as it was published, on each page that it stands on.
FORM_OF_SITE = """(site text, component text)
returns table (workspace_id uuid, project_id uuid, name text, language text, live boolean,
    published boolean, forms jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
    select p.workspace_id, p.id, p.name::text, p.language::text,
        p.live_release_id is not null and p.status <> 'archived',
        exists (select from builder_release r where r.project_id = p.id and r.kind = 'live'),
        (select jsonb_agg(f.form) from builder_release r, jsonb_array_elements(r.forms) as f(form)
            where r.id = p.live_release_id and f.form ->> 'component_id' = component)
    from builder_siteaddress a join builder_project p on p.id = a.project_id
    where a.label = site
$$"""

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

# LIKE patterns of the words, the longest first: that one finds, the others sift.
PATTERNS = r"""
    select array_agg('%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%'
        order by length(word) desc)
    into patterns from regexp_split_to_table(words, '\s+') word where word <> '';
    longest := patterns[1];"""


def search(table: str, text: str) -> str:
    """The keys of a table's rows of this workspace in whose text all the words are."""
    return f"""(words text) returns setof uuid
language plpgsql stable security definer
set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
    mine uuid := app_workspace();
    patterns text[];
    longest text;
begin{PATTERNS}
    return query select t.id from {table} t where t.workspace_id = mine
        and {text} ilike longest and {text} ilike all (patterns);
end $$"""  # noqa: S608 - our own names


def having(table: str, column: str) -> str:
    """The keys of a table's rows of this workspace whose document contains another."""
    return f"""(sought jsonb) returns setof uuid
language plpgsql stable security definer
set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
    mine uuid := app_workspace();
begin
    return query select t.id from {table} t where t.workspace_id = mine and t.{column} @> sought;
end $$"""  # noqa: S608 - our own names


CONTACT_WORDS = """(t.email || ' ' || coalesce(t.traits ->> 'name', '') || ' '
        || coalesce(t.traits ->> 'company', ''))"""
LEAD_WORDS = "(t.email || ' ' || t.name || ' ' || t.company || ' ' || t.phone)"


class Migration(migrations.Migration):
    dependencies = [("journeys", "0001_initial"), ("builder", "0003_serve_sites")]

    operations = [
        PartitionByMonth("Event", "timestamp"),
        PartitionByMonth("JourneyEvent", "timestamp"),
        EnableRowSecurity("Contact", writers=WRITERS),
        EnableRowSecurity("ContactIdentity", writers=WRITERS),
        EnableRowSecurity("Event", writers=WRITERS),
        EnableRowSecurity("EventReceipt", writers=("ingest",)),
        EnableRowSecurity("IngestCount", writers=("ingest",)),
        EnableRowSecurity("Lead"),
        TenantForeignKeys("ContactIdentity"),
        TenantForeignKeys("Event"),
        TenantForeignKeys("IngestCount"),
        TenantForeignKeys("Lead"),
        EnableRowSecurity("Workflow"),
        EnableRowSecurity("ComponentWorkflowConnection"),
        EnableRowSecurity("WorkflowExecution"),
        EnableRowSecurity("MailMessage"),
        TenantForeignKeys("Workflow"),
        TenantForeignKeys("ComponentWorkflowConnection"),
        TenantForeignKeys("WorkflowExecution"),
        TenantForeignKeys("MailMessage"),
        EnableRowSecurity("UserJourneyTracking", using=JOURNEYS, check=JOURNEYS),
        EnableRowSecurity("JourneyEvent", using=OF_JOURNEYS),
        EnableRowSecurity("WorkflowSuggestion"),
        EnableRowSecurity("ContactWorkflowEnrichment"),
        TenantForeignKeys("UserJourneyTracking"),
        TenantForeignKeys("JourneyEvent"),
        TenantForeignKeys("WorkflowSuggestion"),
        TenantForeignKeys("ContactWorkflowEnrichment"),
        DefineFunction("journeys_merge_contacts", "uuid, uuid", MERGE, grant_to=TENANT),
        DefineFunction("journeys_form_of_site", "text, text", FORM_OF_SITE),
        DefineFunction("journeys_start_executions", "uuid, jsonb", START, grant_to=TENANT),
        DefineFunction(
            "journeys_search_contacts",
            "text",
            search("journeys_contact", CONTACT_WORDS),
            grant_to=TENANT,
        ),
        DefineFunction(
            "journeys_search_leads", "text", search("journeys_lead", LEAD_WORDS), grant_to=TENANT
        ),
        DefineFunction(
            "journeys_contacts_with", "jsonb", having("journeys_contact", "traits"), grant_to=TENANT
        ),
        DefineFunction(
            "journeys_leads_with", "jsonb", having("journeys_lead", "properties"), grant_to=TENANT
        ),
    ]
