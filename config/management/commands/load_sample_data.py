import datetime
import time
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from accounts.models import Workspace
from analytics import rollups
from config.sample import building, loading
from config.sample.visits import DAYS

# Contacts and events.
PROFILES: Final = {"small": (400, 5_000), "large": (100_000, 1_000_000)}


class Command(BaseCommand):
    help = (
        "Fill a workspace of its own (sample-small, sample-large) with a quarter of visitors, "
        "events and leads, the same for the same seed. All of it is in, or nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--profile", choices=PROFILES, default="small", help="small: 5,000 "
                            "events of 400 contacts; large: 1,000,000 of 100,000")  # fmt: skip
        parser.add_argument("--seed", type=int, default=1, metavar="S")
        parser.add_argument("--reset", action="store_true", help="Remove an earlier one first")
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be done")

    def handle(self, *_: Any, profile: str, seed: int, **options: Any) -> None:
        slug = f"sample-{profile}"
        there = Workspace.objects.filter(slug=slug)
        contacts, events = PROFILES[profile]
        if options["dry_run"]:
            verb = "replace" if there.exists() else "make"
            self.stdout.write(f"Would {verb} {slug}: {contacts:,} contacts, {events:,} events.")
            return
        if there.exists() and not options["reset"]:
            raise CommandError(f"{slug} is there already; --reset removes it first.")
        started = time.monotonic()
        with transaction.atomic():
            there.delete()
            place = building.build(slug=slug, name=f"Sample ({profile})")
            told = self._load(place, contacts=contacts, events=events, seed=seed)
        self._roll_up()
        self._show(place, told, seconds=time.monotonic() - started)

    def _load(
        self, place: building.Place, *, contacts: int, events: int, seed: int
    ) -> dict[str, int]:
        columns = (
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
            TimeElapsedColumn(),
        )  # fmt: skip
        with Progress(*columns, console=Console(stderr=True)) as progress:
            bars = {
                "contacts": progress.add_task("contacts", total=contacts),
                "events": progress.add_task("events", total=events),
            }

            def say(what: str, count: int) -> None:
                progress.update(bars[what], completed=count)

            told = loading.load(
                workspace=place.workspace,
                project=place.project,
                contacts=contacts,
                events=events,
                seed=seed,
                until=timezone.now(),
                say=say,
            )
            say("events", told["events"])
        return told

    def _roll_up(self) -> None:
        """Figures for the dashboards, of days long past too."""
        now = timezone.now()
        rollups.rebuild_traffic(since=now - datetime.timedelta(days=DAYS + 1), now=now)

    def _show(self, place: building.Place, told: dict[str, int], *, seconds: float) -> None:
        table = Table("Table", "Rows")
        for name, count in told.items():
            table.add_row(name, f"{count:,}")
        Console(file=self.stdout).print(table)  # type: ignore[arg-type]
        if place.password:
            self.stdout.write(f"{place.owner.email} signs in with {place.password} (shown once).")
        self.stdout.write(
            f"{place.workspace.slug}: {sum(told.values()):,} rows in {seconds:.0f} s."
        )
