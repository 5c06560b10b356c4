"""What row security costs a list: 50 rows of 1,000,000, as the tenant's role and as the owner.

The two take turns on one connection, each in a transaction; the time is the statement's alone.
"""

import statistics
import time
import uuid
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import sandbox

WORKSPACES, ROUNDS = 20, 400
LISTS = {
    "newest events": (
        "select id, event_name, timestamp, contact_id, properties from journeys_event "
        "where workspace_id = %s order by id desc limit 50"
    ),
    "a contact's events": (
        "select id, event_name, timestamp, properties from journeys_event "
        "where workspace_id = %s and contact_id = (select contact_id from somebody "
        "where workspace_id = %s) order by timestamp desc limit 50"
    ),
}
FILL = """
insert into accounts_workspace (name, slug, subscription_tier, subscription_status, timezone,
    country, default_language, currency, week_start)
select 'Workspace ' || n, 'workspace-' || n, 'free', 'active', 'Asia/Riyadh', 'SA', 'en', 'SAR', 6
from generate_series(1, {workspaces}) n;
create temporary table place as
    select row_number() over (order by slug) - 1 as number, id from accounts_workspace;
analyze accounts_workspace;
insert into journeys_contact (workspace_id, email, last_seen, traits, segment)
select place.id, 'visitor-' || n || '@example.com', now(), '{{"name": "Layan"}}', ''
from generate_series(1, 2000) n join place on place.number = n % {workspaces};
analyze journeys_contact;
create temporary table person as select row_number() over (order by id) - 1 as number, *
from journeys_contact;
create temporary table somebody as
    select workspace_id, (array_agg(id))[1] as contact_id from person group by 1;
grant select on somebody to halfhour_tenant;
insert into journeys_event (workspace_id, contact_id, type, event_name, properties, context,
    timestamp, message_id, anonymous_id, user_agent)
select p.workspace_id, p.id, 'page', 'page_view', '{{"path": "/"}}', '{{}}',
    now() - make_interval(secs => n), n::text, '', ''
from generate_series(1, 1000000) n join person p on p.number = n % 2000;
analyze;
"""


def main() -> None:
    with sandbox.platform():
        from django.db import connection

        from accounts.models import Workspace
        from accounts.tenancy import tenant

        with connection.cursor() as cursor:
            cursor.execute(FILL.format(workspaces=WORKSPACES))
        workspace = Workspace.objects.get(slug="workspace-7").pk
        table = Table("50 rows of 1,000,000", "owner, µs", "tenant, µs", "ratio")
        for name, statement in LISTS.items():
            plain, secured = [], []
            for _ in range(ROUNDS):
                plain.append(_timed(statement, workspace))
                with tenant(workspace_id=workspace, role="viewer"):
                    secured.append(_timed(statement, workspace))
            owner, scoped = statistics.median(plain), statistics.median(secured)
            table.add_row(
                name, f"{1e6 * owner:,.0f}", f"{1e6 * scoped:,.0f}", f"{scoped / owner:.2f}"
            )
        Console(width=100).print(table)


def _timed(statement: str, workspace: uuid.UUID) -> float:
    from django.db import connection

    rows: list[Any] = []
    with connection.cursor() as cursor:
        began = time.perf_counter()
        cursor.execute(statement, (workspace,) * statement.count("%s"))
        rows = cursor.fetchall()
        ended = time.perf_counter()
    if len(rows) != 50:
        raise RuntimeError(f"{len(rows)} rows")
    return ended - began


if __name__ == "__main__":
    main()
