"""Both embedded servers as one: started on first need, once, by whoever comes first."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.embedded import binaries, locks, postgres, record, upgrading, valkey
from config.embedded.account import Account, account_for, own_like_parent
from config.embedded.faults import ServiceError
from config.embedded.home import Home
from config.embedded.record import Connections, Record

_started_here: set[Path] = set()


@dataclass(frozen=True, slots=True)
class Status:
    """One server's state; `pid` and `version` are None where there is none."""

    name: str
    running: bool
    pid: int | None
    port: int | None
    version: str
    folder: Path


def start_if_needed(var_dir: Path) -> Connections:
    """Make sure that both servers run, with data under `var_dir`, and say how to reach them.

    Any number of processes may call it at once: one starts them. Takes 10 ms when they run.
    Raises ServiceError, one line with the remedy, when they cannot be started.
    """
    root = var_dir / "embedded"
    with _explained(root):
        known = record.read(root)
        if known and _answer(known):
            return known.connections()
        account = account_for(var_dir)
        _make_root(root)
        with locks.exclusive(root / "lock"):
            return _start(root, account)


def start_or_exit(var_dir: Path) -> Connections:
    """As `start_if_needed`; an error ends the process with its line and status 1."""
    try:
        return start_if_needed(var_dir)
    except ServiceError as error:
        sys.exit(f"halfhour: {error}")


def connections(var_dir: Path) -> Connections | None:
    """How to reach the servers if they were ever started; starts nothing."""
    root = var_dir / "embedded"
    with _explained(root):
        known = record.read(root)
    return known.connections() if known and known.prepared else None


def is_running(var_dir: Path) -> bool:
    """Whether both servers' processes live; costs microseconds, connects to nothing."""
    with _explained(var_dir / "embedded"):
        return all(home.is_alive() for home in _homes(var_dir / "embedded", None))


def stop(var_dir: Path) -> list[str]:
    """Stop both servers in good order; returns the names of those that were running.

    Raises ServiceError when one does not end.
    """
    root = var_dir / "embedded"
    if not root.exists():
        return []
    with _explained(root), locks.exclusive(root / "lock"):
        database, cache = _homes(root, None)
        stopped = []
        if valkey.stop(cache):
            stopped.append(cache.title)
        if postgres.stop(database):
            stopped.append(database.title)
        _started_here.discard(var_dir.resolve())
        return stopped


def stop_own(var_dir: Path) -> bool:
    """Stop the servers if this process started them and nobody else uses them; True if it did."""
    root = var_dir / "embedded"
    if var_dir.resolve() not in _started_here:
        return False
    with _explained(root):
        known = record.read(root)
    if known is None or postgres.clients(known) > 0:
        return False
    return bool(stop(var_dir))


def upgrade(var_dir: Path, *, dry_run: bool = False) -> str:
    """Move the data to the installed PostgreSQL's major version; returns what was done.

    The servers are stopped for it and start again on next need. Raises ServiceError.
    """
    root = var_dir / "embedded"
    with _explained(root):
        known = record.read(root)
        if known is None:
            return "There are no data yet: nothing to upgrade."
        account = account_for(var_dir)
    with _explained(root), locks.exclusive(root / "lock"):
        return upgrading.upgrade(_homes(root, account)[0], known, account, dry_run=dry_run)


def status(var_dir: Path) -> list[Status]:
    """The state of both servers; starts nothing."""
    root = var_dir / "embedded"
    with _explained(root):
        known = record.read(root)
        database, cache = _homes(root, None)
        versions = binaries.versions()
        return [
            Status(
                name=home.title,
                running=home.is_alive(),
                pid=home.pid(pid_file),
                port=port,
                version=version,
                folder=home.path,
            )
            for home, pid_file, port, version in (
                (
                    database,
                    postgres.PID_FILE,
                    known.postgres_port if known else None,
                    versions.postgres,
                ),
                (cache, valkey.PID_FILE, known.valkey_port if known else None, versions.valkey),
            )
        ]


def logs(var_dir: Path) -> dict[str, Path]:
    """The log file of each server that has one, by the server's name."""
    homes = _homes(var_dir / "embedded", None)
    return {home.title: home.log for home in homes if home.log.exists()}


def _answer(known: Record) -> bool:
    return known.prepared and valkey.answers(known) and postgres.answers(known)


def _start(root: Path, account: Account | None) -> Connections:
    known = record.read(root) or Record()
    if _answer(known):  # another process was faster
        return known.connections()
    programs = binaries.runnable_by(account, binaries.installed())
    database, cache = _homes(root, account)
    database.create()
    cache.create()
    record.write(root, known)
    known = valkey.start(cache, known, programs)
    record.write(root, known)
    known = postgres.start(database, known, programs)
    _started_here.add(root.parent.resolve())
    return known.connections()


def _homes(root: Path, account: Account | None) -> tuple[Home, Home]:
    return Home(root / "postgres", account, "PostgreSQL"), Home(root / "valkey", account, "Valkey")


def _make_root(root: Path) -> None:
    for folder in (root.parent, root):
        if not folder.exists():
            folder.mkdir(parents=folder == root.parent, exist_ok=True)
            own_like_parent(folder)


@contextmanager
def _explained(root: Path) -> Iterator[None]:
    """Turn what the operating system refuses into one line with the remedy."""
    try:
        yield
    except PermissionError as error:
        raise ServiceError(
            f"{error.filename or root} may not be used by user {os.geteuid()}: run as the user "
            "who owns it, or set VAR_DIR to a folder of your own."
        ) from error
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise ServiceError(
            f"the disk that holds {root} is full: make room and run the command again; "
            "what was committed is safe."
        ) from error
