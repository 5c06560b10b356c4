"""Row security; beyond the workspace, a project is visible to its collaborators.

Versions and measurements are written by the tables' owner alone: what changes a document, and
jobs. A comment's words are its author's, whoever may resolve it.
"""

from pathlib import Path

from django.db import migrations

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

# `any(array(…))` is evaluated once and may use an index, which `in (…)` beside an OR does not.
TO_SEE = "any(array(select my_projects()))"
TO_EDIT = "any(array(select my_projects_to_edit()))"

MY_PROJECTS = """() returns setof uuid language sql stable security definer
set search_path = public, pg_temp as $$
    select project_id from builder_projectcollaborator where user_id = (select app_user())
$$"""
MY_PROJECTS_TO_EDIT = """() returns setof uuid language sql stable security definer
set search_path = public, pg_temp as $$
    select project_id from builder_projectcollaborator
    where user_id = (select app_user()) and role = 'editor'
$$"""


def of_project(model, path):
    """Rows of the workspace, or of a project that the person works on (to write: edits)."""
    return EnableRowSecurity(
        model,
        using=f"({IN_WORKSPACE} or {path.format(projects=TO_SEE)})",
        check=f"({IN_WORKSPACE} or {path.format(projects=TO_EDIT)})",
    )


SITEMAPS = "select id from builder_sitemap where project_id = {projects}"
WIREFRAMES = f"select id from builder_wireframe where sitemap_id = any(array({SITEMAPS}))"  # noqa: S608
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
    dependencies = [("builder", "0001_initial")]

    operations = [
        DefineFunction("my_projects", "", MY_PROJECTS, grant_to=("halfhour_tenant",)),
        DefineFunction(
            "my_projects_to_edit", "", MY_PROJECTS_TO_EDIT, grant_to=("halfhour_tenant",)
        ),
        EnableRowSecurity("Template"),
        EnableRowSecurity("Project", using=f"({IN_WORKSPACE} or id = {TO_SEE})"),
        EnableRowSecurity(
            "ProjectCollaborator",
            writers=("owner", "admin"),
            using=f"({IN_WORKSPACE} or user_id = (select app_user()))",
        ),
        of_project("Sitemap", "project_id = {projects}"),
        of_project("Wireframe", f"sitemap_id = any(array({SITEMAPS}))"),
        of_project("StyleGuide", f"wireframe_id = any(array({WIREFRAMES}))"),
        of_project("ComponentIntelligence", "project_id = {projects}"),
        EnableRowSecurity("SiteAddress"),
        EnableRowSecurity("Release"),
        EnableRowSecurity("ReleaseFile"),
        TenantForeignKeys("Project"),
        TenantForeignKeys("ProjectCollaborator"),
        TenantForeignKeys("Sitemap"),
        TenantForeignKeys("Wireframe"),
        TenantForeignKeys("StyleGuide"),
        TenantForeignKeys("ComponentIntelligence"),
        TenantForeignKeys("SiteAddress"),
        TenantForeignKeys("Release"),
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
