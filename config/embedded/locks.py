"""Locks that the kernel keeps, and lets go when their holder dies."""

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.embedded.account import own_like_parent
from config.embedded.faults import ServiceError


@contextmanager
def exclusive(path: Path, *, patience: float = 180.0) -> Iterator[None]:
    """Hold the lock `path`, waiting up to `patience` seconds for others to let go.

    Raises ServiceError when they do not.
    """
    deadline = time.monotonic() + patience
    while (descriptor := claim(path)) is None:
        if time.monotonic() > deadline:
            raise ServiceError(
                f"another command has been starting or stopping the services for {patience:.0f} s: "
                f"end it (it holds {path}) and try again."
            )
        time.sleep(0.02)
    try:
        yield
    finally:
        os.close(descriptor)


def claim(path: Path) -> int | None:
    """Take the lock `path` if it is free.

    Returns an open descriptor: the lock lasts until it and all copies that other processes
    inherited are closed. None when somebody else has it.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        own_like_parent(path)
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        if error.errno in {errno.EWOULDBLOCK, errno.EACCES}:
            return None
        raise
    return descriptor
