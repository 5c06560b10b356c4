from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from builder.exchange import project_export
from builder.management.projects import find_project


class Command(BaseCommand):
    help = (
        "Write a project to a file that import_project takes, here or in another installation "
        "(docs/formats.md): its documents, settings and redirects; no people, no releases."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("project", help="Its slug or id")
        parser.add_argument("file", type=Path, nargs="?", help="Default: by slug and day")
        parser.add_argument(
            "--workspace", default="", metavar="SLUG", help="Where two have such a slug"
        )
        parser.add_argument("--versions", action="store_true", help="With its history")
        parser.add_argument("--force", action="store_true", help="Write over an older file")

    def handle(
        self, *_: Any, file: Path | None, versions: bool, force: bool, **options: Any
    ) -> None:
        now = timezone.now()
        project = find_project(options["project"], workspace=options["workspace"])
        file = file or Path(project_export.filename(project, now=now))
        if file.exists() and not force:
            raise CommandError(f"{file} is there already; --force writes over it.")
        # What is not whole does not have the file's name.
        draft = file.with_name(f"{file.name}.part")
        with draft.open("wb") as target:
            for piece in project_export.stream(project=project, versions=versions, now=now):
                target.write(piece)
        draft.replace(file)
        told = "with its history" if versions else "without its history"
        self.stdout.write(f"{file}: {project.name}, {told}, {file.stat().st_size:,} bytes.")
