"""Row security; beyond the workspace, a project is visible to its collaborators."""

from django.db import migrations

from accounts.tenancy.operations import (
    IN_WORKSPACE,
    DefineFunction,
    EnableRowSecurity,
    TenantForeignKeys,
)

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
    ]
