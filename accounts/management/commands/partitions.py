import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from accounts.tenancy import partitioning


class Command(BaseCommand):
    help = "Look after the tables that are kept by month: show their months, make or drop some."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="action")
        actions.add_parser("list", help="Every month of every table, its rows and size")
        make = actions.add_parser("make", help="Make the months ahead (beat does so every hour)")
        make.add_argument("--ahead", type=int, default=3, metavar="N", help="How many (3)")
        drop = actions.add_parser("drop", help="Drop whole months, with all rows in them")
        drop.add_argument("table", help="Such as journeys_event")
        drop.add_argument("--before", required=True, metavar="YYYY-MM", help="This month stays")
        drop.add_argument("--dry-run", action="store_true", help="Only say what would go")

    def handle(self, *_: Any, action: str, **options: Any) -> None:
        try:
            getattr(self, f"_{action}")(**options)
        except OperationalError as error:
            if "lock timeout" not in str(error):
                raise
            raise CommandError("Something long is reading the table: try again later.") from error

    def _list(self, **_: Any) -> None:
        table = Table("Table", "Month", "Rows (estimate)", "Size")
        for each in partitioning.partitions():
            month = f"{each.month:%Y-%m}" if each.month else "any other"
            table.add_row(each.table, month, f"{each.rows:,}", _size(each.size))
        Console(file=self.stdout).print(table)  # type: ignore[arg-type]

    def _make(self, *, ahead: int, **_: Any) -> None:
        if not 0 <= ahead <= 120:
            raise CommandError("--ahead wants a number of months from 0 to 120.")
        made = partitioning.make_partitions(now=timezone.now(), ahead=ahead)
        self.stdout.write(f"Made {', '.join(made)}." if made else "Every month was there already.")

    def _drop(self, *, table: str, before: str, dry_run: bool, **_: Any) -> None:
        if table not in partitioning.tables():
            known = ", ".join(partitioning.tables())
            raise CommandError(f"{table} is not kept by month; these are: {known}.")
        month = _month(before)
        if dry_run:
            old = partitioning.ended_before(table=table, before=month)
        else:
            old = partitioning.drop_partitions(table=table, before=month)
        for each in old:
            self.stdout.write(f"{each.name}: about {each.rows:,} rows, {_size(each.size)}")
        verb = "would be dropped" if dry_run else "dropped"
        self.stdout.write(f"{len(old)} months of {table} {verb}.")


def _month(text: str) -> datetime.date:
    try:
        return datetime.datetime.strptime(text, "%Y-%m").replace(tzinfo=datetime.UTC).date()
    except ValueError:
        raise CommandError(f"--before wants a month such as 2026-01, not {text}.") from None


def _size(count: float) -> str:
    for unit in ("B", "kB", "MB"):
        if count < 1024:
            return f"{count:.0f} {unit}"
        count /= 1024
    return f"{count:.1f} GB"
