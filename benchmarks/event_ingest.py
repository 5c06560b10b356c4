"""Events through `/v1/batch`, answered after the commit; authentication and dedupe on.

Against the same rows by bare COPY (benchmarks.copying), an ordinary DRF view of the same duties
(benchmarks.ordinary), and granian's bare answer to the same requests.
"""

import json
import random
import uuid
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from benchmarks import sandbox
from benchmarks.copying import Copying, copying
from benchmarks.harness import Line, Round, drive, granian, median, show

ROUNDS = 5
VISITORS = 2_000
BARE_BYTES = len(b'{"success":true,"accepted":100,"duplicates":0}')
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@dataclass(frozen=True, kw_only=True)
class Load:
    """Requests in a round, and events in each; the ordinary view gets fewer requests."""

    name: str
    size: int
    requests: int
    ordinary_requests: int
    connections: int


LOADS = (
    Load(name="batches of 100", size=100, requests=120, ordinary_requests=8, connections=8),
    Load(name="single events", size=1, requests=2_000, ordinary_requests=200, connections=32),
)


@dataclass(frozen=True, kw_only=True)
class Target:
    """A server, and the processes whose CPU time its answers cost."""

    port: int
    processes: Sequence[psutil.Process]

    def drive(self, load: Load, requests: Sequence[bytes], *, pace: float | None = None) -> Round:
        """A round, told for each event."""
        connections = load.connections
        done = drive(self.port, self.processes, requests, connections=connections, pace=pace)
        return done.each_of(load.size)


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What one turn, or the medians of all turns, came to; of each event."""

    edge: Round
    half: Round
    copied: Round
    ordinary: Round
    bare: Round


@dataclass(frozen=True, kw_only=True)
class Field:
    """Everything that is driven in turns."""

    key: str
    edge: Target
    ordinary: Target
    bare: Target
    copying: Copying

    def turn(self, load: Load) -> Measured:
        """Each once, with the same events; COPY gets the rows that the edge made of them."""
        requests = self._requests(load, load.requests)
        newest = self.copying.newest()
        edge = self.edge.drive(load, requests)
        rows = self.copying.rows_since(newest)
        assert len(rows) == load.size * load.requests, f"{len(rows)} rows of {load}"
        copied = self.copying.drive(rows, size=load.size, connections=load.connections)
        return Measured(
            edge=edge,
            copied=copied.each_of(load.size),
            bare=self.bare.drive(load, requests),
            ordinary=self.ordinary.drive(load, self._requests(load, load.ordinary_requests)),
            half=self.edge.drive(
                load, self._requests(load, load.requests), pace=edge.rate / load.size / 2
            ),
        )

    def introduce(self) -> None:
        """Make every visitor known, and the tables' statistics: as after the first minutes."""
        load = LOADS[0]
        visitors = range(VISITORS)
        groups = [visitors[at : at + load.size] for at in range(0, VISITORS, load.size)]
        self.edge.drive(load, [_request(self.key, group) for group in groups])
        self.copying.connection.execute("analyze")

    def _requests(self, load: Load, number: int) -> list[bytes]:
        return [
            _request(self.key, random.choices(range(VISITORS), k=load.size))  # noqa: S311
            for _ in range(number)
        ]


def main() -> None:
    with sandbox.platform() as var_dir, ExitStack() as stack:
        field = _open(stack, var_dir, key=_make_key())
        field.introduce()
        lines = [line for load in LOADS for line in _measure(field, load)]
    show("Events, answered after the commit; CPU of server and database", lines, unit="event")


def _open(stack: ExitStack, var_dir: Path, *, key: str) -> Field:
    from django.conf import settings

    database = sandbox.database_process(var_dir)
    edge, edge_process = stack.enter_context(granian("config.edge:application"))
    ordinary, ordinary_process = stack.enter_context(
        granian("benchmarks.ordinary:application", interface="wsgi")
    )
    bare, bare_process = stack.enter_context(
        granian("benchmarks.bare:application", BARE_BYTES=str(BARE_BYTES))
    )
    return Field(
        key=key,
        edge=Target(port=edge, processes=[edge_process, database]),
        ordinary=Target(port=ordinary, processes=[ordinary_process, database]),
        bare=Target(port=bare, processes=[bare_process]),
        copying=stack.enter_context(copying(settings.DATABASE_URL, database)),
    )


def _make_key() -> str:
    """The write key of a new project's site."""
    from accounts import workspaces
    from accounts.models import User
    from builder import projects
    from builder.models import Template
    from journeys.ingest.tracker import site_key

    owner = User.objects.create_user("benchmark@example.com", "a password for benchmarks")
    workspace = workspaces.create(owner=owner, name="Benchmark")
    template = Template.objects.filter(workspace=None)[0]
    project = projects.create_from_template(
        workspace=workspace, owner=owner, template=template, name="Benchmark"
    )
    return site_key(project=project)


def _request(key: str, visitors: Sequence[int]) -> bytes:
    """A raw request to `/v1/batch` with a new event of each visitor."""
    batch = [_event(visitor) for visitor in visitors]
    body = json.dumps({"batch": batch, "sentAt": _now()}).encode()
    head = (
        "POST /v1/batch HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {key}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _event(visitor: int) -> dict[str, Any]:
    return {
        "messageId": str(uuid.uuid4()),
        "type": "track",
        "event": ("Product Viewed", "Menu Opened", "Price Compared")[visitor % 3],
        "anonymousId": f"visitor-{visitor}",
        "timestamp": _now(),
        "properties": {"product": f"beans-{visitor % 40}", "price": 68.5, "currency": "SAR"},
        "context": {
            "page": {"path": "/menu", "url": "https://cafe.example/menu", "title": "Menu"},
            "locale": "ar-SA",
            "library": {"name": "halfhour.js", "version": "1"},
            "userAgent": AGENT,
        },
    }


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _measure(field: Field, load: Load) -> Sequence[Line]:
    field.turn(load)  # warms all of them
    turns = [field.turn(load) for _ in range(ROUNDS)]
    edge, copied = median([turn.edge for turn in turns]), median([turn.copied for turn in turns])
    ordinary = median([turn.ordinary for turn in turns])
    bare = median([turn.bare for turn in turns])
    return [
        Line(name=f"{load.name}, {load.connections} connections", measured=edge),
        Line(name="  at half that load", measured=median([turn.half for turn in turns])),
        Line(name="  baseline: bare COPY", measured=copied, subject=edge),
        Line(name="  baseline: an ordinary DRF view", measured=ordinary, subject=edge),
        Line(name="  baseline: granian's bare answer", measured=bare, subject=edge),
    ]


if __name__ == "__main__":
    main()
