"""Whom the servers run as: PostgreSQL refuses root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from config.embedded.faults import ServiceError

UNPRIVILEGED = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """A user other than the present one, whom root becomes to run a server."""

    name: str
    uid: int
    gid: int


def account_for(folder: Path) -> Account | None:
    """Choose whom servers with data under `folder` run as.

    None is the present user. Root becomes the folder's owner, so that a tree used with and
    without sudo stays usable by both; where that is root too, `postgres` or else `nobody`.
    Raises ServiceError where there is no such user or root may not become one.
    """
    if os.geteuid() != 0:
        _check_named(os.geteuid())
        return None
    account = _owner(folder) or _unprivileged()
    try:
        subprocess.run(
            ["/bin/sh", "-c", ":"],
            user=account.uid,
            group=account.gid,
            extra_groups=[],
            cwd="/",
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise ServiceError(
            f"root cannot become {account.name} here, and PostgreSQL refuses to run as root: "
            "run as an ordinary user, or set DATABASE_URL and REDIS_URL."
        ) from error
    return account


def hand_over(path: Path, account: Account | None) -> None:
    """Give a file or folder to the account that the servers run as."""
    if account:
        os.chown(path, account.uid, account.gid)


def own_like_parent(path: Path) -> None:
    """Leave a file that root wrote to the owner of the folder it lies in."""
    if os.geteuid() == 0:
        parent = path.parent.stat()
        os.chown(path, parent.st_uid, parent.st_gid)


def _check_named(uid: int) -> None:
    try:
        pwd.getpwuid(uid)
    except KeyError as error:
        raise ServiceError(
            f"user {uid} has no name in /etc/passwd and PostgreSQL refuses to make data for it: "
            "run as a named user, or set DATABASE_URL and REDIS_URL."
        ) from error


def _owner(folder: Path) -> Account | None:
    while not folder.exists():
        folder = folder.parent
    try:
        entry = pwd.getpwuid(folder.stat().st_uid)
    except KeyError:  # a folder lent to a container: its owner is a stranger here
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid) if entry.pw_uid else None


def _unprivileged() -> Account:
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise ServiceError(
        "PostgreSQL refuses to run as root and there is no user postgres or nobody: "
        "create one (useradd --system postgres), or run as an ordinary user."
    )
