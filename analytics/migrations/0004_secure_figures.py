"""Figures are written by jobs only; a user's days are the user's, the platform's hours the staff's."""

from django.db import migrations

from accounts.tenancy.operations import (
    DefineFunction,
    EnableRowSecurity,
    TenantForeignKeys,
    own_rows,
)

STAFF = """() returns boolean language sql stable security definer
set search_path = public, pg_temp as $$
    select exists (
        select from accounts_user where id = app_user() and is_staff and is_active
        and deleted_at is null
    )
$$"""

# Whoever deletes a workflow deletes its figures with it; projects are deleted by the owner's role.
REMOVABLE = """
create policy {table}_remove on {table} for delete to halfhour_tenant using (
    workspace_id = (select app_workspace())
    and (select current_setting('app.role', true)) in ('owner', 'admin', 'editor', 'server')
);
grant delete on {table} to halfhour_tenant;
"""
KEPT = """
drop policy {table}_remove on {table};
revoke delete on {table} from halfhour_tenant;
"""


def removable(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(REMOVABLE.format(table=table), KEPT.format(table=table))


class Migration(migrations.Migration):
    dependencies = [("analytics", "0003_measure_people_and_work")]

    operations = [
        DefineFunction("analytics_is_staff", "", STAFF, grant_to=("halfhour_tenant",)),
        EnableRowSecurity(
            "UserAnalytics", writers=(), using=own_rows("owner", "admin", "analyst", "server")
        ),
        EnableRowSecurity("SystemMetrics", writers=(), using="(select analytics_is_staff())"),
        EnableRowSecurity("PerformanceMetrics", writers=()),
        EnableRowSecurity("WorkflowAnalytics", writers=()),
        TenantForeignKeys("UserAnalytics"),
        TenantForeignKeys("PerformanceMetrics"),
        TenantForeignKeys("WorkflowAnalytics"),
        removable("analytics_workflowanalytics"),
    ]
