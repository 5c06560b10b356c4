from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from config import backup


class Command(BaseCommand):
    help = (
        "Bring a backup back: into a new database beside the present one (--into NAME), or in its "
        "place (--replace), which keeps the present one under another name. Every table is "
        "counted and compared before anything changes."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="The dump; its .json lies beside it")
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--into", metavar="NAME", help="Make this database")
        where.add_argument("--replace", action="store_true", help="Take the present one's place")
        where.add_argument("--dry-run", action="store_true", help="Only say what the file holds")

    def handle(self, *_: Any, file: Path, **options: Any) -> None:
        try:
            manifest = backup.read_manifest(file)
            self.stdout.write(
                f"{file}: made {manifest.made_at} by PostgreSQL {manifest.postgres}, "
                f"{manifest.rows:,} rows of {len(manifest.tables)} tables."
            )
            self._check_age(manifest)
            if not options["dry_run"]:
                self._restore(file, options)
        except backup.BackupError as error:
            raise CommandError(str(error)) from error

    def _restore(self, file: Path, options: dict[str, Any]) -> None:
        url: str = settings.DATABASE_URL
        present = urlsplit(url).path.lstrip("/")
        stamp = datetime.now(UTC).strftime("%Y%m%d_%H%M%S")
        name = options["into"] or f"{present}_restored_{stamp}"
        differing = backup.restore(database_url=url, source=file, name=name)
        if differing:
            backup.drop(database_url=url, name=name)
            raise CommandError(f"The restored tables differ from the backup's: {differing}.")
        if options["into"]:
            self.stdout.write(f"Restored into the database {name}; every table has its rows.")
            return
        connections.close_all()
        kept_as = f"{present}_before_{stamp}"
        try:
            backup.replace(database_url=url, name=name, kept_as=kept_as)
        except backup.BackupError:
            backup.drop(database_url=url, name=name)
            raise
        self.stdout.write(
            f"Restored; every table has its rows. What was there is kept as {kept_as}."
        )

    def _check_age(self, manifest: backup.Manifest) -> None:
        """A backup of a newer version has columns that this code does not know."""
        newest: dict[str, str] = {}
        for app, name in MigrationLoader(None).disk_migrations:
            newest[app] = max(name, newest.get(app, ""))
        known = {app: name for app, name in manifest.migrations.items() if app in newest}
        newer = [app for app, name in known.items() if name > newest[app]]
        older = [app for app, name in known.items() if name < newest[app]]
        if newer:
            raise CommandError(
                f"The backup is of a newer version ({', '.join(newer)}): upgrade first."
            )
        if older:
            self.stdout.write(f"It is of an older version ({', '.join(older)}): migrate after it.")
