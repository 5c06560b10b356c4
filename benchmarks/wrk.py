"""Load by wrk (Debian's package), from a core of its own."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil

from benchmarks.harness import Round, cpu_seconds

# Servers have the first core, the load has the second.
SERVER_CORE, LOAD_CORE = 0, 1
# wrk knows no pace: after each answer a connection waits, on the average `delay` milliseconds.
SCRIPT = """
local pause = %s
if pause > 0 then
  function delay() return math.random(0, 2 * pause) end
end
function done(summary, latency, requests)
  io.write("\\n", string.format(
    '{"requests": %%d, "duration": %%d, "p99": %%f, "bad": %%d}',
    summary.requests, summary.duration, latency:percentile(99),
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout))
end
"""


def drive(
    url: str,
    servers: Sequence[psutil.Process],
    *,
    headers: Mapping[str, str],
    seconds: int = 4,
    connections: int = 16,
    delay_ms: int = 0,
) -> Round:
    """One round of requests for an address, keep-alive; each answer is below 400.

    The 99th percentile counts from when a request was sent.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(SCRIPT % delay_ms)
        script.flush()
        named = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
        before = cpu_seconds(servers)
        done = subprocess.run(
            ["taskset", "-c", str(LOAD_CORE), "wrk", "-t", "1", "-c", str(connections),
             "-d", str(seconds), "--timeout", "10", "-s", script.name, *named, url],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        used = cpu_seconds(servers) - before
    told = json.loads(done.stdout.rsplit("\n", 1)[-1])
    if told["bad"]:
        sys.exit(f"{url}: {told['bad']} of {told['requests']} requests failed")
    return Round(
        rate=told["requests"] / told["duration"] * 1e6,
        p99_ms=told["p99"] / 1000,
        cpu_us=1e6 * used / told["requests"],
    )


def paced(rate: float, *, tried: float = 0.0) -> tuple[int, int]:
    """Connections and delay in ms at which wrk asks for about so many pages a second.

    `tried` is the rate that the first answer gave: answers take time of their own.
    """
    connections = min(256, max(16, int(rate * 0.02)))
    delay = 1000 * connections / rate
    if tried:
        delay -= max(0.0, 1000 * connections / tried - delay)
    return connections, max(1, round(delay))


def installed() -> bool:
    return Path("/usr/bin/wrk").exists()
