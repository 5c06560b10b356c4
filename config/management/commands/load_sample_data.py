import datetime
import time
from dataclasses import dataclass
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from accounts.models import Workspace
from config.sample import building, loading, telling
from config.sample.names import PAGES, ROASTERY
from config.sample.story import Story
from config.sample.team import gather


@dataclass(frozen=True, kw_only=True)
class Profile:
    """How many contacts and events, of what site, and whether there is a team with a story."""

    name: str
    template: str
    pages: tuple[str, ...]
    contacts: int
    events: int
    story: bool = False


PROFILES: Final = {
    "small": Profile(
        name="محمصة نخلة", template="suhail", pages=ROASTERY, contacts=400, events=5_000, story=True
    ),
    "large": Profile(
        name="Sample (large)", template="millibar", pages=PAGES, contacts=100_000, events=1_000_000
    ),
}


class Command(BaseCommand):
    help = (
        "Fill a workspace of its own (sample-small, sample-large) with a quarter of a company's "
        "work, the same for the same seed: small has a team and rows of every kind, large many "
        "visitors and their events. All of it is in, or nothing; run again it adds nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--profile", choices=PROFILES, default="small", help="small: a "
                            "marketing team's quarter, with 5,000 events of 400 contacts; large: "
                            "1,000,000 events of 100,000, and nothing else")  # fmt: skip
        parser.add_argument("--seed", type=int, default=1, metavar="S")
        parser.add_argument("--reset", action="store_true", help="Remove an earlier one first")
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be done")

    def handle(self, *_: Any, profile: str, seed: int, **options: Any) -> None:
        slug, wanted = f"sample-{profile}", PROFILES[profile]
        there = Workspace.objects.filter(slug=slug)
        if there.exists() and not options["reset"]:
            self.stdout.write(f"{slug} is there already: nothing added. --reset makes it anew.")
            return
        if options["dry_run"]:
            verb = "replace" if there.exists() else "make"
            story = f", and a story in {len(telling.PARTS)} parts" if wanted.story else ""
            self.stdout.write(
                f"Would {verb} {slug}: {wanted.contacts:,} contacts, {wanted.events:,} events"
                f"{story}."
            )
            return
        started, now = time.monotonic(), timezone.now()
        with transaction.atomic():
            there.delete()
            place = building.build(slug=slug, name=wanted.name, template=wanted.template)
            told = self._load(place, wanted, seed=seed, until=now)
        told |= self._roll_up(wanted)
        self._show(place, told, seconds=time.monotonic() - started)

    def _load(
        self, place: building.Place, wanted: Profile, *, seed: int, until: datetime.datetime
    ) -> dict[str, int]:
        columns = (
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
            TimeElapsedColumn(),
        )  # fmt: skip
        with Progress(*columns, console=Console(stderr=True)) as progress:
            bars = {
                "contacts": progress.add_task("contacts", total=wanted.contacts),
                "events": progress.add_task("events", total=wanted.events),
            }
            if wanted.story:
                bars["story"] = progress.add_task("story", total=len(telling.PARTS))

            def say(what: str, count: int) -> None:
                progress.update(bars[what], completed=count)

            told = loading.load(
                workspace=place.workspace,
                project=place.project,
                contacts=wanted.contacts,
                events=wanted.events,
                seed=seed,
                until=until,
                pages=wanted.pages,
                say=say,
            )
            say("events", told["events"])
            if wanted.story:
                told |= telling.tell(_story(place, seed=seed, until=until), say=say)
        return told

    def _roll_up(self, wanted: Profile) -> dict[str, int]:
        now = timezone.now()
        telling.roll_up_traffic(now=now)
        return telling.roll_up_story(now=now) if wanted.story else {}

    def _show(self, place: building.Place, told: dict[str, int], *, seconds: float) -> None:
        table = Table("Kind", "Rows")
        for name, count in told.items():
            table.add_row(name, f"{count:,}")
        Console(file=self.stdout).print(table)  # type: ignore[arg-type]
        if place.password:
            self.stdout.write(f"{place.owner.email} signs in with {place.password} (shown once).")
        self.stdout.write(
            f"{place.workspace.slug}: {sum(told.values()):,} rows of {len(told)} kinds in "
            f"{seconds:.0f} s."
        )


def _story(place: building.Place, *, seed: int, until: datetime.datetime) -> Story:
    return Story(
        workspace=place.workspace,
        project=place.project,
        team=gather(workspace=place.workspace, owner=place.owner),
        seed=seed,
        until=until,
    )
