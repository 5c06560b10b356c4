"""Servers under load: started, driven over loopback, measured by rate, latency and CPU time."""

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, kw_only=True)
class Round:
    """One round of load: answers a second, the 99th percentile in ms, server CPU µs a request."""

    rate: float
    p99_ms: float
    cpu_us: float

    def each_of(self, size: int) -> "Round":
        """The same round told for each of the `size` events that a request carries."""
        return Round(rate=self.rate * size, p99_ms=self.p99_ms, cpu_us=self.cpu_us / size)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the table; a baseline's line names the subject that is compared with it."""

    name: str
    measured: Round
    subject: Round | None = None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def granian(
    target: str, *, interface: str = "asgi", core: int | None = None, **environment: str
) -> Iterator[tuple[int, psutil.Process]]:
    """A granian with one worker serving `target`; yields its port and its main process.

    With `core` it runs on that core alone.
    """
    port = free_port()
    command = [
        *(["taskset", "-c", str(core)] if core is not None else []),
        str(Path(sys.executable).with_name("granian")), "--interface", interface, "--workers", "1",
        "--no-access-log", "--log-level", "warning", "--host", "127.0.0.1", "--port", str(port),
        target,
    ]  # fmt: skip
    if interface == "wsgi":
        command += ["--blocking-threads", "4"]
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


def cpu_seconds(servers: Sequence[psutil.Process]) -> float:
    """CPU time of servers and their workers so far, those that have ended among them."""
    total = 0.0
    for server in servers:
        for process in [server, *server.children(recursive=True)]:
            try:
                total += sum(process.cpu_times()[:4])
            except psutil.NoSuchProcess:  # its time is among its parent's from now on
                continue
    return total


def drive(
    port: int,
    servers: Sequence[psutil.Process],
    requests: Sequence[bytes],
    *,
    connections: int,
    status: int = 200,
    pace: float | None = None,
) -> Round:
    """Send the raw HTTP/1.1 requests over keep-alive connections; every answer has the status.

    `pace` requests a second are due one after another, and a latency counts from when its request
    was due; without it each connection sends as soon as it has its answer. CPU time is that of all
    `servers`.
    """
    client = _Client(port=port, head=f"HTTP/1.1 {status}".encode(), pace=pace)
    return measure(lambda begin: client.run(requests, connections, begin), servers=servers)


def measure(
    load: Callable[[Callable[[], None]], Awaitable[list[float]]],
    *,
    servers: Sequence[psutil.Process],
) -> Round:
    """Await a load that calls `begin` once connected and returns its latencies in seconds."""
    cpu = began = 0.0

    def begin() -> None:
        nonlocal cpu, began
        cpu, began = cpu_seconds(servers), time.perf_counter()

    async def awaited() -> tuple[list[float], float]:
        return await load(begin), time.perf_counter()

    latencies, ended = asyncio.run(awaited())
    return Round(
        rate=len(latencies) / (ended - began),
        p99_ms=1000 * statistics.quantiles(latencies, n=100)[98],
        cpu_us=1e6 * (cpu_seconds(servers) - cpu) / len(latencies),
    )


@dataclass(frozen=True, kw_only=True)
class _Client:
    port: int
    head: bytes
    pace: float | None

    async def run(
        self, requests: Sequence[bytes], connections: int, begin: Callable[[], None]
    ) -> list[float]:
        latencies: list[float] = []
        todo = iter(enumerate(requests))
        links = [await asyncio.open_connection("127.0.0.1", self.port) for _ in range(connections)]
        begin()
        start = time.perf_counter()

        async def send(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            for number, request in todo:
                began = time.perf_counter()
                if self.pace:
                    began = start + number / self.pace
                    await asyncio.sleep(max(0.0, began - time.perf_counter()))
                writer.write(request)
                await self._answer(reader)
                latencies.append(time.perf_counter() - began)
            writer.close()

        await asyncio.gather(*(send(*link) for link in links))
        return latencies

    async def _answer(self, reader: asyncio.StreamReader) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(self.head):
            raise RuntimeError(f"unexpected answer: {head[:200]!r}")
        await reader.readexactly(_length(head))


def _length(head: bytes) -> int:
    lowered = head.lower()
    start = lowered.find(b"content-length:")
    if start < 0:  # 304 has no body
        return 0
    return int(lowered[start + 15 : lowered.index(b"\r\n", start)])


def median(rounds: Sequence[Round]) -> Round:
    return Round(
        rate=statistics.median(one.rate for one in rounds),
        p99_ms=statistics.median(one.p99_ms for one in rounds),
        cpu_us=statistics.median(one.cpu_us for one in rounds),
    )


def show(title: str, lines: Sequence[Line], *, unit: str) -> None:
    """Print the table; a ratio is the subject's number over the baseline's."""
    table = Table(title=title)
    table.add_column("")
    for name in (f"{unit}s/s", "p99 ms", f"CPU µs/{unit}", "rate ratio", "CPU ratio"):
        table.add_column(name, justify="right", no_wrap=True)
    for line in lines:
        one, subject = line.measured, line.subject
        table.add_row(
            line.name, f"{one.rate:,.0f}", f"{one.p99_ms:.1f}", f"{one.cpu_us:,.0f}",
            f"{subject.rate / one.rate:.3f}" if subject else "",
            f"{subject.cpu_us / max(one.cpu_us, 0.1):.2f}" if subject else "",
        )  # fmt: skip
    Console(width=110).print(table)
