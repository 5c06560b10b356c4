"""Row security of the journeys' tables, months for their events, searches, merging once more."""

from importlib import import_module
from pathlib import Path

from django.db import migrations

from accounts.tenancy.operations import (
    DefineFunction,
    EnableRowSecurity,
    TenantForeignKeys,
    own_rows,
)
from accounts.tenancy.partitioning import PartitionByMonth

SQL = Path(__file__).parent / "sql"
# A journey is its user's; admins, analysts and the workspace's own programs see everybody's.
JOURNEYS = own_rows("owner", "admin", "analyst", "server")
TENANT = ("halfhour_tenant",)

# The key of connections to suggestions: their other keys are made already.
SUGGESTION = """
create unique index journeys_workflowsuggestion_workspace_id_id
    on journeys_workflowsuggestion (workspace_id, id);
alter table journeys_componentworkflowconnection
    add constraint journeys_componentworkflowconnection_suggestion_id_workspace
    foreign key (workspace_id, suggestion_id)
    references journeys_workflowsuggestion (workspace_id, id);
"""
NO_SUGGESTION = """
alter table journeys_componentworkflowconnection
    drop constraint journeys_componentworkflowconnection_suggestion_id_workspace;
drop index journeys_workflowsuggestion_workspace_id_id;
"""

# Two contacts that become one may both have been enriched by a workflow: the winner's row stays,
# as a lead's does.
ENRICHED = """
    delete from journeys_contactworkflowenrichment l
    where l.workspace_id = mine and l.contact_id = loser and exists (
        select from journeys_contactworkflowenrichment w
        where w.workspace_id = mine and w.contact_id = winner and w.workflow_id = l.workflow_id
    );
    for reference in"""
MERGE_BEFORE = import_module("journeys.migrations.0002_secure_rows").MERGE
MERGE = MERGE_BEFORE.replace("\n    for reference in", ENRICHED)

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
    dependencies = [("journeys", "0005_record_journeys")]

    operations = [
        PartitionByMonth("JourneyEvent", "timestamp"),
        EnableRowSecurity("UserJourneyTracking", using=JOURNEYS, check=JOURNEYS),
        EnableRowSecurity("JourneyEvent"),
        EnableRowSecurity("WorkflowSuggestion"),
        EnableRowSecurity("ContactWorkflowEnrichment"),
        TenantForeignKeys("UserJourneyTracking"),
        TenantForeignKeys("JourneyEvent"),
        TenantForeignKeys("WorkflowSuggestion"),
        TenantForeignKeys("ContactWorkflowEnrichment"),
        migrations.RunSQL(SUGGESTION, NO_SUGGESTION),
        # Backwards, the function as it was is made again after this one is dropped.
        migrations.RunSQL(
            migrations.RunSQL.noop,
            f"""create function journeys_merge_contacts{MERGE_BEFORE};
            revoke all on function journeys_merge_contacts(uuid, uuid) from public;
            grant execute on function journeys_merge_contacts(uuid, uuid) to halfhour_tenant;""",
        ),
        DefineFunction("journeys_merge_contacts", "uuid, uuid", MERGE, grant_to=TENANT),
        # Trusted: whoever owns the database may. It stays, since other apps search with it too.
        migrations.RunSQL("create extension if not exists pg_trgm", migrations.RunSQL.noop),
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
        # One way to make a month's partition of any table: accounts.tenancy.partitioning.
        migrations.RunSQL(
            "drop function journeys_make_event_partition(date)",
            (SQL / "event_partitions.sql").read_text(),
        ),
    ]
