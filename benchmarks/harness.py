"""Servers under load: started, driven over loopback, measured by rate, latency and CPU time."""

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, kw_only=True)
class Round:
    """One round of load: answers a second, the 99th percentile in ms, server CPU µs a request."""

    rate: float
    p99_ms: float
    cpu_us: float


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def granian(target: str, **environment: str) -> Iterator[tuple[int, psutil.Process]]:
    """A granian with one worker serving `target`; yields its port and its main process."""
    port = free_port()
    command = [
        str(Path(sys.executable).with_name("granian")), "--interface", "asgi", "--workers", "1",
        "--no-access-log", "--log-level", "warning", "--host", "127.0.0.1", "--port", str(port),
        target,
    ]  # fmt: skip
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, start_new_session=True
    )
    try:
        _wait(port, process)
        yield port, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(15)


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if process.poll() is not None:
            sys.exit(f"the server ended at once with status {process.returncode}")
        with socket.socket() as probe:
            probe.settimeout(0.2)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit("the server did not come up in 30 seconds")


def cpu_seconds(server: psutil.Process) -> float:
    """CPU time of a server and its workers so far."""
    total = 0.0
    for process in [server, *server.children(recursive=True)]:
        times = process.cpu_times()
        total += times.user + times.system
    return total


def drive(
    port: int, server: psutil.Process, requests: Sequence[bytes], *, connections: int
) -> Round:
    """Send the raw HTTP/1.1 requests over keep-alive connections; every answer must be a 200."""
    before, began = cpu_seconds(server), time.perf_counter()
    latencies = asyncio.run(_drive(port, requests, connections))
    elapsed = time.perf_counter() - began
    spent = cpu_seconds(server) - before
    return Round(
        rate=len(requests) / elapsed,
        p99_ms=1000 * statistics.quantiles(latencies, n=100)[98],
        cpu_us=1e6 * spent / len(requests),
    )


async def _drive(port: int, requests: Sequence[bytes], connections: int) -> list[float]:
    latencies: list[float] = []
    todo = iter(requests)

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in todo:
            began = time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                sys.exit(f"unexpected answer: {head[:200]!r}")
            await reader.readexactly(_length(head))
            latencies.append(time.perf_counter() - began)
        writer.close()

    await asyncio.gather(*(one() for _ in range(connections)))
    return latencies


def _length(head: bytes) -> int:
    lowered = head.lower()
    start = lowered.index(b"content-length:") + 15
    return int(lowered[start : lowered.index(b"\r\n", start)])


def median(rounds: Sequence[Round]) -> Round:
    return Round(
        rate=statistics.median(one.rate for one in rounds),
        p99_ms=statistics.median(one.p99_ms for one in rounds),
        cpu_us=statistics.median(one.cpu_us for one in rounds),
    )


def show(name: str, subject: Round, baseline: Round) -> None:
    print(
        f"{name}: {subject.rate:,.0f}/s, p99 {subject.p99_ms:.1f} ms, "
        f"{subject.cpu_us:.0f} µs CPU a request"
    )
    print(
        f"  against {baseline.rate:,.0f}/s, {baseline.p99_ms:.1f} ms, {baseline.cpu_us:.0f} µs: "
        f"{subject.rate / baseline.rate:.2f} of the rate, "
        f"{subject.cpu_us / max(baseline.cpu_us, 1):.2f} times the CPU"
    )
