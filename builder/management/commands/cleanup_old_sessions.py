from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress

from builder import sessions


class Command(BaseCommand):
    help = (
        "Delete the builder's sessions that were completed or cancelled and begun long ago. Can be "
        "broken off, and run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=sessions.KEPT_DAYS, help="Begun before")
        parser.add_argument("--batch", type=int, default=sessions.BATCH, help="In one transaction")
        parser.add_argument("--dry-run", action="store_true", help="Only say how many there are")

    def handle(self, *_: Any, days: int, batch: int, dry_run: bool, **options: Any) -> None:
        if days < 1 or batch < 1:
            raise CommandError("--days and --batch are 1 or more.")
        now = timezone.now()
        total = sessions.old_sessions(now=now, days=days).count()
        if dry_run:
            self.stdout.write(f"{total:,} sessions would be deleted, nothing was changed.")
            return
        console = Console(file=self.stdout)  # type: ignore[arg-type]
        with Progress(console=console, disable=not console.is_terminal) as progress:
            task = progress.add_task("Sessions", total=total)
            done = sessions.cleanup_old_sessions(
                now=now,
                days=days,
                batch=batch,
                tell=lambda count: progress.update(task, completed=count),
            )
        self.stdout.write(f"{done:,} sessions deleted, begun more than {days} days ago.")
