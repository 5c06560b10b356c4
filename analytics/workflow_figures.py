"""What workflows did, day by day: whole days are counted anew, so that twice is once.

A day is the workspace's, and an execution belongs to the day on which it was triggered. Mail is
counted when it was sent; whether it was opened or clicked nobody measures yet, so that those rates
stay empty, and revenue 0.
"""

import datetime
import uuid
from typing import Any, Final

import structlog
from django.db import connection, transaction

from analytics import marks

log = structlog.get_logger(__name__)

WORKFLOWS: Final = "workflows"
ALWAYS: Final = datetime.timedelta(days=3650)

Range = tuple[uuid.UUID, datetime.datetime, datetime.datetime]

# Executions and mails are looked for by their keys, which are ordered by time: what is older than
# three months is not counted anew when it changes.
_TOUCHED = """
    select x.workspace_id, x.workflow_id, date_trunc('day', x.triggered_at, w.timezone) as bucket
    from journeys_workflowexecution x join accounts_workspace w on w.id = x.workspace_id
    where x.id >= (select uuidv7(%(reach)s::interval))
    and x.updated_at >= %(since)s and x.updated_at < %(until)s
    union
    select x.workspace_id, x.workflow_id, date_trunc('day', x.triggered_at, w.timezone)
    from journeys_mailmessage m
    join journeys_workflowexecution x on x.workspace_id = m.workspace_id and x.id = m.execution_id
    join accounts_workspace w on w.id = x.workspace_id
    where m.id >= (select uuidv7(%(reach)s::interval))
    and m.updated_at >= %(since)s and m.updated_at < %(until)s
"""

# A workspace whose time zone was changed has days that are none any more: they are counted anew
# in the new ones.
_DROP_STALE = f"""
with touched as ({_TOUCHED})
delete from analytics_workflowanalytics a
using (select distinct workspace_id, workflow_id from touched) t, accounts_workspace w
where a.workspace_id = t.workspace_id and a.workflow_id = t.workflow_id and a.granularity = 'day'
and w.id = a.workspace_id and a.period_start <> date_trunc('day', a.period_start, w.timezone)
returning a.workflow_id, a.period_start, a.period_end
"""  # noqa: S608 - constants of this module

_COUNT = f"""
with touched as materialized (
    {_TOUCHED}
    union
    select x.workspace_id, x.workflow_id, date_trunc('day', x.triggered_at, w.timezone)
    from unnest(%(workflows)s::uuid[], %(starts)s::timestamptz[], %(ends)s::timestamptz[])
        as stale (workflow_id, period_start, period_end)
    join journeys_workflow f on f.id = stale.workflow_id
    join accounts_workspace w on w.id = f.workspace_id
    join journeys_workflowexecution x
        on x.workspace_id = f.workspace_id and x.workflow_id = f.id
        and x.triggered_at >= stale.period_start and x.triggered_at < stale.period_end
), bounds as (
    select t.*, date_add(t.bucket, '1 day'::interval, w.timezone) as bucket_end, w.currency
    from touched t join accounts_workspace w on w.id = t.workspace_id
), runs as (
    select b.workspace_id, b.workflow_id, b.bucket, x.id, x.status, x.execution_time, x.contact_id,
        c.created_at >= b.bucket and c.created_at < b.bucket_end as is_new,
        (select count(*) from jsonb_array_elements(x.log) e where e ? 'lead') as leads,
        (select count(*) from jsonb_array_elements(x.log) e
            where e ? 'lead' and e -> 'created' = 'true'::jsonb) as made,
        (select count(*) from journeys_mailmessage m where m.workspace_id = x.workspace_id
            and m.execution_id = x.id and m.status = 'sent') as mails
    from bounds b join journeys_workflowexecution x
        on x.workspace_id = b.workspace_id and x.workflow_id = b.workflow_id
        and x.triggered_at >= b.bucket and x.triggered_at < b.bucket_end
    left join journeys_contact c on c.workspace_id = x.workspace_id and c.id = x.contact_id
), counted as (
    select workspace_id, workflow_id, bucket, count(*) as total,
        count(*) filter (where status = 'succeeded') as succeeded,
        count(*) filter (where status = 'failed') as failed,
        avg(extract(epoch from execution_time) * 1000) as mean,
        count(distinct contact_id) filter (where is_new) as contacts,
        sum(made) as made, count(*) filter (where leads > 0) as converted, sum(mails) as mails
    from runs group by 1, 2, 3
)
insert into analytics_workflowanalytics
    (workspace_id, workflow_id, granularity, period_start, period_end, currency,
     total_executions, successful_executions, failed_executions, average_execution_time,
     contacts_created, opportunities_generated, conversion_rate, emails_sent)
select b.workspace_id, b.workflow_id, 'day', b.bucket, b.bucket_end, b.currency,
    coalesce(c.total, 0), coalesce(c.succeeded, 0), coalesce(c.failed, 0), c.mean,
    coalesce(c.contacts, 0), coalesce(c.made, 0), c.converted::float8 / c.total,
    coalesce(c.mails, 0)
from bounds b left join counted c using (workspace_id, workflow_id, bucket)
order by 1, 2, 4
on conflict (workspace_id, workflow_id, granularity, period_start) do update set
    period_end = excluded.period_end, currency = excluded.currency,
    total_executions = excluded.total_executions,
    successful_executions = excluded.successful_executions,
    failed_executions = excluded.failed_executions,
    average_execution_time = excluded.average_execution_time,
    contacts_created = excluded.contacts_created,
    opportunities_generated = excluded.opportunities_generated,
    conversion_rate = excluded.conversion_rate, emails_sent = excluded.emails_sent,
    updated_at = now()
"""  # noqa: S608 - constants of this module


def roll_up_workflows(*, now: datetime.datetime) -> int:
    """Count anew every day of a workflow whose executions or mails changed since the last time.

    Runs one at a time and moves its mark in the same transaction, so that it can be killed or
    called twice. Returns the number of days written.
    """
    with transaction.atomic():
        mark = marks.locked(name=WORKFLOWS, now=now, first=ALWAYS)
        window = _window(since=mark.read_until - marks.LATE_COMMIT, until=now)
        written = _write(window, _drop_stale(window))
        marks.move(mark, now=now)
    log.info("workflow_figures.rolled_up", days=written)
    return written


def rebuild_workflows(*, since: datetime.datetime, now: datetime.datetime) -> int:
    """Count every day anew of which an execution or a mail changed since then. Returns the days."""
    with transaction.atomic():
        marks.locked(name=WORKFLOWS, now=now, first=ALWAYS)
        window = _window(since=since, until=now)
        return _write(window, _drop_stale(window))


def _window(*, since: datetime.datetime, until: datetime.datetime) -> dict[str, Any]:
    return {"since": since, "until": until, "reach": "-92 days"}


def _drop_stale(window: dict[str, Any]) -> list[Range]:
    with connection.cursor() as cursor:
        cursor.execute(_DROP_STALE, window)
        return list(cursor.fetchall())


def _write(window: dict[str, Any], stale: list[Range]) -> int:
    workflows, starts, ends = zip(*stale, strict=True) if stale else ((), (), ())
    ranges = {"workflows": list(workflows), "starts": list(starts), "ends": list(ends)}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, window | ranges)
        written: int = cursor.rowcount
    return written
