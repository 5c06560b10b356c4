"""The embedded Valkey: start, probe, stop."""

import os
import signal
import socket
import time
from dataclasses import replace

from config.embedded import ports
from config.embedded.binaries import Binaries
from config.embedded.faults import ServiceError
from config.embedded.home import Home
from config.embedded.record import Record

PID_FILE = "valkey.pid"
PATIENCE = 60.0  # seconds that loading the append-only file may take


def answers(record: Record) -> bool:
    """Whether our Valkey (no stranger has the password) serves on the recorded port.

    By the plain protocol: the client library would cost each command a tenth of a second.
    """
    return _ask(record) == b"+PONG"


def start(home: Home, record: Record, binaries: Binaries) -> Record:
    """Start the server unless it runs; returns the record with the port it has.

    Raises ServiceError when it does not come up.
    """
    deadline = time.monotonic() + PATIENCE
    while (life := home.claim()) is None:
        if answers(record):
            return record
        if time.monotonic() > deadline:
            raise ServiceError(
                f"Valkey runs but does not answer on port {record.valkey_port}: "
                f"run manage.py services stop (log: {home.log})."
            )
        time.sleep(0.02)
    try:
        return _start(home, record, binaries, life, deadline)
    finally:
        os.close(life)


def stop(home: Home) -> bool:
    """Stop the server, its data written; True if it was running."""
    return home.stop(pid_file=PID_FILE, how=signal.SIGTERM)


def _start(home: Home, record: Record, binaries: Binaries, life: int, deadline: float) -> Record:
    # We hold the sign of life, so whatever process this names, it is not a server on these data.
    (home.path / PID_FILE).unlink(missing_ok=True)
    if not ports.is_free(record.valkey_port):
        record = replace(record, valkey_port=ports.choose())
    started = home.spawn(
        # The settings come by standard input: a password among the arguments is public.
        lambda path: [str(binaries.valkey), "-", "--dir", path],
        life=life,
        given=_settings(record).encode(),
    )
    while not answers(record):
        started.check(deadline=deadline)
        time.sleep(0.01)
    return record


def _settings(record: Record) -> str:
    """Every change is in the append-only file before its reply, on disk within a second."""
    return f"""
bind 127.0.0.1
port {record.valkey_port}
requirepass {record.valkey_password}
daemonize no
pidfile {PID_FILE}
databases 64
appendonly yes
appendfsync everysec
save ""
maxmemory 256mb
# Celery's queues have no expiry and are never thrown out; what is cached has one.
maxmemory-policy volatile-lru
"""


def _ask(record: Record) -> bytes:
    try:
        with socket.create_connection(("127.0.0.1", record.valkey_port), timeout=2) as link:
            link.sendall(f"AUTH {record.valkey_password}\r\nPING\r\n".encode())
            reply = b""
            while reply.count(b"\r\n") < 2:
                part = link.recv(1024)
                if not part:
                    break
                reply += part
    except OSError:
        return b""
    return reply.splitlines()[-1] if reply else b""
