"""Row security of profiles and credentials, the audit trail's lock, and what people may do."""

from pathlib import Path

from django.db import migrations

from accounts.tenancy.operations import (
    IN_WORKSPACE,
    EnableRowSecurity,
    HideColumns,
    own_rows_anywhere,
)

SQL = Path(__file__).parent / "sql"
EVERYBODY = ("owner", "admin", "editor", "analyst", "viewer")
FOR_ADMINS = f"{IN_WORKSPACE} and (select current_setting('app.role', true)) in ('owner', 'admin')"


def from_file(name: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        (SQL / f"{name}.sql").read_text(), (SQL / f"{name}_reverse.sql").read_text()
    )


def of_a_person(model: str) -> EnableRowSecurity:
    """Read by the person, and by the admins of a workspace they share; written by the person."""
    return EnableRowSecurity(
        model,
        writers=EVERYBODY,
        using=own_rows_anywhere("owner", "admin"),
        check="user_id = (select app_user())",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_keep_profiles_and_credentials"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("sessions", "0001_initial"),
        ("usersessions", "0001_initial"),
    ]

    operations = [
        of_a_person("UserProfile"),
        of_a_person("CulturalContext"),
        EnableRowSecurity("Credential", writers=("owner", "admin"), using=FOR_ADMINS),
        EnableRowSecurity("Invitation", writers=("owner", "admin")),
        EnableRowSecurity("AuditEntry", writers=(), using=FOR_ADMINS),
        HideColumns("User", ["password"]),
        HideColumns("Credential", ["secret"]),
        from_file("people"),
        from_file("audit"),
    ]
