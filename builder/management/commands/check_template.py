"""Says what is wrong with a template of the library."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from builder import template_check
from builder.template_library import load
from builder.template_library.library import DRAFT, FILE, LIBRARY, TemplateError, read


class Command(BaseCommand):
    """Reads `template.json` or, while it is being written, `draft.json` of a folder."""

    help = "Say what is wrong with templates of the library, finished or not, and where."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", help="folders of the library; default all finished")

    def handle(self, *args: Any, **options: Any) -> None:
        slugs = options["slugs"] or [template.slug for template in load()]
        found = sum(self._check(slug) for slug in slugs)
        if found:
            raise CommandError(f"{found} faults in {len(slugs)} templates.")
        self.stdout.write(f"{len(slugs)} templates, no fault.")

    def _check(self, slug: str) -> int:
        paths = [path for name in (FILE, DRAFT) if (path := LIBRARY / slug / name).exists()]
        if not paths:
            raise CommandError(f"There is no {slug}/{FILE} and no {slug}/{DRAFT}.")
        try:
            template = read(paths[0])
        except TemplateError as error:
            faults = list(error.faults)
        else:
            faults = list(template_check.faults(template))
            if not any(fault.pointer.startswith("/tokens") for fault in faults):
                faults += template_check.faults_among(template, load())
        for fault in faults:
            self.stdout.write(f"{slug}{fault.pointer}: {fault.code}: {fault.detail}")
        return len(faults)
