"""A server's folder: its data, its log, its sign of life, and programs run in it."""

import atexit
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from config.embedded import locks
from config.embedded.account import Account, hand_over, own_like_parent
from config.embedded.faults import ServiceError

Command = Callable[[str], list[str]]
"""Makes the argument list from the path under which the program sees the server's folder."""

LOG_LIMIT = 5_000_000  # bytes, above which a log is put aside at the next start
DISK_FULL = "No space left on device"
PROGRAM_NAMES = ("postgres", "valkey-server")
ORPHANS_PATIENCE = 5.0  # seconds that a dead server's children may go on
COMPLAINT = re.compile(r"FATAL|PANIC|ERROR|\berror:|\bBad |[Cc]an't|Failed|No space")
_started: list[subprocess.Popen[bytes]] = []


@atexit.register
def _let_go() -> None:
    """Servers outlive the command that starts them; Python would warn of a child left running."""
    for process in _started:
        if process.returncode is None:
            process.returncode = 0


@dataclass(frozen=True, slots=True)
class Started:
    """A server that was just started, and where in its log this start begins (bytes)."""

    home: "Home"
    process: subprocess.Popen[bytes]
    log_start: int

    def check(self, *, deadline: float) -> None:
        """Raise ServiceError with the server's complaint if it ended or the deadline is over."""
        if self.process.poll() is not None:
            with self.home.log.open("rb") as log:
                log.seek(self.log_start)
                said = log.read().decode(errors="replace")
            raise self.home.explained(_complaint(said) or "it ended at once")
        if time.monotonic() > deadline:
            raise self.home.explained("no answer in time")


@dataclass(frozen=True, slots=True)
class Home:
    """The folder VAR/embedded/<server>, and the account its server runs as (None: this one)."""

    path: Path
    account: Account | None
    title: str

    @property
    def log(self) -> Path:
        return self.path / "log"

    def create(self) -> None:
        self.path.mkdir(mode=0o700, exist_ok=True)
        hand_over(self.path, self.account)

    def claim(self) -> int | None:
        """Take the server's sign of life: None while any of its processes lives.

        The server inherits this lock, so the kernel answers truly where a pid file cannot: after
        a kill -9, for children that outlive their parent, for a pid that is another program's.
        """
        return locks.claim(self.path / "lock")

    def is_alive(self) -> bool:
        if not (self.path / "lock").exists():
            return False
        descriptor = self.claim()
        if descriptor is None:
            return True
        os.close(descriptor)
        return False

    def run(
        self, command: Command, *, given: str = "", environment: Mapping[str, str] | None = None
    ) -> str:
        """Run a program to its end in the folder and return what it printed.

        `given` is its standard input, `environment` is added to the bare one it gets.
        Raises ServiceError with the program's own complaint when it fails.
        """
        with self._reach() as (path, descriptors):
            arguments = command(path)
            result = subprocess.run(  # noqa: S603 - our own program
                arguments,
                input=given,
                text=True,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                pass_fds=descriptors,
                user=self.account.uid if self.account else None,
                group=self.account.gid if self.account else None,
                extra_groups=[] if self.account else None,
                cwd="/",
                env=_environment() | dict(environment or {}),
                umask=0o077,
                check=False,
            )
        if result.returncode:
            complaint = _complaint(result.stdout) or f"exit status {result.returncode}"
            raise self.explained(f"{Path(arguments[0]).name}: {complaint}")
        return result.stdout

    def spawn(self, command: Command, *, life: int, given: bytes = b"") -> Started:
        """Start the server in a session of its own; it keeps `life`, the lock from `claim`."""
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.path / "log.1")
        with self._reach() as (path, descriptors), self.log.open("ab", buffering=0) as log:
            log_start = log.tell()
            self.log.chmod(0o600)
            own_like_parent(self.log)
            process = subprocess.Popen(  # noqa: S603 - our own program
                command(path),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                pass_fds=(*descriptors, life),
                user=self.account.uid if self.account else None,
                group=self.account.gid if self.account else None,
                extra_groups=[] if self.account else None,
                cwd="/",
                env=_environment(),
                umask=0o077,
                start_new_session=True,
            )
        _started.append(process)
        if process.stdin:
            with suppress(BrokenPipeError), process.stdin:
                process.stdin.write(given)
        return Started(self, process, log_start)

    def pid(self, name: str) -> int | None:
        """The process id in the pid file `name`, if the server that wrote it lives."""
        try:
            number = int((self.path / name).read_text().split(maxsplit=1)[0])
        except (FileNotFoundError, ValueError, IndexError):
            return None
        return number if self.is_alive() and self._works_here(number) else None

    def stop(self, *, pid_file: str, how: signal.Signals, patience: float = 30.0) -> bool:
        """Ask the server to end and wait until its last process has; True if it was running.

        Raises ServiceError when it does not end within `patience` seconds.
        """
        begun = time.monotonic()
        asked = False
        while self.is_alive():
            if not asked and (number := self.pid(pid_file)):
                os.kill(number, how)
                asked = True
            waited = time.monotonic() - begun
            if waited > ORPHANS_PATIENCE:
                self.end_orphans(pid_file)
            if waited > patience:
                raise ServiceError(
                    f"{self.title} does not stop: see {self.log}, then end its processes by hand."
                )
            time.sleep(0.02)
        return asked

    def end_orphans(self, pid_file: str) -> None:
        """End the children of a killed server that have not noticed (a long query does not look).

        A new server may not start beside them. Killing them is safe: what they had not committed
        is lost with the server that they belonged to. Systems without /proc have to wait.
        """
        if self.pid(pid_file) is None:
            for entry in Path("/proc").glob("[0-9]*"):
                if self._works_here(int(entry.name), unknown=False):
                    with suppress(ProcessLookupError):
                        os.kill(int(entry.name), signal.SIGKILL)

    def explained(self, complaint: str) -> ServiceError:
        """The error for a server's complaint: what it said, what to do, where to read on."""
        if DISK_FULL in complaint:
            return ServiceError(
                f"the disk that holds {self.path} is full: make room and run the command again; "
                "what was committed is safe."
            )
        return ServiceError(f"{self.title} failed: {complaint} (log: {self.log})")

    def _works_here(self, pid: int, *, unknown: bool = True) -> bool:
        """Whether it is a server's process on these data; `unknown` on systems without /proc."""
        if not Path("/proc/self/cwd").exists():
            return unknown
        try:
            folder = Path(f"/proc/{pid}/cwd").readlink()
            program = Path(f"/proc/{pid}/exe").readlink().name.removesuffix(" (deleted)")
        except OSError:  # it has ended, or is not ours to look at
            return False
        return program in PROGRAM_NAMES and folder.is_relative_to(self.path.resolve())

    @contextmanager
    def _reach(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """The folder's path for the program, and descriptors that it needs to inherit.

        Another account may own the folder and yet not be let through a private folder above it
        (/root, a temporary one): an inherited descriptor leads past those.
        """
        if self.account is None or not Path("/proc/self/fd").is_dir():
            yield str(self.path.resolve()), ()
            return
        descriptor = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            yield f"/proc/self/fd/{descriptor}", (descriptor,)
        finally:
            os.close(descriptor)


def _complaint(output: str) -> str:
    """The line that tells why a program failed: a full disk brings others in its train."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    complaints = [line for line in lines if COMPLAINT.search(line)] or lines[-1:]
    return next((line for line in complaints if DISK_FULL in line), "".join(complaints[-1:]))


def _environment() -> dict[str, str]:
    """Nothing of the caller's: PGPORT, PGOPTIONS or a language would change what a server does."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
