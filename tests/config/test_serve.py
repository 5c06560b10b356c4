"""`manage.py serve` as an operator meets it."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from config import embedded
from config.embedded import ports
from tests.config.embedded_servers import ROOT, kill, pid, wait_until


@contextmanager
def serve(var_dir, *arguments, edge_port, office_port):
    """The command, its addresses told; killed if the block leaves it running."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "WEB_DATABASE_URL", "REDIS_URL"}
    }
    doors = ["--edge-port", str(edge_port), "--office-port", str(office_port)]
    command = subprocess.Popen(
        [sys.executable, "manage.py", "serve", *doors, *arguments],
        cwd=ROOT,
        env={**environment, "VAR_DIR": str(var_dir), "LOG_FORMAT": "json"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield command
    finally:
        if command.poll() is None:
            command.kill()
        command.communicate()


def status(port: int, path: str) -> int:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        link.request("GET", path)
        return link.getresponse().status
    except OSError:
        return 0
    finally:
        link.close()


def read_until(command, text: str) -> str:
    said = ""
    for line in command.stdout:
        said += line
        if text in line:
            return said
    raise AssertionError(said)


def descendants(number: int) -> list[int]:
    told = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(number)], capture_output=True, text=True, check=False
    )
    children = [int(each) for each in told.stdout.split()]
    return children + [each for child in children for each in descendants(child)]


@pytest.mark.long
def test_serve_starts_everything_and_ctrl_c_stops_all_of_it(var_dir):
    edge, office = ports.choose(), ports.choose()
    with serve(var_dir, edge_port=edge, office_port=office) as command:
        said = read_until(command, "Ctrl-C")
        studio = re.search(rf"Studio +http://localhost:{office}(/studio/)", said)
        assert status(office, studio[1]) == 302
        assert re.search(rf"Console +http://localhost:{office}/console/", said)
        assert f"http://localhost:{edge}/s/" in said
        assert status(edge, "/livez") == status(edge, "/readyz") == 200
        assert status(office, "/livez") == status(office, "/readyz") == 200
        assert status(office, "/api/docs/") == 200
        children = descendants(command.pid)
        assert len(children) >= 6

        begun = time.monotonic()
        command.send_signal(signal.SIGINT)
        rest, _ = command.communicate(timeout=30)

        assert command.returncode == 0, rest
        assert rest.endswith("Stopped.\n")
        assert time.monotonic() - begun < 15
    assert not any(is_running(each) for each in children)
    assert not embedded.is_running(var_dir)
    assert ports.is_free(edge)
    assert ports.is_free(office)


@pytest.mark.long
def test_a_killed_database_comes_back_under_a_running_platform(var_dir):
    edge, office = ports.choose(), ports.choose()
    with serve(var_dir, "--no-worker", edge_port=edge, office_port=office) as command:
        read_until(command, "Ctrl-C")
        kill(pid(var_dir, "PostgreSQL"))
        kill(pid(var_dir, "Valkey"))
        wait_until(lambda: status(office, "/readyz") == 503 or embedded.is_running(var_dir))
        wait_until(lambda: status(office, "/readyz") == 200, seconds=30)
        wait_until(lambda: status(edge, "/readyz") == 200, seconds=30)
        command.send_signal(signal.SIGTERM)
        rest, _ = command.communicate(timeout=30)
        assert command.returncode == 0, rest


def is_running(number: int) -> bool:
    told = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(number)], capture_output=True, text=True, check=False
    )
    return bool(told.stdout.strip()) and not told.stdout.startswith("Z")


def test_a_taken_port_is_one_line_and_status_1(var_dir):
    embedded.start_if_needed(var_dir)
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        taken = stranger.getsockname()[1]
        with serve(var_dir, edge_port=taken, office_port=ports.choose()) as command:
            said, _ = command.communicate(timeout=30)
    assert command.returncode == 1
    assert said.count("\n") == 1
    assert f"port {taken} of 127.0.0.1 is taken" in said
    assert "--edge-port" in said
