from typing import Any

from django.core.management.base import BaseCommand

from builder.library import load_templates


class Command(BaseCommand):
    help = "Bring the built-in templates into the database; running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        made, changed = load_templates()
        if options["verbosity"]:
            self.stdout.write(f"Templates: {made} made, {changed} changed.")
