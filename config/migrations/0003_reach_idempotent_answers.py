"""The two functions through which requests reach the answers kept for retries.

The table itself is closed to the web: an answer is had only by who knows its digest, and one
that was given in a workspace only there.
"""

from django.db import migrations

from accounts.tenancy.operations import DefineFunction

RECALL = """(wanted text)
returns table (fingerprint text, status smallint, headers jsonb, body bytea)
language sql stable security definer set search_path = public, pg_temp as $$
    select a.fingerprint::text, a.status, a.headers, a.body
    from config_idempotentanswer a
    where a.digest = wanted and (a.workspace_id is null or a.workspace_id = app_workspace())
    and a.created_at > now() - interval '24 hours'
$$"""

# An answer of yesterday with the same key gives way.
REMEMBER = """(digest text, fingerprint text, status smallint, headers jsonb, body bytea)
returns void language sql security definer set search_path = public, pg_temp as $$
    insert into config_idempotentanswer as a
        (workspace_id, digest, fingerprint, status, headers, body)
    values (app_workspace(), digest, fingerprint, status, headers, body)
    on conflict (digest) do update set created_at = now(),
        workspace_id = excluded.workspace_id, fingerprint = excluded.fingerprint,
        status = excluded.status, headers = excluded.headers, body = excluded.body
$$"""

BOTH = ("halfhour_web", "halfhour_tenant")


class Migration(migrations.Migration):
    dependencies = [("config", "0002_keep_idempotent_answers")]

    operations = [
        migrations.RunSQL(
            "alter table config_idempotentanswer enable row level security",
            "alter table config_idempotentanswer disable row level security",
        ),
        DefineFunction("config_recall_answer", "text", RECALL, grant_to=BOTH),
        DefineFunction(
            "config_remember_answer", "text, text, smallint, jsonb, bytea", REMEMBER, grant_to=BOTH
        ),
    ]
