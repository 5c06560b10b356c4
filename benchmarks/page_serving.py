"""A published page from the edge: against granian's bare answer, nginx and Wagtail.

One pinned worker each, wrk on the other core, rounds that alternate. Ends with 1 where a goal of
the platform's is missed.
"""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

import httpx
import psutil

from benchmarks import sandbox
from benchmarks.harness import Line, Round, granian, median, show
from benchmarks.nginx import nginx
from benchmarks.wagtail import wagtail
from benchmarks.wrk import SERVER_CORE, drive, installed, paced

WANTED_BYTES = 30_000
# The goals: how many times a baseline's rate, and its p99 at half of the highest load.
WAGTAIL_CACHED, WAGTAIL_RENDERED, BARE, BARE_P99 = 10.0, 80.0, 0.7, 3.0


@dataclass(frozen=True, kw_only=True)
class Server:
    """Where a page is had from, and the process whose CPU time it costs."""

    name: str
    url: str
    process: psutil.Process
    headers: Mapping[str, str] = field(default_factory=dict)

    def round(
        self, headers: Mapping[str, str], *, seconds: int, pace: tuple[int, int] = (16, 0)
    ) -> Round:
        """`pace` is connections and milliseconds between an answer and the next request."""
        connections, delay = pace
        return drive(
            self.url, [self.process], headers={**headers, **self.headers},
            seconds=seconds, connections=connections, delay_ms=delay,
        )  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=int, default=4)
    options.add_argument("--without-wagtail", action="store_true")
    options.add_argument("--identity-only", action="store_true")
    chosen = options.parse_args()
    if not installed():
        sys.exit("wrk is not installed (apt-get install wrk)")
    with sandbox.platform(), ExitStack() as stack:
        host, path = _publish()
        port, process = stack.enter_context(granian("config.edge:application", core=SERVER_CORE))
        edge = Server(
            name="edge", url=f"http://127.0.0.1:{port}{path}", process=process,
            headers={"Host": host},
        )  # fmt: skip
        bodies = {coding: _body(edge, coding) for coding in ("identity", "gzip", "br")}
        others = [] if chosen.without_wagtail else _wagtail(stack)
        print(f"{path} of {host}; load average {os.getloadavg()[0]:.1f}")
        missed = []
        for coding in ("identity",) if chosen.identity_only else ("identity", "gzip", "br"):
            rivals = _rivals(stack, bodies, coding) + (others if coding == "identity" else [])
            missed += _measure(
                edge, rivals, title=f"{coding}, {len(bodies[coding]):,} bytes",
                headers={"Accept-Encoding": coding}, chosen=chosen,
            )  # fmt: skip
        if not chosen.identity_only:
            missed += _unchanged(edge, stack, chosen)
    for line in missed:
        print(line, file=sys.stderr)
    sys.exit(bool(missed))


def _measure(
    edge: Server,
    rivals: Sequence[Server],
    *,
    title: str,
    headers: Mapping[str, str],
    chosen: argparse.Namespace,
) -> list[str]:
    """Alternate all servers flat out, then edge and bare answer at half; returns goals missed."""
    servers = [edge, *rivals]
    found: dict[str, list[Round]] = {server.name: [] for server in servers}
    for server in servers:
        server.round(headers, seconds=1)
    for _ in range(chosen.rounds):
        for server in servers:
            found[server.name].append(server.round(headers, seconds=chosen.seconds))
    full = {name: median(rounds) for name, rounds in found.items()}
    half: dict[str, list[Round]] = {server.name: [] for server in servers[:2]}
    pace = paced(full["edge"].rate / 2)
    tried = edge.round(headers, seconds=chosen.seconds, pace=pace).rate
    pace = paced(full["edge"].rate / 2, tried=tried)
    for _ in range(chosen.rounds):
        for server in servers[:2]:
            half[server.name].append(server.round(headers, seconds=chosen.seconds, pace=pace))
    halves = {name: median(rounds) for name, rounds in half.items()}
    mine = full["edge"]
    show(
        title,
        [
            Line(name="the edge", measured=mine),
            *(Line(name=each.name, measured=full[each.name], subject=mine) for each in rivals),
            Line(name="the edge at half its load", measured=halves["edge"]),
            Line(name=f"{rivals[0].name} at it", measured=halves[rivals[0].name],
                 subject=halves["edge"]),
        ],
        unit="page",
    )  # fmt: skip
    return _missed(title, full, halves)


def _missed(title: str, full: Mapping[str, Round], half: Mapping[str, Round]) -> list[str]:
    goals = {
        "bare answer": BARE,
        "Wagtail, page cache": WAGTAIL_CACHED,
        "Wagtail": WAGTAIL_RENDERED,
    }
    found = []
    for name, times in goals.items():
        if name in full:
            ratio = full["edge"].rate / full[name].rate
            if ratio < times:
                found.append(f"missed: {title}: {ratio:.2f} of {name}, wanted {times}")
    slower = half["edge"].p99_ms / half["bare answer"].p99_ms
    if slower > BARE_P99:
        found.append(f"missed: {title}: p99 at half load {slower:.1f} times the bare answer's")
    return found


def _unchanged(edge: Server, stack: ExitStack, chosen: argparse.Namespace) -> list[str]:
    tag = httpx.get(
        edge.url, headers={**edge.headers, "Accept-Encoding": "br"}, timeout=30
    ).headers["etag"]
    asked = {"Accept-Encoding": "br", "If-None-Match": tag}
    assert httpx.get(edge.url, headers={**edge.headers, **asked}).status_code == 304
    return _measure(edge, [_bare(stack, 0)], title="304", headers=asked, chosen=chosen)


def _rivals(stack: ExitStack, bodies: Mapping[str, bytes], coding: str) -> list[Server]:
    found = [_bare(stack, len(bodies[coding]))]
    if coding != "br":  # Debian's nginx has no Brotli
        started = stack.enter_context(nginx(bodies["identity"], bodies["gzip"]))
        if started is None:
            print("nginx is not installed; left out")
        else:
            found.append(Server(name="nginx, gzip_static", url=started[0], process=started[1]))
    return found


def _bare(stack: ExitStack, size: int) -> Server:
    port, process = stack.enter_context(
        granian("benchmarks.bare:application", core=SERVER_CORE, BARE_BYTES=str(size))
    )
    return Server(name="bare answer", url=f"http://127.0.0.1:{port}/", process=process)


def _wagtail(stack: ExitStack) -> list[Server]:
    from django.conf import settings

    site = stack.enter_context(
        wagtail(database_url=settings.DATABASE_URL, redis_url=settings.REDIS_URL)
    )
    found = []
    for name, cached in (("Wagtail, page cache", True), ("Wagtail", False)):
        url, process = stack.enter_context(site.serve(cached=cached))
        size = len(httpx.get(url, timeout=30).content)
        print(f"Wagtail {site.version}, {'with' if cached else 'without'} cache: {size:,} bytes")
        found.append(Server(name=name, url=url, process=process))
    return found


def _body(edge: Server, coding: str) -> bytes:
    """The page's bytes as they are sent."""
    headers = {**edge.headers, "Accept-Encoding": coding}
    with httpx.stream("GET", edge.url, headers=headers, timeout=30) as answer:
        assert answer.status_code == 200, answer.read()
        return b"".join(answer.iter_raw())


def _publish() -> tuple[str, str]:
    """Publish each template as a site; host and path of the page nearest to WANTED_BYTES."""
    from accounts import workspaces
    from accounts.models import User
    from builder import projects, publishing
    from builder.models import Template

    owner = User.objects.create_user("benchmark@example.com", "a password for benchmarks")
    workspace = workspaces.create(owner=owner, name="Benchmark")
    sizes: dict[tuple[str, str], int] = {}
    for template in Template.objects.filter(workspace=None):
        project = projects.create_from_template(
            workspace=workspace, owner=owner, template=template, name=template.name
        )
        release = publishing.publish(project=project, user=owner)
        host = f"{projects.primary_label(project=project)}.localhost"
        for path, file in release.manifest.items():
            if file["content_type"].startswith("text/html"):
                sizes[host, path] = file["size"]
    return min(sizes, key=lambda page: abs(sizes[page] - WANTED_BYTES))


if __name__ == "__main__":
    main()
