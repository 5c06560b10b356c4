"""What the database itself says of tenancy: the catalogue is read, not the models."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db

# Tables with a workspace that tenants reach by no policy, each with its reason.
WITHOUT_POLICY: dict[str, str] = {
    "config_idempotentanswer": "closed; reached through two functions that ask for its digest",
}


def rows(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


TENANT_TABLES = """
    select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
    and a.attname = 'workspace_id' and not a.attisdropped
"""


def test_every_table_with_a_workspace_has_row_security_and_a_policy():
    open_tables = rows(
        f"""select t.relname from ({TENANT_TABLES}) t join pg_class c on c.relname = t.relname
        where not c.relrowsecurity
        or not exists (select from pg_policy p where p.polrelid = c.oid)"""  # noqa: S608
    )
    assert {name for (name,) in open_tables} == set(WITHOUT_POLICY)


def test_partitions_are_closed_to_the_roles_of_the_web():
    granted = rows(
        """select c.relname from pg_class c where c.relispartition and c.relkind = 'r'
        and (has_table_privilege('halfhour_tenant', c.oid, 'select, insert, update, delete')
        or has_table_privilege('halfhour_web', c.oid, 'select, insert, update, delete'))"""
    )
    assert granted == []


def test_no_foreign_key_between_tenant_tables_can_leave_its_workspace():
    """A single-column key to a tenant's table is checked past row security."""
    loose = rows(
        f"""select k.conname from pg_constraint k
        join pg_class child on child.oid = k.conrelid
        join pg_class parent on parent.oid = k.confrelid
        where k.contype = 'f' and not child.relispartition
        and child.relname in ({TENANT_TABLES}) and parent.relname in ({TENANT_TABLES})
        and array_length(k.conkey, 1) = 1"""  # noqa: S608
    )
    assert loose == []


def test_every_key_between_tenant_models_is_held_by_the_database():
    """Each TenantForeignKey has its composite constraint, or its trigger for a shared table."""
    from django.apps import apps

    from accounts.models import TenantForeignKey

    held = {name for (name,) in rows("select conname from pg_constraint where contype = 'f'")}
    held |= {name for (name,) in rows("select tgname from pg_trigger where not tgisinternal")}
    missing = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, TenantForeignKey)
        and field.db_constraint  # history names what is gone, and nobody writes it
        # PostgreSQL cuts names at 63 characters.
        and f"{model._meta.db_table}_{field.column}_workspace"[:63] not in held
    ]
    assert missing == []


def test_keys_between_models_with_a_workspace_are_tenant_keys():
    from django.apps import apps
    from django.db.models import ForeignKey

    from accounts.models import TenantForeignKey

    def owned(model):
        return any(field.name == "workspace" for field in model._meta.get_fields())

    plain = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if owned(model)
        for field in model._meta.local_fields
        if isinstance(field, ForeignKey)
        and field.db_constraint
        and not isinstance(field, TenantForeignKey)
        and owned(field.related_model)
    ]
    assert plain == []


def test_policies_are_evaluated_once_a_statement():
    """`(select …)` makes an init-plan of a setting; without it, it is read for every row."""
    bare = rows(
        """select polrelid::regclass::text, polname from pg_policy
        where coalesce(pg_get_expr(polqual, polrelid), '')
              || coalesce(pg_get_expr(polwithcheck, polrelid), '')
              ~ '(?<!SELECT )(app_workspace\\(\\)|app_user\\(\\)|current_setting\\()'"""
    )
    assert bare == []


def test_functions_that_look_past_row_security_are_pinned_and_not_public():
    loose = rows(
        """select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname = 'public' and p.prosecdef and (
            not exists (select from unnest(p.proconfig) s where s like 'search_path=%')
            or (p.prorettype <> 'trigger'::regtype
                and has_function_privilege('public', p.oid, 'execute')))"""
    )
    assert loose == []


def test_the_roles_of_the_web_can_do_no_harm_of_their_own():
    assert (
        rows(
            """select rolname from pg_roles where rolname like 'halfhour%'
        and (rolsuper or rolbypassrls)"""
        )
        == []
    )
    can_create = rows(
        """select r from unnest(array['halfhour_web', 'halfhour_tenant']) r
        where has_schema_privilege(r, 'public', 'create')"""
    )
    assert can_create == []


def test_the_web_login_reads_no_tenant_table():
    """By grants, not only by policies: a forgotten policy is then an error, not a leak."""
    readable = rows(
        f"""select c.relname from pg_class c where c.relname in ({TENANT_TABLES})
        and c.relnamespace = 'public'::regnamespace
        and has_table_privilege('halfhour_web', c.oid, 'select')"""  # noqa: S608
    )
    assert readable == []
