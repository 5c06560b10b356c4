"""Row security of sessions, versions, comments, measurements and what models learn from.

Versions and measurements are written by the tables' owner alone: what changes a document, and
jobs. A comment's words are its author's, whoever may resolve it.
"""

from pathlib import Path

from django.db import migrations, models

from accounts.tenancy.operations import (
    IN_WORKSPACE,
    DefineFunction,
    EnableRowSecurity,
    TenantForeignKeys,
    own_rows,
)

SQL = Path(__file__).parent / "sql"
EVERYONE = ("owner", "admin", "editor", "analyst", "viewer")
COMMENTERS = ("owner", "admin", "editor", "analyst")

TO_SEE = "any(array(select my_projects()))"
TO_EDIT = "any(array(select my_projects_to_edit()))"
SEEN = f"({IN_WORKSPACE} or project_id = {TO_SEE})"

# A person's address is known to whoever has it; this tells admins only whose account it is.
FIND_PERSON = """(address text) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
    select id from accounts_user
    where email = lower(address) and deleted_at is null and is_active
    and (select current_setting('app.role', true)) in ('owner', 'admin')
$$"""

COLLABORATORS = """(wanted uuid) returns table (user_id uuid, email text, name text, role text,
    created_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    select c.user_id, u.email::text, trim(u.first_name || ' ' || u.last_name), c.role::text,
        c.created_at
    from builder_projectcollaborator c join accounts_user u on u.id = c.user_id
    where c.project_id = wanted and u.deleted_at is null
    and (c.workspace_id = (select app_workspace()) or c.user_id = (select app_user()))
    order by c.id
$$"""

PUBLIC_PROJECTS = """(before uuid, most integer) returns table (id uuid, name text,
    description text)
language sql stable security definer set search_path = public, pg_temp as $$
    select p.id, p.name::text, p.description from builder_project p
    where p.is_public and p.status <> 'archived' and (before is null or p.id < before)
    order by p.id desc limit most
$$"""


class Migration(migrations.Migration):
    dependencies = [("builder", "0005_describe_and_follow")]

    operations = [
        # After the keys' own indexes: among equals PostgreSQL takes the youngest.
        migrations.AddConstraint(
            model_name="buildersession",
            constraint=models.UniqueConstraint(
                fields=("session_token",), name="builder_buildersession_token"
            ),
        ),
        EnableRowSecurity(
            "TemplateAIMetadata",
            writers=(),
            using="template_id = any(array(select id from builder_template))",
        ),
        EnableRowSecurity("AnalysisModel", writers=(), using="true"),
        EnableRowSecurity("AITrainingData"),
        EnableRowSecurity("BuilderSession", writers=EVERYONE, using=own_rows(), check=own_rows()),
        EnableRowSecurity("VersionHistory", writers=(), using=SEEN),
        EnableRowSecurity("QualityMeasurement", writers=(), using=SEEN),
        EnableRowSecurity(
            "Comment",
            writers=COMMENTERS,
            using=SEEN,
            check=f"({IN_WORKSPACE} or project_id = {TO_EDIT})",
        ),
        TenantForeignKeys("AITrainingData"),
        TenantForeignKeys("BuilderSession"),
        TenantForeignKeys("VersionHistory"),
        TenantForeignKeys("QualityMeasurement"),
        TenantForeignKeys("Comment"),
        migrations.RunSQL(
            (SQL / "authors.sql").read_text(), (SQL / "authors_reverse.sql").read_text()
        ),
        DefineFunction("builder_find_person", "text", FIND_PERSON, grant_to=("halfhour_tenant",)),
        DefineFunction(
            "builder_collaborators", "uuid", COLLABORATORS, grant_to=("halfhour_tenant",)
        ),
        DefineFunction(
            "builder_public_projects",
            "uuid, integer",
            PUBLIC_PROJECTS,
            grant_to=("halfhour_web", "halfhour_tenant"),
        ),
    ]
