from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from builder import static_site
from builder.management.projects import find_project
from builder.models import Project, Release
from builder.publishing import PublishError
from builder.storing import StorageAwayError


class Command(BaseCommand):
    help = "Write a project's live site, or one of its releases, as a folder for any web server."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("project", help="the project's slug or id")
        parser.add_argument("folder", type=Path, help="made where it is not there")
        parser.add_argument("--workspace", default="", help="its slug, where two have such a slug")
        parser.add_argument("--release", type=int, help="the release's number; the live one if not")
        parser.add_argument("--base", default="/", help="the path that the site is served at")
        parser.add_argument("--force", action="store_true", help="write into a folder with files")
        parser.add_argument("--dry-run", action="store_true", help="say what would be written")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if folder.exists() and not folder.is_dir():
            raise CommandError(f"{folder} is a file.")
        if folder.is_dir() and any(folder.iterdir()) and not options["force"]:
            raise CommandError(f"{folder} has files in it; --force writes over them.")
        project = find_project(options["project"], workspace=options["workspace"])
        try:
            release = _release(project, options["release"])
            made = static_site.export(release=release, base=options["base"])
        except (PublishError, StorageAwayError) as error:
            faults = getattr(error, "faults", ())
            told = "; ".join(f"{each.pointer}: {each.detail}" for each in faults)
            raise CommandError(f"{error} {told}".strip()) from error
        if options["verbosity"] > 1 or options["dry_run"]:
            for name in made.files:
                self.stdout.write(name)
        if not options["dry_run"]:
            static_site.write(made=made, folder=folder)
        if project.site_passwords.exists():
            self.stderr.write("The site is behind a password here; these files are not.")
        self.stdout.write(
            f"{'Would write' if options['dry_run'] else 'Wrote'} release {release} of "
            f"{project.slug}: {made.pages} pages, {len(made.files)} files, {made.size} bytes, "
            f"{made.redirects} redirects."
        )


def _release(project: Project, number: int | None) -> Release:
    if number is None:
        return static_site.live_release(project)
    release = project.releases.published().filter(number=number).first()
    if release is None:
        raise CommandError(f"{project.slug} has no release {number}.")
    return release
