"""What the commands that export and erase people share: arguments, progress, what is said."""

import json
import sys
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from accounts import audit
from accounts.privacy import erasure
from accounts.privacy.archive_files import write_archive
from accounts.privacy.rules import plan
from accounts.privacy.subjects import Subject


class PersonCommand(BaseCommand, ABC):
    """A command about one person, whom `find` gets from its arguments."""

    @abstractmethod
    def find(self, options: dict[str, Any]) -> Subject:
        """The person whom the command's arguments name; raises CommandError for nobody."""


class ExportCommand(PersonCommand):
    """Writes a person's archive to a file."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--output",
            type=Path,
            metavar="FILE",
            help="Where the zip file goes (export-<id>-<date>.zip here)",
        )
        parser.add_argument("--force", action="store_true", help="Write over a file that is there")

    def handle(self, *_: Any, **options: Any) -> None:
        subject = self.find(options)
        now = timezone.now()
        path: Path = options["output"] or Path(f"export-{subject.id}-{now:%Y-%m-%d}.zip")
        if path.exists() and not options["force"]:
            raise CommandError(f"{path} is there already; --force writes over it.")
        draft = path.with_name(f"{path.name}.part")
        try:
            draft.touch(mode=0o600)
            rows = write_archive(subject=subject, path=draft, now=now)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        audit.record(
            action="exported",
            subject=f"{subject.kind} {subject.id}",
            workspace_id=subject.workspace_id,
        )
        self.stdout.write(f"{rows:,} rows written to {path} ({path.stat().st_size:,} bytes).")


class EraseCommand(PersonCommand):
    """Erases a person; what was broken off goes on from where it stopped."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be changed")
        parser.add_argument("--yes", action="store_true", help="Do not ask")
        parser.add_argument(
            "--receipt", type=Path, metavar="FILE", help="Write the signed receipt there (JSON)"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        subject = self.find(options)
        rows = erasure.preview(subject)
        self._show(rows)
        total = sum(count for *_what, count in rows)
        if options["dry_run"]:
            self.stdout.write(f"{total:,} rows would be changed; nothing was.")
            return
        if not options["yes"] and not self._confirmed():
            raise CommandError("Nothing was changed.")
        try:
            job, _token = erasure.request(subject=subject)
            job = self._run(job.pk, subject, total)
        except erasure.SoleOwnerError as error:
            raise CommandError(str(error)) from error
        if options["receipt"]:
            options["receipt"].write_text(json.dumps(job.receipt, ensure_ascii=False, indent=2))
        told = job.receipt["tables"]
        done = sum(entry["rows"] for entry in told)
        self.stdout.write(f"Erased: {done:,} rows of {len(told)} tables changed.")

    def _run(self, request_id: Any, subject: Subject, total: int) -> Any:
        if not sys.stderr.isatty():
            return erasure.run(request_id, wait=True)
        columns = (TextColumn("{task.description:<40}"), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True)) as progress:
            bar = progress.add_task(f"{len(plan(subject.kind))} rules", total=total or None)

            def tell(label: str, count: int) -> None:
                progress.update(bar, description=label, advance=count)

            return erasure.run(request_id, wait=True, tell=tell)

    def _confirmed(self) -> bool:
        if not sys.stdin.isatty():
            raise CommandError("Nobody is here to ask: say --yes to erase, or --dry-run to look.")
        return input("This cannot be undone. Type ERASE to go on: ").strip() == "ERASE"

    def _show(self, rows: list[tuple[str, str, int]]) -> None:
        table = Table("Records", "What becomes of them", "Rows")
        for label, done, count in rows:
            table.add_row(label, done, f"{count:,}")
        Console(file=self.stdout).print(table)  # type: ignore[arg-type]
