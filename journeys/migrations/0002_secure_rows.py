"""Row security, keys that stay in their workspace, and the merge of two contacts."""

from django.db import migrations

from accounts.tenancy.operations import DefineFunction, EnableRowSecurity, TenantForeignKeys

# Whoever may delete a contact or a project deletes its events with it.
WRITERS = ("owner", "admin", "editor", "ingest")

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


class Migration(migrations.Migration):
    dependencies = [("journeys", "0001_initial"), ("builder", "0001_initial")]

    operations = [
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
        DefineFunction(
            "journeys_merge_contacts", "uuid, uuid", MERGE, grant_to=("halfhour_tenant",)
        ),
        DefineFunction("journeys_form_of_site", "text, text", FORM_OF_SITE),
    ]
