from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from journeys.ingest import tracker


class Command(BaseCommand):
    help = "Makes tracker.min.js of tracker.js (for development)."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        # Of the development group: an installation has no need of it.
        import rjsmin

        folder = Path(tracker.__file__).parent
        source = (folder / "tracker.js").read_text(encoding="utf-8")
        small = f"{rjsmin.jsmin(source)}\n"
        (folder / "tracker.min.js").write_text(small, encoding="utf-8")
        self.stdout.write(f"tracker.min.js: {len(small.encode())} bytes")
