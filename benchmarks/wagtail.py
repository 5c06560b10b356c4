"""A Wagtail site of its own: the newest from PyPI, on our PostgreSQL, in a folder that vanishes."""

import os
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psutil
import psycopg

from benchmarks.harness import free_port
from benchmarks.wrk import SERVER_CORE

SOURCE = Path(__file__).parent / "wagtail_site"
PACKAGES = ("wagtail", "psycopg[binary,pool]", "redis[hiredis]", "granian")


@dataclass(frozen=True, kw_only=True)
class Site:
    """An installed site with its page: where it lies, what it is told, which Wagtail it is."""

    folder: Path
    environment: dict[str, str]
    version: str

    def run(self, *command: str) -> str:
        done = subprocess.run(
            [str(self.folder / ".venv/bin/python"), *command],
            cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(done.stderr[-3000:])
        return done.stdout.strip()

    @contextmanager
    def serve(self, *, cached: bool) -> Iterator[tuple[str, psutil.Process]]:
        """The page's address, by one pinned worker; `cached` keeps whole pages in Valkey."""
        port = free_port()
        process = subprocess.Popen(
            ["taskset", "-c", str(SERVER_CORE), str(self.folder / ".venv/bin/granian"),
             "--interface", "wsgi", "--workers", "1", "--blocking-threads", "1",
             "--no-access-log", "--log-level", "warning", "--port", str(port),
             "site_wsgi:application"],
            cwd=self.folder, env={**self.environment, "PAGE_CACHE": "1" if cached else ""},
            start_new_session=True,
        )  # fmt: skip
        url = f"http://127.0.0.1:{port}/"
        try:
            _wait(url)
            yield url, psutil.Process(process.pid)
        finally:
            process.terminate()
            process.wait(15)


@contextmanager
def wagtail(*, database_url: str, redis_url: str) -> Iterator[Site]:
    """Install Wagtail into a fresh environment, with a page of 30 KB in a database of its own."""
    name = f"wagtail_{secrets.token_hex(4)}"
    own = urlsplit(database_url)._replace(path=f"/{name}").geturl()
    folder = Path(tempfile.mkdtemp(prefix="halfhour-wagtail-"))
    with psycopg.connect(database_url, autocommit=True) as administration:
        administration.execute(f"create database {name}")
        try:
            shutil.copytree(SOURCE, folder, dirs_exist_ok=True)
            # Not the project's resolution: what a newcomer gets today.
            subprocess.run(["uv", "venv", "-q", ".venv"], cwd=folder, check=True)
            subprocess.run(
                ["uv", "pip", "install", "-q", "--python", ".venv/bin/python", *PACKAGES],
                cwd=folder, check=True,
            )  # fmt: skip
            environment = {
                **{key: value for key, value in os.environ.items() if not _ours(key)},
                "SITE_DATABASE": own,
                "SITE_VALKEY": f"{redis_url.rstrip('/')}/15",
                "DJANGO_SETTINGS_MODULE": "site_settings",
            }
            site = Site(folder=folder, environment=environment, version="")
            site.run("-m", "django", "makemigrations", "home")
            site.run("-m", "django", "migrate", "--verbosity", "0")
            site.run("make_page.py")
            version = site.run("-c", "import wagtail; print(wagtail.__version__)")
            yield Site(folder=folder, environment=environment, version=version)
        finally:
            shutil.rmtree(folder)
            administration.execute(f"drop database {name} with (force)")


def _ours(name: str) -> bool:
    return name in ("DATABASE_URL", "WEB_DATABASE_URL", "REDIS_URL", "VIRTUAL_ENV", "PYTHONPATH")


def _wait(url: str) -> None:
    for _ in range(300):
        try:
            httpx.get(url, timeout=30).raise_for_status()
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("Wagtail did not come up in thirty seconds")
