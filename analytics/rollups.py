"""Rolling events up into buckets: whole buckets are counted anew, so that twice is once."""

import datetime
from typing import Final

import structlog
from django.db import connection, transaction

from analytics import marks
from analytics.marks import LATE_COMMIT

log = structlog.get_logger(__name__)

TRAFFIC: Final = "traffic"
# Everything there is, the first time.
ALWAYS: Final = datetime.timedelta(days=3650)

_ROLL_UP = """
with touched as materialized (
    select e.workspace_id, e.project_id, date_trunc(%(unit)s, e.timestamp, {zone}) as bucket
    from journeys_event e join accounts_workspace w on w.id = e.workspace_id
    where e.received_at >= %(since)s and e.received_at < %(until)s and e.project_id is not null
    union
    select l.workspace_id, l.project_id, date_trunc(%(unit)s, l.created_at, {zone})
    from journeys_lead l join accounts_workspace w on w.id = l.workspace_id
    where l.created_at >= %(since)s and l.created_at < %(until)s and l.project_id is not null
), bounds as (
    select t.*, date_add(t.bucket, %(width)s::interval, {zone}) as bucket_end
    from touched t join accounts_workspace w on w.id = t.workspace_id
)
insert into analytics_trafficrollup
    (workspace_id, project_id, granularity, bucket_start,
     visits, visitors, page_views, submissions, leads)
select b.workspace_id, b.project_id, %(unit)s, b.bucket,
    c.visits, c.visitors, c.page_views, c.submissions, led.leads
from bounds b
-- Bucket by bucket, each by its index: joined as sets, how many rows a bucket has is guessed, and
-- a wrong guess compares every event with every bucket.
cross join lateral (
    select
        count(distinct coalesce(e.session_id::text, nullif(e.anonymous_id, '')))
            filter (where e.type = 'page') as visits,
        count(distinct coalesce(e.contact_id::text, nullif(e.anonymous_id, '')))
            filter (where e.type = 'page') as visitors,
        count(*) filter (where e.type = 'page') as page_views,
        count(*) filter (where e.event_name = 'form_submitted') as submissions
    from journeys_event e
    where e.workspace_id = b.workspace_id and e.project_id = b.project_id
    and e.timestamp >= b.bucket and e.timestamp < b.bucket_end
) c
cross join lateral (
    select count(*) as leads from journeys_lead l
    where l.workspace_id = b.workspace_id and l.project_id = b.project_id
    and l.created_at >= b.bucket and l.created_at < b.bucket_end
) led
order by 1, 2, 4
on conflict (workspace_id, project_id, granularity, bucket_start) do update set
    visits = excluded.visits, visitors = excluded.visitors, page_views = excluded.page_views,
    submissions = excluded.submissions, leads = excluded.leads, updated_at = now()
"""

# An hour is an hour of UTC; a day is a day of the workspace, which can have 23 or 25 of them.
_ZONES: Final = {"hour": "'UTC'", "day": "w.timezone"}


def roll_up_traffic(*, now: datetime.datetime) -> int:
    """Count anew every bucket that events or leads have come into since the last time.

    Runs one at a time (the mark's row is locked) and moves the mark in the same transaction, so
    that it can be killed or called twice. Returns the number of buckets written.
    """
    with transaction.atomic():
        mark = marks.locked(name=TRAFFIC, now=now, first=ALWAYS)
        written = sum(
            _roll_up(unit, since=mark.read_until - LATE_COMMIT, until=now) for unit in _ZONES
        )
        marks.move(mark, now=now)
    log.info("traffic.rolled_up", buckets=written)
    return written


def rebuild_traffic(*, since: datetime.datetime, now: datetime.datetime) -> int:
    """Count every bucket anew that anything received since then belongs to. Returns buckets."""
    with transaction.atomic():
        marks.locked(name=TRAFFIC, now=now, first=ALWAYS)
        return sum(_roll_up(unit, since=since, until=now) for unit in _ZONES)


def _roll_up(unit: str, *, since: datetime.datetime, until: datetime.datetime) -> int:
    sql = _ROLL_UP.format(zone=_ZONES[unit])
    with connection.cursor() as cursor:
        cursor.execute(sql, {"unit": unit, "width": f"1 {unit}", "since": since, "until": until})
        written: int = cursor.rowcount
    return written
