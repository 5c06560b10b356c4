import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import backup


class Command(BaseCommand):
    help = (
        "Dump the database in pg_dump's custom format, with a manifest of what it holds beside it; "
        "the platform goes on meanwhile. --verify restores it elsewhere and compares every table."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="Such as halfhour-2026-11-21.dump")
        parser.add_argument(
            "--verify", action="store_true", help="Restore it into a second database, and drop that"
        )
        parser.add_argument("--force", action="store_true", help="Write over an older backup")

    def handle(self, *_: Any, file: Path, verify: bool, force: bool, **options: Any) -> None:
        if file.exists() and not force:
            raise CommandError(f"{file} is there already; --force writes over it.")
        url: str = settings.DATABASE_URL
        try:
            self.stderr.write(f"Dumping to {file} …")
            made = backup.back_up(database_url=url, target=file)
            if verify:
                self._verify(url, file)
        except backup.BackupError as error:
            raise CommandError(str(error)) from error
        told = "restored elsewhere with the same counts" if verify else "not verified"
        self.stdout.write(
            f"{file}: {made.rows:,} rows of {len(made.tables)} tables, {made.size:,} bytes; {told}."
        )

    def _verify(self, url: str, file: Path) -> None:
        name = f"halfhour_verify_{secrets.token_hex(4)}"
        self.stderr.write(f"Restoring into {name} …")
        try:
            differing = backup.restore(database_url=url, source=file, name=name)
        finally:
            backup.drop(database_url=url, name=name)
        if differing:
            raise CommandError(f"The restored tables differ from the backup's: {differing}.")
