"""A list of 100 rows out of 1,000,000 events over the API, through the whole office.

Against the same list by REST framework's ModelSerializer and cursor paging, in the same process
behind the same middleware, in turns.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import httpx
import psutil

from benchmarks import sandbox
from benchmarks.harness import Line, Round, drive, granian, median, show

ROUNDS = 7
REQUESTS = 300
CONNECTIONS = 4
ROWS = 1_000_000
CONTACTS = 1_000

FILL = """
insert into journeys_event (workspace_id, contact_id, type, event_name, properties, context,
    timestamp, message_id, anonymous_id, ip_address, user_agent, session_id)
select %(workspace)s, people.ids[1 + n %% %(contacts)s], 'track',
    (array['Product Viewed', 'Menu Opened', 'Price Compared'])[1 + n %% 3],
    jsonb_build_object('product', 'beans-' || n %% 40, 'price', 68.5, 'currency', 'SAR'),
    jsonb_build_object('locale', 'ar-SA', 'library',
        jsonb_build_object('name', 'halfhour.js', 'version', '1'), 'page',
        jsonb_build_object('path', '/menu', 'url', 'https://cafe.example/menu', 'title', 'Menu')),
    date_trunc('month', now()) + (n || ' milliseconds')::interval, 'message-' || n,
    'visitor-' || n %% %(contacts)s, '203.0.113.7', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0)',
    uuidv7()
from generate_series(1, %(rows)s) n,
    (select array_agg(id) ids from journeys_contact where workspace_id = %(workspace)s) people
"""


@dataclass(frozen=True, kw_only=True)
class List:
    """A list to ask for again and again."""

    name: str
    path: str
    key: str

    def request(self) -> bytes:
        head = f"GET {self.path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {self.key}"
        return f"{head}\r\n\r\n".encode()

    def drive(self, port: int, servers: Sequence[psutil.Process]) -> Round:
        requests = [self.request()] * REQUESTS
        return drive(port, servers, requests, connections=CONNECTIONS)

    def rows(self, port: int) -> list[object]:
        headers = {"Authorization": f"Bearer {self.key}", "Host": "localhost"}
        answer = httpx.get(f"http://127.0.0.1:{port}{self.path}", headers=headers, timeout=60)
        assert answer.status_code == 200, answer.text
        rows: list[object] = json.loads(answer.content)["results"]
        assert len(rows) == 100, len(rows)
        return rows


def main() -> None:
    with sandbox.platform() as var_dir:
        key = _fill()
        ours = List(name="100 of 1,000,000 events", path="/api/v1/events/?limit=100", key=key)
        stock = List(
            name="  baseline: ModelSerializer, cursor paging",
            path="/api/v1/stock-events/?limit=100", key=key,
        )  # fmt: skip
        many = {"REQUESTS_PER_MINUTE": "1000000000"}
        with granian("benchmarks.office:application", interface="wsgi", **many) as (port, process):
            assert ours.rows(port) == stock.rows(port)
            lines = _measure(ours, stock, port, [process, sandbox.database_process(var_dir)])
    show("A list over the API, by one process of the office", lines, unit="request")


def _fill() -> str:
    """A workspace with ROWS events; the secret of its server key."""
    from django.db import connection

    from accounts import workspaces
    from accounts.keys import issue_key
    from accounts.models import User
    from journeys.models import Contact

    owner = User.objects.create_user("benchmark@example.com", "a password for benchmarks")
    workspace = workspaces.create(owner=owner, name="Benchmark")
    Contact.objects.bulk_create(Contact(workspace=workspace) for _ in range(CONTACTS))
    numbers = {"workspace": workspace.pk, "rows": ROWS, "contacts": CONTACTS}
    with connection.cursor() as cursor:
        cursor.execute(FILL, numbers)
        cursor.execute("vacuum analyze journeys_event")
    return issue_key(workspace=workspace, kind="server", name="Benchmark")[1]


def _measure(
    ours: List, stock: List, port: int, servers: Sequence[psutil.Process]
) -> Sequence[Line]:
    ours.drive(port, servers)
    stock.drive(port, servers)
    subject, base = [], []
    for _ in range(ROUNDS):
        base.append(stock.drive(port, servers))
        subject.append(ours.drive(port, servers))
    measured = median(subject)
    return [
        Line(name=ours.name, measured=measured),
        Line(name=stock.name, measured=median(base), subject=measured),
    ]


if __name__ == "__main__":
    main()
