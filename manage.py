#!/usr/bin/env python
"""Halfhour's commands; `manage.py help` lists them."""

import gc
import os
import sys

# Commands that neither need a database nor should start one.
WITHOUT_SERVICES = {
    "services",
    "help",
    "--help",
    "version",
    "--version",
    "makemessages",
    "compilemessages",
    "collectstatic",
}


def main() -> None:
    # What a start makes stays, so that looking through it for garbage every 700 objects is a tenth
    # of the start's time.
    gc.set_threshold(50_000)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if len(sys.argv) < 2 or sys.argv[1] in WITHOUT_SERVICES:
        os.environ.setdefault("HALFHOUR_SERVICES", "off")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit(
            "halfhour: Django is not installed for this Python. "
            "Run commands through uv: `uv run manage.py …` (`pip install uv` provides it)."
        )
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
