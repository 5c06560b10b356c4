"""Schedules know the key that made them: whoever set a time is asked about when it comes."""

import django.db.models.deletion
from django.db import migrations, models

import accounts.models.base

# As TenantForeignKeys makes it.
KEY = """
create unique index if not exists accounts_apikey_workspace_id_id
    on accounts_apikey (workspace_id, id);
alter table builder_releaseschedule add constraint builder_releaseschedule_api_key_id_workspace
    foreign key (workspace_id, api_key_id) references accounts_apikey (workspace_id, id)"""
KEY_REVERSE = """
alter table builder_releaseschedule
    drop constraint if exists builder_releaseschedule_api_key_id_workspace"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_invite_guests"), ("builder", "0011_images")]

    operations = [
        migrations.AddField(
            model_name="releaseschedule",
            name="api_key",
            field=accounts.models.base.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                help_text="The workspace's key that set the time, where no person did.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="accounts.apikey",
                verbose_name="API key",
            ),
        ),
        migrations.AlterField(
            model_name="releaseschedule",
            name="told_at",
            field=models.DateTimeField(
                editable=False,
                help_text="When it was written to those concerned that it failed.",
                null=True,
                verbose_name="told at",
            ),
        ),
        migrations.AddIndex(
            model_name="releaseschedule",
            index=models.Index(
                condition=models.Q(("api_key__isnull", False)),
                fields=["api_key"],
                name="builder_schedule_of_key",
            ),
        ),
        migrations.RunSQL(KEY, KEY_REVERSE),
    ]
