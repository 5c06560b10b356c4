"""Releases that are rendered in part, and published when their time comes."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import accounts.models.base
from accounts.tenancy.operations import DefineFunction, EnableRowSecurity, TenantForeignKeys

SQL = Path(__file__).parent / "sql"

# Where a file's bytes are: in the row, or in the storage under a name.
RELEASE_FILE = """(release uuid, wanted text) returns table (body bytea, gzip bytea, br bytea,
    stored_as text, compressed boolean)
language sql stable security definer set search_path = public, pg_temp as $$
    select f.body, f.gzip, f.br, f.stored_as::text, f.compressed from builder_release r
    join builder_releasefile f on f.workspace_id = r.workspace_id and f.sha256 = wanted
    where r.id = release
$$"""

BODY_SIZE = models.Func(
    models.F("body"), function="octet_length", output_field=models.IntegerField()
)


class Migration(migrations.Migration):
    dependencies = [("builder", "0005_write_versions")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    (SQL / "storing.sql").read_text(), (SQL / "storing_reverse.sql").read_text()
                )
            ],
            state_operations=[
                migrations.AddField(
                    model_name="release",
                    name="inputs",
                    field=models.JSONField(
                        default=dict,
                        help_text="Path to a hash of all that the file was rendered from.",
                        verbose_name="inputs",
                    ),
                ),
                migrations.AddField(
                    model_name="release",
                    name="locales",
                    field=models.JSONField(
                        default=dict,
                        help_text="Language to {prefix, assets}: where its pages are, and what they load.",
                        verbose_name="languages",
                    ),
                ),
                migrations.AddField(
                    model_name="releasefile",
                    name="compressed",
                    field=models.BooleanField(
                        db_default=False, default=False, verbose_name="compressed"
                    ),
                ),
                migrations.AddField(
                    model_name="releasefile",
                    name="stored_as",
                    field=models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="The file's name in the storage; empty: its bytes are in the database.",
                        max_length=200,
                        verbose_name="stored as",
                    ),
                ),
                migrations.AlterField(
                    model_name="releasefile",
                    name="body",
                    field=models.BinaryField(null=True, verbose_name="body"),
                ),
                migrations.AlterField(
                    model_name="releasefile",
                    name="size",
                    field=models.IntegerField(
                        help_text="Bytes, not compressed.", verbose_name="size"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="releasefile",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("body__isnull", False), ("size", BODY_SIZE), ("stored_as", "")
                            ),
                            models.Q(
                                models.Q(("stored_as", ""), _negated=True),
                                ("body__isnull", True),
                                ("br__isnull", True),
                                ("gzip__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="builder_releasefile_place",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReleaseSchedule",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=accounts.models.base.UUIDv7(),
                        default=accounts.models.base.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="updated at",
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[("publish", "Publish"), ("unpublish", "Take down")],
                        default="publish",
                        max_length=10,
                        verbose_name="action",
                    ),
                ),
                (
                    "locales",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Which languages are published, such as [“ar”]; empty: all of the project.",
                        verbose_name="languages",
                    ),
                ),
                ("due_at", models.DateTimeField(verbose_name="due at")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "pending"),
                            ("done", "done"),
                            ("failed", "failed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="pending",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                (
                    "finished_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="finished at"),
                ),
                (
                    "faults",
                    models.JSONField(
                        default=list,
                        editable=False,
                        help_text="Why it failed: pointer, code and detail of each fault.",
                        verbose_name="faults",
                    ),
                ),
                (
                    "told_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="When whoever made it was written to that it failed.",
                        null=True,
                        verbose_name="told at",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
                (
                    "project",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="schedules",
                        to="builder.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "release",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        help_text="What it made live.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="builder.release",
                        verbose_name="release",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "schedule",
                "verbose_name_plural": "schedules",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "project", "-due_at"],
                        name="builder_schedule_of_project",
                    ),
                    models.Index(fields=["workspace", "-id"], name="builder_schedule_newest"),
                    models.Index(
                        condition=models.Q(("status", "pending")),
                        fields=["due_at"],
                        name="builder_schedule_due",
                    ),
                    models.Index(
                        condition=models.Q(("status", "failed"), ("told_at__isnull", True)),
                        fields=["finished_at"],
                        name="builder_schedule_untold",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("action__isnull", True),
                            ("action__in", ["publish", "unpublish"]),
                            _connector="OR",
                        ),
                        name="builder_releaseschedule_action",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__isnull", True),
                            ("status__in", ["pending", "done", "failed", "cancelled"]),
                            _connector="OR",
                        ),
                        name="builder_releaseschedule_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at__isnull", True), ("status", "pending")),
                            models.Q(
                                models.Q(("status", "pending"), _negated=True),
                                ("finished_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="builder_releaseschedule_finished",
                    ),
                ],
            },
        ),
        EnableRowSecurity("ReleaseSchedule"),
        TenantForeignKeys("ReleaseSchedule"),
        DefineFunction("builder_release_file", "uuid, text", RELEASE_FILE),
    ]
