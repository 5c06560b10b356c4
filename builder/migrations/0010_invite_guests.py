"""Guests of a project are invited; nobody is told whose account an address is."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_invite_guests"), ("builder", "0009_exchange_projects")]

    operations = [
        migrations.RunSQL(
            (SQL / "guests.sql").read_text(), (SQL / "guests_reverse.sql").read_text()
        )
    ]
