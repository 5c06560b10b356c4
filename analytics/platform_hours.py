"""The platform's hours, from what its own tables say; the last day is counted anew each time.

What nothing counts stays 0: requests and their times (the doors keep no hourly count), business
value and revenue (nobody states them), critical errors (no error is graded).
"""

import datetime
from typing import Final

import structlog
from django.db import connection, transaction

from analytics import marks

log = structlog.get_logger(__name__)

HOURS: Final = "platform hours"
# Ratings and ends of executions come late: so many hours are counted anew.
AGAIN: Final = datetime.timedelta(hours=24)
FIRST: Final = datetime.timedelta(days=30)

_COUNT = """
with hours as (
    select h as begins, h + interval '1 hour' as ends
    from generate_series(date_trunc('hour', %(since)s, 'UTC'), %(until)s, interval '1 hour') h
), people as (
    select date_trunc('hour', each.at, 'UTC') as begins,
        count(*) filter (where each.what = 'joined') as joined,
        count(*) filter (where each.what = 'onboarded') as onboarded,
        count(*) filter (where each.what = 'active') as active
    from accounts_user u cross join lateral (values (u.created_at, 'joined'),
        (u.onboarding_completed_at, 'onboarded'), (u.last_activity_at, 'active')) each (at, what)
    where each.at >= (select min(begins) from hours) group by 1
), agents as (
    select h.begins, a.agent_name, count(*) as calls, avg(a.success::int)::float8 as success,
        avg(a.execution_time_ms)::float8 as mean, count(*) filter (where not a.success) as failed,
        coalesce(sum(a.api_calls_made), 0) as api_calls, coalesce(sum(a.cost_incurred), 0) as cost
    from hours h join conversations_agentinteraction a
        on a.created_at >= h.begins and a.created_at < h.ends
    group by 1, 2
), agents_of_hour as (
    select begins, jsonb_object_agg(agent_name, calls) as calls,
        jsonb_object_agg(agent_name, round(success::numeric, 4)) as success,
        jsonb_object_agg(agent_name, round(mean::numeric, 1)) filter (where mean is not null)
            as means,
        sum(failed) as failed, sum(api_calls) as api_calls, sum(cost) as cost
    from agents group by 1
), apis as (
    select begins, jsonb_object_agg(api, success) as success from (
        select h.begins, a.agent_type as api, round(avg(a.success::int), 4) as success
        from hours h join conversations_agentinteraction a
            on a.created_at >= h.begins and a.created_at < h.ends
        where a.agent_type in ('perplexity', 'seranking') and a.api_calls_made > 0
        group by 1, 2
    ) each group by 1
), satisfaction as (
    select h.begins, avg(c.user_satisfaction_score)::float8 as mean
    from hours h join conversations_conversation c
        on c.completed_at >= h.begins and c.completed_at < h.ends
    where c.updated_at >= (select min(begins) from hours) group by 1
), failures as (
    select date_trunc('hour', x.finished_at, 'UTC') as begins, 'workflow_execution' as kind,
        count(*) as failed
    from journeys_workflowexecution x
    where x.status = 'failed' and x.finished_at >= (select min(begins) from hours)
    and x.id >= (select uuidv7(interval '-35 days')) group by 1
    union all
    select date_trunc('hour', m.updated_at, 'UTC'), 'mail', count(*) from journeys_mailmessage m
    where m.status = 'failed' and m.updated_at >= (select min(begins) from hours)
    and m.id >= (select uuidv7(interval '-35 days')) group by 1
    union all
    select begins, 'agent_interaction', failed from agents_of_hour where failed > 0
), errors as (
    select begins, sum(failed) as total, jsonb_object_agg(kind, failed) as kinds
    from failures group by 1
)
insert into analytics_systemmetrics
    (date, hour, active_users, new_registrations, completed_onboardings, agent_interactions,
     agent_success_rates, agent_response_times, total_api_calls, api_costs_usd,
     api_success_rates, customer_satisfaction_average, error_count, error_types)
select (h.begins at time zone 'UTC')::date, extract(hour from h.begins at time zone 'UTC'),
    coalesce(p.active, 0), coalesce(p.joined, 0), coalesce(p.onboarded, 0),
    coalesce(a.calls, '{}'), coalesce(a.success, '{}'), coalesce(a.means, '{}'),
    coalesce(a.api_calls, 0), coalesce(a.cost, 0), coalesce(i.success, '{}'), s.mean,
    coalesce(e.total, 0), coalesce(e.kinds, '{}')
from hours h left join people p using (begins) left join agents_of_hour a using (begins)
left join apis i using (begins) left join satisfaction s using (begins)
left join errors e using (begins)
order by 1, 2
on conflict (date, hour) do update set
    -- Only the last activity of a person is known: who was there then may be elsewhere now.
    active_users = greatest(analytics_systemmetrics.active_users, excluded.active_users),
    new_registrations = excluded.new_registrations,
    completed_onboardings = excluded.completed_onboardings,
    agent_interactions = excluded.agent_interactions,
    agent_success_rates = excluded.agent_success_rates,
    agent_response_times = excluded.agent_response_times,
    total_api_calls = excluded.total_api_calls, api_costs_usd = excluded.api_costs_usd,
    api_success_rates = excluded.api_success_rates,
    customer_satisfaction_average = excluded.customer_satisfaction_average,
    error_count = excluded.error_count, error_types = excluded.error_types, updated_at = now()
"""


def roll_up_hours(*, now: datetime.datetime) -> int:
    """Count the hours (UTC) since the last time anew, and the day before them.

    Runs one at a time; can be killed or called twice. Returns the number of hours written.
    """
    with transaction.atomic():
        mark = marks.locked(name=HOURS, now=now, first=FIRST)
        written = _write(since=min(mark.read_until, now) - AGAIN, until=now)
        marks.move(mark, now=now)
    log.info("platform_hours.rolled_up", hours=written)
    return written


def rebuild_hours(*, since: datetime.datetime, now: datetime.datetime) -> int:
    """Count every hour (UTC) since then anew. Returns the hours."""
    with transaction.atomic():
        marks.locked(name=HOURS, now=now, first=FIRST)
        return _write(since=since, until=now)


def _write(*, since: datetime.datetime, until: datetime.datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"since": since, "until": until})
        written: int = cursor.rowcount
    return written
