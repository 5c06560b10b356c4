"""Ways to reach and to harm embedded servers, for the tests of them."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import redis

from config import embedded

ROOT = Path(__file__).resolve().parent.parent.parent

# What any command does first, in a process of its own.
COMMAND = """
import json, sys, dataclasses
from pathlib import Path
from config import embedded
print(json.dumps(dataclasses.asdict(embedded.start_or_exit(Path(sys.argv[1])))))
"""


def database(var_dir: Path) -> psycopg.Connection:
    return psycopg.connect(embedded.connections(var_dir).database_url, autocommit=True)


def cache(var_dir: Path) -> redis.Redis:
    return redis.Redis.from_url(embedded.connections(var_dir).redis_url)


def pid(var_dir: Path, name: str) -> int:
    (found,) = [each.pid for each in embedded.status(var_dir) if each.name == name]
    assert found
    return found


def kill(number: int) -> None:
    """kill -9, and wait until the process is gone or a zombie."""
    os.kill(number, signal.SIGKILL)
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and _is_alive(number):
        time.sleep(0.01)


def _is_alive(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_until(condition: Callable[[], bool], *, seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def servers_on(folder: Path) -> list[int]:
    """Process ids of the servers, not their children, whose data are in `folder`."""
    numbers = {int(entry.name) for entry in Path("/proc").glob("[0-9]*")}
    working = {each for each in numbers if _working_folder(each) == folder.resolve()}
    return [each for each in working if _parent(each) not in working]


def _working_folder(number: int) -> Path | None:
    try:
        return Path(f"/proc/{number}/cwd").readlink()
    except OSError:
        return None


def _parent(number: int) -> int:
    try:
        return int(Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return 0


def commands_at_once(var_dir: Path, count: int) -> list[dict[str, str]]:
    """Start `count` commands at the same moment; what each was told about the servers."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", COMMAND, str(var_dir)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(count)
    ]
    told = []
    for process in running:
        output, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
        told.append(json.loads(output))
    return told


def as_user(uid: int, code: str) -> subprocess.CompletedProcess[str]:
    """Run code as another user, with the modules loaded while they can still be read."""
    script = (
        "import os, psycopg, encodings.idna; "
        "from pathlib import Path; from config import embedded; "
        f"os.setgroups([]); os.setgid({uid}); os.setuid({uid}); {code}"
    )
    return subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
