"""What privacy keeps: exports, erasures, suppressions; and the one way to change history."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import accounts.models.base
import accounts.models.status
from accounts.tenancy.operations import DefineFunction, EnableRowSecurity

ADMIN = """(workspace_id = (select app_workspace())
    and (select current_setting('app.role', true)) in ('owner', 'admin'))"""
ABOUT_ME = "(subject_kind = 'user' and subject_id = (select app_user()))"
ASKED_BY_ME = "(subject_kind = 'user' and requested_by_id = (select app_user()))"

# History's rows are written once. Erasing a person is the only reason to change them, and this the
# only way: it is granted to nobody but the owner, takes no other table, and the triggers that
# refuse changes let it pass by its setting.
# Rows whose column `key` is among `keys` go where `changes` is null; else the columns that
# `changes` names (those that the table has) become what it says.
REDACT_HISTORY = """(history text, key text, keys text[], changes jsonb) returns bigint
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
    key_type text;
    assignments text;
    changed bigint;
begin
    if not exists (
        select from pg_attribute where attrelid = to_regclass(quote_ident(history))
        and attname = 'pgh_id' and not attisdropped
    ) then
        raise exception '% keeps no history', history using errcode = 'insufficient_privilege';
    end if;
    select format_type(atttypid, atttypmod) into strict key_type from pg_attribute
    where attrelid = to_regclass(quote_ident(history)) and attname = key and not attisdropped;
    if changes is null then
        perform set_config('app.redaction', 'on', true);
        execute format('delete from %I where %I = any($1::%s[])', history, key, key_type)
        using keys;
        get diagnostics changed = row_count;
        perform set_config('app.redaction', '', true);
        return changed;
    end if;
    select string_agg(format('%I = r.%I', attname, attname), ', ') into assignments
    from pg_attribute where attrelid = to_regclass(quote_ident(history)) and attnum > 0
    and not attisdropped and attname not like 'pgh\\_%' and changes ? attname::text;
    if assignments is null then
        return 0;
    end if;
    perform set_config('app.redaction', 'on', true);
    execute format(
        'update %I h set %s from jsonb_populate_record(null::%I, $2) r
        where h.%I = any($1::%s[])', history, assignments, history, key, key_type)
    using keys, changes;
    get diagnostics changed = row_count;
    perform set_config('app.redaction', '', true);
    return changed;
end $$"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_make_month_partitions")]

    operations = [
        migrations.CreateModel(
            name="DataExport",
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
                    "subject_kind",
                    models.CharField(
                        choices=[
                            ("user", "somebody who signs in"),
                            ("contact", "a contact of a workspace"),
                        ],
                        max_length=10,
                        verbose_name="about",
                    ),
                ),
                ("subject_id", models.UUIDField(verbose_name="record of the person")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("requested", "requested"),
                            ("ready", "ready"),
                            ("failed", "failed"),
                            ("expired", "expired"),
                        ],
                        default="requested",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("file", models.CharField(blank=True, editable=False, max_length=100)),
                (
                    "size",
                    models.PositiveBigIntegerField(
                        default=0, help_text="Bytes.", verbose_name="size"
                    ),
                ),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="rows")),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="finished at"),
                ),
                (
                    "expires_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="expires at"),
                ),
                (
                    "error_message",
                    models.CharField(blank=True, max_length=200, verbose_name="error"),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="requested by",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="Whose contact it is about; empty for somebody who signs in.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "personal data export",
                "verbose_name_plural": "personal data exports",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["subject_id", "-created_at"], name="accounts_dataexport_subject"
                    ),
                    models.Index(
                        fields=["workspace", "-created_at"], name="accounts_dataexport_recent"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("subject_kind__isnull", True),
                            ("subject_kind__in", ["user", "contact"]),
                            _connector="OR",
                        ),
                        name="accounts_dataexport_subject_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__isnull", True),
                            ("status__in", ["requested", "ready", "failed", "expired"]),
                            _connector="OR",
                        ),
                        name="accounts_dataexport_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("size__isnull", True), ("size__gte", 0), _connector="OR"
                        ),
                        name="accounts_dataexport_size",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rows__isnull", True), ("rows__gte", 0), _connector="OR"
                        ),
                        name="accounts_dataexport_rows",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("subject_kind", "contact"), ("workspace__isnull", False)),
                            models.Q(("subject_kind", "user"), ("workspace__isnull", True)),
                            _connector="OR",
                        ),
                        name="accounts_dataexport_workspace_of_contact",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ErasureRequest",
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
                    "subject_kind",
                    models.CharField(
                        choices=[
                            ("user", "somebody who signs in"),
                            ("contact", "a contact of a workspace"),
                        ],
                        max_length=10,
                        verbose_name="about",
                    ),
                ),
                (
                    "subject_digest",
                    models.CharField(
                        help_text="Keyed, so that only the platform can tell whether it is somebody's.",
                        max_length=64,
                        verbose_name="digest of the person",
                    ),
                ),
                (
                    "target",
                    models.JSONField(
                        blank=True,
                        editable=False,
                        help_text="Who is to be erased; emptied with the last row.",
                        null=True,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("requested", "requested"),
                            ("running", "running"),
                            ("completed", "completed"),
                            ("failed", "failed"),
                        ],
                        default="requested",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "progress",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Each rule's rows so far, and whether it is done.",
                        verbose_name="progress",
                    ),
                ),
                (
                    "started_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="started at"),
                ),
                (
                    "completed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="completed at"),
                ),
                ("receipt", models.JSONField(blank=True, null=True, verbose_name="receipt")),
                (
                    "receipt_token_digest",
                    models.CharField(
                        blank=True, editable=False, max_length=64, null=True, unique=True
                    ),
                ),
                (
                    "error_message",
                    models.CharField(blank=True, max_length=200, verbose_name="error"),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="requested by",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="Whose contact it is about; empty for somebody who signs in.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "erasure",
                "verbose_name_plural": "erasures",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "-created_at"], name="accounts_erasure_recent"
                    ),
                    models.Index(fields=["subject_digest"], name="accounts_erasure_subject"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("subject_kind__isnull", True),
                            ("subject_kind__in", ["user", "contact"]),
                            _connector="OR",
                        ),
                        name="accounts_erasurerequest_subject_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__isnull", True),
                            ("status__in", ["requested", "running", "completed", "failed"]),
                            _connector="OR",
                        ),
                        name="accounts_erasurerequest_status",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("requested", "running", "failed"))),
                        fields=("subject_digest",),
                        name="accounts_erasurerequest_one_unfinished",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("completed_at__isnull", False),
                                ("receipt__isnull", False),
                                ("status", "completed"),
                                ("target__isnull", True),
                            ),
                            models.Q(
                                models.Q(("status", "completed"), _negated=True),
                                ("target__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="accounts_erasurerequest_forgets_who",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suppression",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("email", "e-mail address"),
                            ("user_id", "user id"),
                            ("anonymous_id", "anonymous id"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                (
                    "workspace",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="Empty: for every workspace.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "suppression",
                "verbose_name_plural": "suppressions",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "digest"),
                        name="accounts_suppression_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__isnull", True),
                            ("kind__in", ["email", "user_id", "anonymous_id"]),
                            _connector="OR",
                        ),
                        name="accounts_suppression_kind",
                    ),
                ],
            },
        ),
        EnableRowSecurity("DataExport", writers=(), using=f"({ABOUT_ME} or {ADMIN})"),
        EnableRowSecurity("ErasureRequest", writers=(), using=f"({ASKED_BY_ME} or {ADMIN})"),
        EnableRowSecurity("Suppression", writers=()),
        DefineFunction(
            "accounts_redact_history",
            "text, text, text[], jsonb",
            REDACT_HISTORY,
            grant_to=(),
        ),
    ]
