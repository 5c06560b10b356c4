"""Makes the pages of a JSON file, then builds the whole site for each line that it reads."""

import json
import os
import sys
import time
from pathlib import Path

import django


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bakery_site.settings"
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    _make(json.loads(Path(sys.argv[1]).read_text()))
    _tell({"ready": True})
    for _line in sys.stdin:
        began = time.perf_counter()
        call_command("build", verbosity=0, keep_build_dir=False, skip_static=True, skip_media=True)
        seconds = time.perf_counter() - began
        built = list(Path(os.environ["BAKERY_BUILD_DIR"]).rglob("*.html"))
        size = sum(path.stat().st_size for path in built)
        _tell({"seconds": seconds, "pages": len(built), "bytes": size})


def _make(pages: list[dict[str, object]]) -> None:
    from bakery_site.models import ContentPage
    from wagtail.models import Page, Site

    root = Page.objects.get(depth=1)
    site = Site.objects.get(is_default_site=True)
    (first, *others) = [
        ContentPage(title=page["title"], slug=page["slug"], body=json.dumps(page["body"]))
        for page in pages
    ]
    root.add_child(instance=first)
    for page in others:
        first.add_child(instance=page)
    site.root_page = first
    site.save()


def _tell(message: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
