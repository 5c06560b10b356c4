"""Invitations to one project, for people who are not to be members."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_track_history")]

    operations = [
        migrations.RemoveConstraint(model_name="invitation", name="accounts_invitation_one_open"),
        migrations.AddField(
            model_name="invitation",
            name="guest_of",
            field=models.UUIDField(
                blank=True,
                editable=False,
                help_text="The one project that the invited person is to work on, not as a member.",
                null=True,
                verbose_name="guest of",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("guest_of__isnull", True), ("role__in", ["editor", "viewer"]), _connector="OR"
                ),
                name="accounts_invitation_guest_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("accepted_at__isnull", True)),
                fields=("workspace", "email", "guest_of"),
                name="accounts_invitation_one_open",
                nulls_distinct=False,
            ),
        ),
        migrations.RunSQL(
            (SQL / "guests.sql").read_text(), (SQL / "guests_reverse.sql").read_text()
        ),
    ]
