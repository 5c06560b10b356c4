"""The function that partitions a table by month, and the one that makes a month's partition."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql" / "partitions.sql"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_secure_rows")]

    operations = [
        migrations.RunSQL(
            SQL.read_text(),
            "drop function partition_by_month(text, text);"
            "drop function make_month_partition(regclass, date);",
        ),
    ]
