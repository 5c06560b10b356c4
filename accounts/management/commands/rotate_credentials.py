from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import Progress

from accounts import rotation


class Command(BaseCommand):
    help = (
        "Encrypt stored secrets anew under the first key of CREDENTIAL_KEYS. Put a new key before "
        "the old ones, run this, then take the old ones away. Can be stopped and started again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only count what would be done")

    def handle(self, *_: Any, dry_run: bool, **options: Any) -> None:
        waiting = [
            (model, name, rotation.waiting(model, name)) for model, name in rotation.columns()
        ]
        total = sum(count for _model, _name, count in waiting)
        if dry_run:
            for model, name, count in waiting:
                self.stdout.write(f"{model._meta.db_table}.{name}: {count:,}")
            self.stdout.write(f"{total:,} secrets would be encrypted anew.")
            return
        done = self._rotate(waiting, total)
        rotated = sum(each.rotated for each in done)
        lost = [f"{each.column} {key}" for each in done for key in each.lost]
        self.stdout.write(f"{rotated:,} secrets encrypted anew, {len(lost):,} unreadable.")
        if lost:
            raise CommandError(f"No key that is known opens: {', '.join(lost[:20])}.")

    def _rotate(self, waiting: list[tuple[Any, str, int]], total: int) -> list[rotation.Rotation]:
        console = Console(file=self.stderr)  # type: ignore[arg-type]
        finished = []
        with Progress(console=console, disable=not self.stderr.isatty()) as progress:
            task = progress.add_task("secrets", total=total)
            before = 0
            for model, name, _count in waiting:
                last = None
                for last in rotation.rotate(model, name):
                    progress.update(task, completed=before + last.rotated + len(last.lost))
                if last is not None:
                    before += last.rotated + len(last.lost)
                    finished.append(last)
        return finished
