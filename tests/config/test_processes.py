"""The process group: started, watched, stopped. Small programs stand where the doors would."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

from config import embedded, processes
from config.embedded import ports
from config.processes import ProcessError, Processes, Program, check_ports
from tests.config.embedded_servers import ROOT, kill, pid, wait_until


@pytest.fixture
def group(tmp_path):
    """Two web servers that answer /livez, on the ports of the doors; not started."""
    (tmp_path / "livez").write_text("ok")
    group = Processes(
        edge_port=ports.choose(),
        office_port=ports.choose(),
        with_worker=False,
        output=tmp_path / "output",
    )
    group.programs = [
        Program(
            name, ("http.server", str(port), "--bind", "127.0.0.1", "--directory", str(tmp_path))
        )
        for name, port in (("edge", group.edge_port), ("office", group.office_port))
    ]
    yield group
    group.stop()


@contextmanager
def supervised(group):
    stopped = threading.Event()
    watch = threading.Thread(target=group.supervise, args=(stopped,))
    watch.start()
    try:
        yield
    finally:
        stopped.set()
        watch.join()


def answers(port: int) -> bool:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        link.request("GET", "/livez")
        return link.getresponse().status == 200
    except OSError:
        return False
    finally:
        link.close()


def is_alive(number: int) -> bool:
    return Path(f"/proc/{number}").exists()


def test_a_group_serves_inside_its_block_and_is_gone_after_it(group):
    with group:
        pids = group.pids()
        assert set(pids) == {"edge", "office"}
        assert answers(group.edge_port)
        assert answers(group.office_port)
    assert group.pids() == {}
    assert not any(is_alive(number) for number in pids.values())
    assert ports.is_free(group.edge_port)


def test_a_killed_process_is_started_again(group):
    with group, supervised(group):
        before = group.pids()
        kill(before["edge"])
        wait_until(lambda: group.pids().get("edge") not in (None, before["edge"]), seconds=10)
        wait_until(lambda: answers(group.edge_port), seconds=10)
        assert group.pids()["office"] == before["office"]


def test_a_process_that_keeps_dying_is_started_ever_more_slowly(group):
    program = group.programs[0]
    program.arguments = ("no_such_module",)
    for expected in (0, 1, 3):
        group._launch(program)
        program.process.wait()
        program.due_at = 0
        group._keep(program)
        if expected:
            assert program.process is None
            assert program.due_at - program.started_at == pytest.approx(expected, abs=0.9)
        else:
            program.process.wait()


def test_a_process_that_ends_while_starting_is_told(group):
    group.programs[1].arguments = ("no_such_module",)
    with pytest.raises(ProcessError, match="office ended with status 1 while starting"):
        group.__enter__()
    assert group.pids() == {}
    assert ports.is_free(group.edge_port)


def test_a_process_that_never_answers_is_told(group, monkeypatch):
    monkeypatch.setattr(processes, "STOP_PATIENCE", 0.5)
    group.programs[0].arguments = ("tests.config.stubborn",)
    group.start()
    with pytest.raises(ProcessError, match=r"edge did not answer within 1 s: see .*output"):
        group.wait_ready(patience=1)


def test_a_process_that_does_not_end_when_asked_is_killed(group, monkeypatch, tmp_path):
    monkeypatch.setattr(processes, "STOP_PATIENCE", 0.5)
    group.programs = [Program("edge", ("tests.config.stubborn",))]
    group.start()
    number = group.pids()["edge"]
    wait_until(lambda: "no end" in (tmp_path / "output").read_text())
    group.stop()
    assert not is_alive(number)


def test_a_killed_command_leaves_nothing_behind():
    code = """
import time
from pathlib import Path
from config.embedded import ports
from config.processes import Processes, Program
group = Processes(
    edge_port=ports.choose(), office_port=1, with_worker=False, output=Path("/dev/null")
)
group.programs = [Program("edge", ("http.server", str(group.edge_port)))]
group._launch(group.programs[0])
print(group.pids()["edge"], flush=True)
time.sleep(60)
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as command:
        child = int(command.stdout.readline())
        assert is_alive(child)
        command.send_signal(signal.SIGKILL)
    wait_until(lambda: not _runs(child), seconds=5)


def _runs(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_killed_services_are_started_again(var_dir, monkeypatch):
    embedded.start_if_needed(var_dir)
    group = Processes(edge_port=1, office_port=2, with_worker=False, embedded_in=var_dir)
    group.programs = []
    with supervised(group):
        kill(pid(var_dir, "Valkey"))
        kill(pid(var_dir, "PostgreSQL"))
        wait_until(lambda: not embedded.is_running(var_dir))
        wait_until(lambda: embedded.is_running(var_dir), seconds=10)
        embedded.start_if_needed(var_dir)  # waits until they answer


def test_taken_ports_are_told_with_the_option_that_helps():
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        taken, free = stranger.getsockname()[1], ports.choose()
        with pytest.raises(ProcessError, match=f"port {taken} .* choose another with --edge-port"):
            check_ports(edge=taken, office=free, bind="127.0.0.1")
        with pytest.raises(ProcessError, match="--office-port"):
            check_ports(edge=free, office=taken, bind="127.0.0.1")
    with pytest.raises(ProcessError, match="both doors"):
        check_ports(edge=free, office=free, bind="127.0.0.1")


def test_children_do_not_inherit_what_is_true_of_this_process_alone(monkeypatch):
    monkeypatch.setenv("HALFHOUR_DOOR", "office")
    monkeypatch.setenv("HALFHOUR_SERVICES", "off")
    group = Processes(edge_port=1, office_port=2, environment={"LOG_LEVEL": "ERROR"})
    assert "HALFHOUR_DOOR" not in group._environment
    assert "HALFHOUR_SERVICES" not in group._environment
    assert group._environment["LOG_LEVEL"] == "ERROR"
    assert group._environment["EDGE_PORT"] == "1"
    assert group._environment["PATH"] == os.environ["PATH"]
    assert [each.name for each in group.programs] == ["edge", "office", "worker", "beat"]
