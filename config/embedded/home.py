"""A server's folder: its data, its log, its sign of life, and programs run in it."""

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
COMPLAINT = re.compile(r"FATAL|PANIC|ERROR|\berror:|\bBad |[Cc]an't|Failed|No space")
# Servers outlive the command that starts them: they are kept here so that Python, which would
# warn of a child left running, never sees one out of reach.
_started: list[subprocess.Popen[bytes]] = []


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

    def spawn(self, command: Command, *, life: int, given: bytes = b"") -> subprocess.Popen[bytes]:
        """Start the server in a session of its own; it keeps `life`, the lock from `claim`."""
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.path / "log.1")
        with self._reach() as (path, descriptors), self.log.open("ab", buffering=0) as log:
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
        return process

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
        deadline = time.monotonic() + patience
        asked = False
        while self.is_alive():
            if not asked and (pid := self.pid(pid_file)):
                os.kill(pid, how)
                asked = True
            if time.monotonic() > deadline:
                raise ServiceError(
                    f"{self.title} does not stop: see {self.log}, then end its processes by hand."
                )
            time.sleep(0.02)
        return asked

    def processes(self, folder: Path) -> list[int]:
        """Process ids of those that work in `folder` (none on systems without /proc)."""
        return [
            int(entry.name)
            for entry in Path("/proc").glob("[0-9]*")
            if _working_folder(int(entry.name)) == str(folder)
        ]

    def explained(self, complaint: str) -> ServiceError:
        """The error for a server's complaint: what it said, what to do, where to read on."""
        if "No space left" in complaint or "ENOSPC" in complaint:
            return ServiceError(
                f"the disk that holds {self.path} is full: make room and run the command again; "
                "what was committed is safe."
            )
        return ServiceError(f"{self.title} failed: {complaint} (log: {self.log})")

    def last_complaint(self) -> str:
        """The last line of the log that tells of an error."""
        with suppress(FileNotFoundError), self.log.open("rb") as log:
            log.seek(max(0, log.seek(0, os.SEEK_END) - 8192))
            return _complaint(log.read().decode(errors="replace"))
        return ""

    def _works_here(self, pid: int) -> bool:
        """Whether the process works below this folder; True where that cannot be known."""
        if not Path("/proc/self/cwd").exists():
            return True
        folder = _working_folder(pid)
        return folder is not None and Path(folder).is_relative_to(self.path.resolve())

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


def _working_folder(pid: int) -> str | None:
    try:
        return os.readlink(f"/proc/{pid}/cwd")  # noqa: PTH115 - the link's text, not its target
    except OSError:
        return None


def _complaint(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if COMPLAINT.search(line)]
    return lines[-1] if lines else ""


def _environment() -> dict[str, str]:
    """Nothing of the caller's: PGPORT, PGOPTIONS or a language would change what a server does."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
