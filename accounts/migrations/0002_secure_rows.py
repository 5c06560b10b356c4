"""Roles, the settings' functions, row security and the look-ups that happen before a scope."""

from django.db import migrations

from accounts.tenancy.operations import DefineFunction, EnableRowSecurity, TenantForeignKeys

# Roles belong to the cluster, and only an administrator can tie them together (docs/operations.md).
ROLES = """
do $$ begin
    if not exists (select from pg_roles where rolname = 'halfhour_tenant')
        or not exists (select from pg_roles where rolname = 'halfhour_web')
        or not pg_has_role(current_user, 'halfhour_tenant', 'set')
        or not pg_has_role('halfhour_web', 'halfhour_tenant', 'set')
        or not pg_has_role('halfhour_web', current_user, 'set')
    then
        raise exception 'the roles halfhour_tenant and halfhour_web are missing or not granted'
            using hint = 'an administrator of this PostgreSQL runs docs/roles.sql once';
    end if;
end $$;
grant usage on schema public to halfhour_tenant, halfhour_web;
"""

SETTINGS = """
create function app_workspace() returns uuid language sql stable parallel safe
as $$ select nullif(current_setting('app.workspace_id', true), '')::uuid $$;
create function app_user() returns uuid language sql stable parallel safe
as $$ select nullif(current_setting('app.user_id', true), '')::uuid $$;
"""
DROP_SETTINGS = "drop function app_workspace(); drop function app_user();"

# Who signs in is found before there is a scope; a tenant may change its own name, not its rights.
PEOPLE = """
grant select, insert, update on accounts_user to halfhour_web;
create policy accounts_user_web on accounts_user to halfhour_web using (true) with check (true);
grant update (first_name, last_name, title, preferred_name, updated_at) on accounts_user
    to halfhour_tenant;
create policy accounts_user_change on accounts_user for update to halfhour_tenant
    using (id = (select app_user())) with check (id = (select app_user()));
"""
UNDO_PEOPLE = """
drop policy accounts_user_change on accounts_user;
revoke update (first_name, last_name, title, preferred_name, updated_at) on accounts_user
    from halfhour_tenant;
drop policy accounts_user_web on accounts_user;
revoke all on accounts_user from halfhour_web;
"""

COLLEAGUES = """() returns setof uuid language sql stable security definer
set search_path = public, pg_temp as $$
    select user_id from accounts_membership where workspace_id = (select app_workspace())
    union select app_user()
$$"""

MEMBERSHIPS_OF = """(person uuid)
returns table (workspace_id uuid, slug text, name text, tier text, role text)
language sql stable security definer set search_path = public, pg_temp as $$
    select w.id, w.slug, w.name, w.subscription_tier, m.role
    from accounts_membership m join accounts_workspace w on w.id = m.workspace_id
    where m.user_id = person order by w.name, w.id
$$"""

RESOLVE_KEY = """(hash text)
returns table (key_id uuid, workspace_id uuid, slug text, tier text, kind text, scopes text[],
    user_id uuid, role text, revoked boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
    -- Written at most once a minute; a row that another request holds is left for it.
    update accounts_apikey set last_used_at = now() where id = (
        select k.id from accounts_apikey k where k.hashed_key = hash and k.revoked_at is null
        and (k.last_used_at is null or k.last_used_at < now() - interval '1 minute')
        for update skip locked
    );
    return query
    select k.id, k.workspace_id, w.slug::text, w.subscription_tier::text, k.kind::text,
        k.scopes::text[], k.user_id,
        case k.kind when 'personal' then m.role::text else k.kind::text end,
        k.revoked_at is not null or coalesce(not u.is_active or u.deleted_at is not null, false)
    from accounts_apikey k join accounts_workspace w on w.id = k.workspace_id
    left join accounts_user u on u.id = k.user_id
    left join accounts_membership m on m.workspace_id = k.workspace_id and m.user_id = k.user_id
    where k.hashed_key = hash;
end $$"""

RECORD_AUDIT = """(person uuid, action text, subject text) returns void
language sql security definer set search_path = public, pg_temp as $$
    insert into accounts_auditentry (user_id, action, subject)
    values (coalesce(app_user(), person), action, subject)
$$"""

KEY_CHECK = """workspace_id = (select app_workspace()) and (
    (select current_setting('app.role', true)) in ('owner', 'admin')
    or kind = 'ingest' or user_id = (select app_user())
)"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(ROLES, migrations.RunSQL.noop),
        migrations.RunSQL(SETTINGS, DROP_SETTINGS),
        DefineFunction("my_colleagues", "", COLLEAGUES, grant_to=("halfhour_tenant",)),
        DefineFunction("accounts_memberships_of", "uuid", MEMBERSHIPS_OF),
        DefineFunction("accounts_resolve_key", "text", RESOLVE_KEY),
        DefineFunction(
            "accounts_record_audit",
            "uuid, text, text",
            RECORD_AUDIT,
            grant_to=("halfhour_web", "halfhour_tenant"),
        ),
        EnableRowSecurity(
            "Workspace",
            writers=("owner", "admin"),
            using="id = (select app_workspace())",
            check="id = (select app_workspace())",
        ),
        EnableRowSecurity("Membership", writers=("owner", "admin")),
        EnableRowSecurity("ApiKey", check=KEY_CHECK),
        EnableRowSecurity("User", writers=(), using="id in (select my_colleagues())"),
        TenantForeignKeys("Membership"),
        TenantForeignKeys("ApiKey"),
        migrations.RunSQL(PEOPLE, UNDO_PEOPLE),
    ]
