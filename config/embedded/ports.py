"""Ports of this machine's loopback address."""

import random
import socket

# Below the range that kernels lend to outgoing connections, which could take a kept port.
LOWEST, HIGHEST = 20_000, 29_999


def is_free(port: int, *, address: str = "127.0.0.1") -> bool:
    """Whether a server could listen there now."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True


def choose() -> int:
    """A free port, most likely free tomorrow as well."""
    while True:
        port = random.randint(LOWEST, HIGHEST)  # noqa: S311 - no secret
        if is_free(port):
            return port
