"""A platform of its own for one run: services, tables and a VAR_DIR that vanish with it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

# Nothing of another installation is used, whatever the environment or `.env` says.
NO_SERVICES = {"DATABASE_URL": "", "WEB_DATABASE_URL": "", "REDIS_URL": ""}
# Rate limits are counted but never reached.
SETTINGS = {
    **NO_SERVICES,
    "EVENTS_PER_MINUTE": "1000000000",
    "LOG_LEVEL": "ERROR",
    "DJANGO_SETTINGS_MODULE": "config.settings",
}


@contextmanager
def folder() -> Iterator[Path]:
    """A VAR_DIR that any user may enter; its services are stopped before it is removed."""
    from config import embedded

    path = Path(tempfile.mkdtemp(prefix="halfhour-benchmark-"))
    path.chmod(0o755)
    try:
        yield path
    finally:
        embedded.stop(path)
        shutil.rmtree(path)


@contextmanager
def platform() -> Iterator[Path]:
    """Django set up over fresh services, with tables and templates; yields the VAR_DIR."""
    with folder() as path:
        os.environ.update(SETTINGS, VAR_DIR=str(path))
        os.environ.pop("HALFHOUR_DOOR", None)
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_templates", verbosity=0)
        try:
            yield path
        finally:
            connections.close_all()


def database_process(var_dir: Path) -> psutil.Process:
    """The sandbox's PostgreSQL; its connections are its children."""
    from config import embedded

    pids = [each.pid for each in embedded.status(var_dir) if "postgres" in each.name.lower()]
    return psutil.Process(pids[0])
