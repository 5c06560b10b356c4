from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.quotas import QuotaExceededError
from builder import projects
from builder.exchange import ExchangeError, project_import
from builder.management.projects import find_owner, find_workspace


class Command(BaseCommand):
    help = "Make a project, a draft, of a file that export_project or the API has written."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--workspace", required=True, metavar="SLUG", help="Whose it will be")
        parser.add_argument("--owner", default="", metavar="EMAIL", help="A member (the owner)")
        parser.add_argument("--dry-run", action="store_true", help="Check it, and make nothing")

    def handle(self, *_: Any, file: Path, dry_run: bool, **options: Any) -> None:
        workspace = find_workspace(options["workspace"])
        owner = find_owner(workspace, options["owner"])
        try:
            with file.open("rb") as opened:
                arrival = project_import.read(opened)
                counts = dict(arrival.summary)
                name = counts.pop("name")
                if dry_run:
                    told = f"{file} is right; of {name} there would be"
                else:
                    made = project_import.create(workspace=workspace, owner=owner, arrival=arrival)
                    told = f"{made.name} ({made.slug}) at {projects.site_url(project=made)}:"
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except ExchangeError as error:
            lines = [f"{fault.pointer or '/'}: {fault.detail}" for fault in error.faults]
            raise CommandError("\n".join([f"{file}: {error}", *lines])) from error
        except QuotaExceededError as error:
            raise CommandError(str(error)) from error
        many = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in counts.items())
        self.stdout.write(f"{told} {many}.")
