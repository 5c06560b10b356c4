"""`manage.py services`: look after the embedded PostgreSQL and Valkey."""

import os
import sys
from collections import deque
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.table import Table

from config import embedded


class Command(BaseCommand):
    help = "Show, start, stop or upgrade the embedded PostgreSQL and Valkey, or print their logs."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="action")
        actions.add_parser("status", help="Which servers run, where; exit status 3 if one does not")
        actions.add_parser("start", help="Start them (any other command does so on its own)")
        actions.add_parser("stop", help="Stop them; the data stay")
        logs = actions.add_parser("logs", help="The ends of their logs")
        logs.add_argument("--lines", type=int, default=20, help="How many of each (20)")
        upgrade = actions.add_parser(
            "upgrade", help="Move the data to the PostgreSQL of the installed wheel"
        )
        upgrade.add_argument("--dry-run", action="store_true", help="Only say what would be done")

    def handle(self, *_: Any, action: str, **options: Any) -> None:
        if not settings.EMBEDDED_SERVICES:
            self.stderr.write("DATABASE_URL and REDIS_URL are set: nothing uses these servers.")
        try:
            getattr(self, f"_{action}")(**options)
        except embedded.ServiceError as error:
            raise CommandError(str(error)) from error

    def _status(self, **_: Any) -> None:
        table = Table("Server", "Version", "State", "PID", "Port", "Folder")
        states = embedded.status(settings.VAR_DIR)
        for each in states:
            table.add_row(
                each.name,
                each.version,
                "running" if each.running else "stopped",
                str(each.pid or ""),
                str(each.port or ""),
                os.path.relpath(each.folder),
            )
        Console(file=sys.stdout).print(table)
        if not all(each.running for each in states):
            sys.exit(3)

    def _start(self, **_: Any) -> None:
        embedded.start_if_needed(settings.VAR_DIR)
        self.stdout.write("PostgreSQL and Valkey are running.")

    def _stop(self, **_: Any) -> None:
        stopped = embedded.stop(settings.VAR_DIR)
        self.stdout.write(f"Stopped {' and '.join(stopped)}." if stopped else "None was running.")

    def _logs(self, *, lines: int, **_: Any) -> None:
        for name, path in embedded.logs(settings.VAR_DIR).items():
            self.stdout.write(f"--- {name}: {path}")
            with path.open(errors="replace") as log:
                self.stdout.write("".join(deque(log, maxlen=lines)))

    def _upgrade(self, *, dry_run: bool, **_: Any) -> None:
        self.stdout.write(embedded.upgrade(settings.VAR_DIR, dry_run=dry_run))
