"""The secrets that webhooks are signed with become credentials, encrypted, named by the workflow."""

from django.db import migrations

from journeys.workflows.signatures import new_secret

BATCH = 500

# However a workflow goes, its secret goes along.
FORGET = """
create function journeys_forget_signing_secret() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from accounts_credential
    where workspace_id = old.workspace_id and kind = 'webhook' and name = old.id::text;
    return null;
end $$;
revoke all on function journeys_forget_signing_secret() from public;
create trigger journeys_workflow_forgets_secret after delete on journeys_workflow
    for each row execute function journeys_forget_signing_secret();
"""
FORGET_NO_MORE = """
drop trigger journeys_workflow_forgets_secret on journeys_workflow;
drop function journeys_forget_signing_secret();
"""


def into_credentials(apps, schema_editor):
    Workflow = apps.get_model("journeys", "Workflow")
    Credential = apps.get_model("accounts", "Credential")
    rows = Workflow.objects.values_list("workspace_id", "id", "signing_secret")
    made = (
        Credential(
            workspace_id=workspace,
            kind="webhook",
            name=str(key),
            secret=secret,
            last_four=secret[-4:],
        )
        for workspace, key, secret in rows.iterator(chunk_size=BATCH)
    )
    Credential.objects.bulk_create(made, batch_size=BATCH)


def into_workflows(apps, schema_editor):
    """A workflow that never called a webhook has no credential; the column wants one of each."""
    Workflow = apps.get_model("journeys", "Workflow")
    kept = apps.get_model("accounts", "Credential").objects.filter(kind="webhook")
    for key in Workflow.objects.values_list("id", flat=True).iterator(chunk_size=BATCH):
        own = kept.filter(name=str(key))
        found = own.first()
        secret = found.secret if found is not None else new_secret()
        Workflow.objects.filter(pk=key).update(signing_secret=secret)
        own.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_invite_guests"),
        ("journeys", "0004_index_promoted_keys"),
    ]

    operations = [
        migrations.RunPython(into_credentials, into_workflows),
        migrations.RemoveField("workflow", "signing_secret"),
        migrations.RunSQL(FORGET, FORGET_NO_MORE),
    ]
