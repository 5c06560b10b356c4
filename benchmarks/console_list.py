"""The console's list of events at 1,000 and at 1,000,000: the whole page, as staff and superuser.

Each figure is the median of opened pages, in one process by Django's test client: middleware,
scope, queries and template included. The exit status is 1 where a page takes more than three
times as long as at 1,000.
"""

import datetime
import statistics
import sys
import time
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import sandbox

ROUNDS, FACTOR = 30, 3
FEW, MANY = 1_000, 1_000_000
LIST = "/console/journeys/event/"
PAGES = {
    "the last 24 hours": "",
    "the last 30 days": "?period=30",
    "all": "?period=all",
    "all, the 20th page": "?period=all&p=20",
    "one name": "?period=all&q=page_view",
    "one type": "?period=all&type__exact=track",
}
# Ninety days of events, the newest now; every tenth another name.
FILL = """
insert into journeys_event (workspace_id, contact_id, type, event_name, properties, context,
    timestamp, received_at, message_id, anonymous_id, user_agent)
select c.workspace_id, c.id, case n % 10 when 0 then 'track' else 'page' end,
    case n % 10 when 0 then 'form_submitted' else 'page_view' end,
    '{{"path": "/"}}', '{{}}', at, at, gen_random_uuid()::text, '', ''
from generate_series(1, {rows}) n
join numbered c on c.number = n % {contacts}
cross join lateral (
    select now() - interval '90 days' * (({rows} - n)::float / {rows}) as at
) t;
"""
CONTACTS = """
insert into journeys_contact (workspace_id, email, last_seen, traits, segment)
select id, 'visitor-' || n || '@example.com', now(), '{}', ''
from generate_series(1, 1000) n, accounts_workspace;
create temporary table numbered as
    select row_number() over (order by id) - 1 as number, id, workspace_id from journeys_contact;
"""


def main() -> None:
    with sandbox.platform():
        from django.conf import settings
        from django.db import connection
        from django.utils import timezone

        from accounts.tenancy.partitioning import make_partitions

        settings.ALLOWED_HOSTS = ["*"]
        make_partitions(now=timezone.now() - datetime.timedelta(days=120), ahead=5)
        clients = _people()
        with connection.cursor() as cursor:
            cursor.execute(CONTACTS)
        figures = []
        before = 0
        for rows in (FEW, MANY):
            with connection.cursor() as cursor:
                cursor.execute(FILL.format(rows=rows - before, contacts=1000))
                cursor.execute("vacuum analyze journeys_event")
            before = rows
            figures.append(
                {(who, name): _opened(client, LIST + query)
                 for who, client in clients.items() for name, query in PAGES.items()}
            )  # fmt: skip
        sys.exit(_report(*figures))


def _people() -> dict[str, Any]:
    """A member of staff and a superuser, signed in."""
    from django.test import Client

    from accounts.models import Membership, User, Workspace

    workspace = Workspace.objects.create(name="Millibar", slug="millibar")
    staff = User.objects.create_user("noura@example.com", "x", is_staff=True)
    Membership.objects.create(workspace=workspace, user=staff, role="editor")
    people = {"staff": staff, "superuser": User.objects.create_superuser("root@example.com", "x")}
    clients = {}
    for who, person in people.items():
        clients[who] = Client()
        clients[who].force_login(person)
    return clients


def _opened(client: Any, address: str) -> float:
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        answer = client.get(address)
        taken.append(time.perf_counter() - began)
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")
    return statistics.median(taken)


def _report(few: dict[tuple[str, str], float], many: dict[tuple[str, str], float]) -> int:
    table = Table("the console's list of events", f"{FEW:,}, ms", f"{MANY:,}, ms", "ratio")
    worst = 0.0
    for key, short in few.items():
        long = many[key]
        worst = max(worst, long / short)
        table.add_row(
            " · ".join(key), f"{1e3 * short:.0f}", f"{1e3 * long:.0f}", f"{long / short:.2f}"
        )
    Console(width=100).print(table)
    return int(worst > FACTOR)


if __name__ == "__main__":
    main()
