"""Releases that do not change, news of what does, and the edge's look-ups."""

from pathlib import Path

from django.db import migrations

from accounts.tenancy.operations import DefineFunction

SQL = Path(__file__).parent / "sql"

PREVIEW = """(wanted uuid) returns table (project_id uuid, workspace_id uuid, language text,
    release_id uuid, manifest jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
    select p.id, p.workspace_id, p.language::text, r.id, r.manifest
    from builder_release r join builder_project p on p.id = r.project_id
    where r.id = wanted and r.kind = 'preview'
$$"""

SITES_CHANGED = """(since timestamptz) returns table (project_id uuid, changed_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    select id, site_changed_at from builder_project where site_changed_at > since
$$"""


class Migration(migrations.Migration):
    dependencies = [("builder", "0002_secure_rows")]

    operations = [
        migrations.RunSQL((SQL / "sites.sql").read_text(), (SQL / "sites_reverse.sql").read_text()),
        DefineFunction("builder_preview", "uuid", PREVIEW),
        DefineFunction("builder_sites_changed", "timestamptz", SITES_CHANGED),
    ]
