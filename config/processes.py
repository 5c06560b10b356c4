"""Halfhour's processes, run and watched as one group: edge, office, worker, beat."""

import ctypes
import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO, Any, Self

import structlog

from config import embedded
from config.embedded import ports

log = structlog.get_logger(__name__)

ROOT = Path(__file__).resolve().parent.parent
STOP_PATIENCE = 15.0  # seconds that a process has to end in good order
HEALTHY_AFTER = 60.0  # seconds of life after which a process's earlier deaths are forgotten
LONGEST_PAUSE = 30.0  # seconds between a death and the restart, at most
PR_SET_PDEATHSIG = 1


class ProcessError(Exception):
    """The processes cannot run; the text is one line with the remedy."""


@dataclass(slots=True)
class Program:
    """One process of the group: its arguments after `python -m`, and how it fares."""

    name: str
    arguments: tuple[str, ...]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    deaths: int = 0
    due_at: float = field(default=0.0)


class Processes:
    """Starts the group, waits until it serves, restarts what dies, stops it.

    A context manager: entering starts and waits, leaving stops. Start it from a thread that lives
    as long as the group should: the kernel ends the group with the thread that started it, so
    that a killed command leaves nothing behind.
    """

    def __init__(
        self,
        *,
        edge_port: int,
        office_port: int,
        bind: str = "127.0.0.1",
        with_worker: bool = True,
        environment: Mapping[str, str] | None = None,
        output: Path | None = None,
        embedded_in: Path | None = None,
    ) -> None:
        """Describe the group.

        `environment` is added to this process's own; `output` is a file for all they print
        (else they share the terminal); `embedded_in` is the VAR_DIR of embedded services to be
        kept running too.
        """
        self.edge_port, self.office_port, self.bind = edge_port, office_port, bind
        self._environment = _environment(
            {
                "EDGE_PORT": str(edge_port),
                "OFFICE_PORT": str(office_port),
                "BIND": bind,
                **(environment or {}),
            }
        )
        self._output = output
        self._embedded_in = embedded_in
        self._connections = embedded.connections(embedded_in) if embedded_in else None
        self.programs = [
            Program("edge", _door("asgi", "config.edge:application", bind, edge_port)),
            Program("office", _door("wsgi", "config.wsgi:application", bind, office_port)),
        ]
        if with_worker:
            self.programs += [_worker(office_port), _beat()]

    def __enter__(self) -> Self:
        self.start()
        try:
            self.wait_ready()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start every process; raises ProcessError where a port is taken."""
        check_ports(edge=self.edge_port, office=self.office_port, bind=self.bind)
        for program in self.programs:
            self._launch(program)

    def wait_ready(self, *, patience: float = 60.0) -> None:
        """Wait until both doors answer; raises ProcessError when a process ends instead."""
        deadline = time.monotonic() + patience
        waiting = {"edge": self.edge_port, "office": self.office_port}
        while waiting:
            for program in self.programs:
                if program.process and (status := program.process.poll()) is not None:
                    raise ProcessError(
                        f"{program.name} ended with status {status} while starting: {self._told()}."
                    )
            waiting = {
                name: port for name, port in waiting.items() if not _answers(self.bind, port)
            }
            if waiting and time.monotonic() > deadline:
                raise ProcessError(
                    f"{' and '.join(waiting)} did not answer within {patience:.0f} s: "
                    f"{self._told()}."
                )
            time.sleep(0.05)

    def supervise(self, until: threading.Event) -> None:
        """Restart what dies, processes and embedded services, until the event is set."""
        while not until.wait(0.5):
            self._keep_services()
            for program in self.programs:
                self._keep(program)

    def stop(self) -> None:
        """End every process: asked once, and killed if it has not ended 15 seconds later."""
        running = [each for each in self.programs if each.process]
        for program in running:
            if program.process:
                program.process.terminate()
        deadline = time.monotonic() + STOP_PATIENCE
        for program in running:
            if program.process:
                with suppress(subprocess.TimeoutExpired):
                    program.process.wait(max(0.0, deadline - time.monotonic()))
                _end_group(program.process)
                program.process = None

    def pids(self) -> dict[str, int]:
        """Process ids of those that were started, by name."""
        return {each.name: each.process.pid for each in self.programs if each.process}

    def _launch(self, program: Program) -> None:
        program.started_at = time.monotonic()
        output: IO[Any] | None = self._output.open("ab") if self._output else None
        try:
            program.process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-m", *program.arguments],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT if output else None,
                start_new_session=True,
                preexec_fn=_die_with(os.getpid()),  # noqa: PLW1509 - see there
            )
        finally:
            if output:
                output.close()

    def _keep(self, program: Program) -> None:
        """Restart a process that has ended, after a pause that doubles with each early death."""
        now = time.monotonic()
        if program.process and (status := program.process.poll()) is not None:
            _end_group(program.process)
            program.process = None
            if now - program.started_at > HEALTHY_AFTER:
                program.deaths = 0
            pause = min(LONGEST_PAUSE, 2.0**program.deaths - 1)
            program.deaths += 1
            program.due_at = now + pause
            log.error("process.ended", name=program.name, status=status, restart_in_seconds=pause)
        if program.process is None and now >= program.due_at:
            self._launch(program)

    def _keep_services(self) -> None:
        if self._embedded_in is None:
            return
        try:
            if embedded.is_running(self._embedded_in):
                return
            log.error("services.ended")
            connections = embedded.start_if_needed(self._embedded_in)
        except embedded.ServiceError as error:
            log.error("services.not_started", detail=str(error))  # noqa: TRY400 - tells its cause
            time.sleep(1)
            return
        log.info("services.restarted")
        if connections != self._connections:
            self._connections = connections
            self.stop()  # they know the old ports; the next round starts them anew

    def _told(self) -> str:
        return f"see {self._output}" if self._output else "see what it printed above"


def check_ports(*, edge: int, office: int, bind: str) -> None:
    """Raise ProcessError, naming the option that helps, where a door's port is taken."""
    if edge == office:
        raise ProcessError(f"both doors cannot have port {edge}: choose another --office-port.")
    for option, port in (("--edge-port", edge), ("--office-port", office)):
        if not ports.is_free(port, address=bind):
            raise ProcessError(
                f"port {port} of {bind} is taken or not allowed: end what listens there, "
                f"or choose another with {option}."
            )


def run_until_stopped(processes: Processes) -> None:
    """Supervise a started group until Ctrl-C, SIGTERM or a closed terminal. Main thread only."""
    stopped = threading.Event()

    def note(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, note) for number in numbers}
    try:
        processes.supervise(stopped)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _door(interface: str, application: str, bind: str, port: int) -> tuple[str, ...]:
    """A granian server; more processes by its own variable GRANIAN_WORKERS."""
    arguments = ["granian", "--interface", interface, "--host", bind, "--port", str(port)]
    if interface == "wsgi":
        arguments += ["--blocking-threads", "4"]
    options = ["--log-level", "warning", "--respawn-failed-workers", "--workers-kill-timeout", "10"]
    return (*arguments, *options, application)


def _worker(number: int) -> Program:
    options = ["--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    name = f"serve-{number}@%h"
    command = ("celery", "--app", "config.celery", "--quiet", "worker", "--hostname", name)
    return Program("worker", (*command, "--concurrency", "2", *options))


def _beat() -> Program:
    return Program("beat", ("celery", "--app", "config.celery", "--quiet", "beat"))


def _environment(additions: Mapping[str, str]) -> dict[str, str]:
    """This process's environment without what is true of it alone."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in {"HALFHOUR_DOOR", "HALFHOUR_SERVICES"}
    }
    if os.geteuid() == 0:
        # Celery warns of root because of pickled messages, which we do not accept.
        inherited.setdefault("PYTHONWARNINGS", "ignore:You're running the worker with superuser")
    return {**inherited, "DJANGO_SETTINGS_MODULE": "config.settings", **additions}


def _die_with(parent: int) -> Any:
    """What a child does before its program: ask the kernel to be ended with its parent.

    Only system calls of a library that is loaded already, so it is safe where threads run.
    """
    library = ctypes.CDLL(None)
    if not hasattr(library, "prctl"):  # not Linux
        return None

    def ask() -> None:
        library.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)

    return ask


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of a process's session, and take its status."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _answers(bind: str, port: int) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(bind, bind)  # noqa: S104 - told, not bound
    link = http.client.HTTPConnection(host, port, timeout=2)
    try:
        link.request("GET", "/livez", headers={"Host": f"localhost:{port}"})
        return link.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        link.close()
