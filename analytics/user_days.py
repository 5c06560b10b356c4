"""Users' days with the consultant; only of users who consent to analytics.

A day is the workspace's, and its week begins as the workspace's weeks do. What nobody states
(strategies made, time and cost saved) stays 0.
"""

import datetime
from typing import Final

import structlog
from django.db import connection, transaction

from analytics import marks

log = structlog.get_logger(__name__)

DAYS: Final = "user days"
ALWAYS: Final = datetime.timedelta(days=3650)

# Turns are rated some time after they were said. They are looked for by their keys, which are
# ordered by time: what is said of one that is older than three months is not counted any more.
REACH: Final = "-92 days"

_TOUCHED = """
    select t.workspace_id, t.user_id, (t.created_at at time zone w.timezone)::date as day
    from conversations_conversationturn t join accounts_workspace w on w.id = t.workspace_id
    where t.created_at >= %(since)s and t.created_at < %(until)s
    union
    select t.workspace_id, t.user_id, (t.created_at at time zone w.timezone)::date
    from conversations_conversationturn t join accounts_workspace w on w.id = t.workspace_id
    where t.id >= (select uuidv7(%(reach)s::interval))
    and t.updated_at >= %(since)s and t.updated_at < %(until)s
    and (t.user_rating is not null or t.user_feedback is not null)
    union
    select c.workspace_id, c.user_id, (c.completed_at at time zone w.timezone)::date
    from conversations_conversation c join accounts_workspace w on w.id = c.workspace_id
    where c.updated_at >= %(since)s and c.updated_at < %(until)s and c.completed_at is not null
    union
    select i.workspace_id, i.user_id, (i.created_at at time zone w.timezone)::date
    from conversations_marketinginsight i join accounts_workspace w on w.id = i.workspace_id
    where i.id >= (select uuidv7(%(since)s::timestamptz - clock_timestamp()))
    and i.created_at >= %(since)s and i.created_at < %(until)s
    union
    select a.workspace_id, c.user_id, (a.created_at at time zone w.timezone)::date
    from conversations_agentinteraction a
    join conversations_conversation c
        on c.workspace_id = a.workspace_id and c.id = a.conversation_id
    join accounts_workspace w on w.id = a.workspace_id
    where a.created_at >= %(since)s and a.created_at < %(until)s
"""

_COUNT = f"""
with touched as materialized (
    select t.* from ({_TOUCHED}) t where accounts_allows_analytics(t.user_id)
), bounds as (
    select t.*, t.day::timestamp at time zone w.timezone as begins,
        (t.day + 1)::timestamp at time zone w.timezone as ends,
        t.day - (extract(isodow from t.day)::int - 1 - w.week_start + 7) %% 7 as week_start
    from touched t join accounts_workspace w on w.id = t.workspace_id
), said as (
    select b.workspace_id, b.user_id, b.day, t.conversation_id, t.created_at, t.role,
        t.agent_name, t.external_apis_used, t.tokens_used, t.cost_usd, t.user_rating,
        t.user_feedback, t.processing_time_ms
    from bounds b join conversations_conversationturn t
        on t.workspace_id = b.workspace_id and t.user_id = b.user_id
        and t.created_at >= b.begins and t.created_at < b.ends
), talks as (
    select workspace_id, user_id, day, count(*) as sessions,
        round(sum(extract(epoch from last - first)) / 60) as minutes,
        jsonb_agg(distinct kind) as features
    from (
        select s.workspace_id, s.user_id, s.day, min(s.created_at) as first,
            max(s.created_at) as last, min(c.conversation_type) as kind
        from said s join conversations_conversation c
            on c.workspace_id = s.workspace_id and c.id = s.conversation_id
        group by s.workspace_id, s.user_id, s.day, s.conversation_id
    ) each group by 1, 2, 3
), words as (
    select workspace_id, user_id, day,
        count(*) filter (where role = 'user') as sent,
        count(*) filter (where role = 'assistant') as received,
        coalesce(jsonb_agg(distinct agent_name) filter (where agent_name <> ''), '[]') as agents,
        sum((select count(*) from jsonb_array_elements_text(external_apis_used) n
            where n = 'perplexity')) as perplexity,
        sum((select count(*) from jsonb_array_elements_text(external_apis_used) n
            where n = 'seranking')) as seranking,
        coalesce(sum(tokens_used) filter (where external_apis_used ? 'openai'), 0) as tokens,
        coalesce(sum(cost_usd), 0) as cost,
        count(*) filter (where user_rating is not null or user_feedback is not null) as judged,
        count(*) filter (where user_rating >= 4
            or (user_rating is null and user_feedback = 'helpful')) as liked,
        avg(processing_time_ms) filter (where role = 'assistant') as mean
    from said group by 1, 2, 3
), ended as (
    select b.workspace_id, b.user_id, b.day, avg(c.user_satisfaction_score)::float8 as mean
    from bounds b join conversations_conversation c
        on c.workspace_id = b.workspace_id and c.user_id = b.user_id
        and c.completed_at >= b.begins and c.completed_at < b.ends
    group by 1, 2, 3
), found as (
    select b.workspace_id, b.user_id, b.day, count(*) as insights
    from bounds b join conversations_marketinginsight i
        on i.workspace_id = b.workspace_id and i.user_id = b.user_id
        and i.created_at >= b.begins and i.created_at < b.ends
    group by 1, 2, 3
), acted as (
    select b.workspace_id, b.user_id, b.day,
        count(*) filter (where a.success) as good, count(*) filter (where not a.success) as bad
    from bounds b join conversations_conversation c
        on c.workspace_id = b.workspace_id and c.user_id = b.user_id
    join conversations_agentinteraction a
        on a.workspace_id = c.workspace_id and a.conversation_id = c.id
        and a.created_at >= b.begins and a.created_at < b.ends
    group by 1, 2, 3
), welcomed as (
    select b.workspace_id, b.user_id, b.day, case
        when u.onboarding_completed_at < b.ends then 100
        else coalesce(max(s.completion_percentage), 0) end as progress
    from bounds b join accounts_user u on u.id = b.user_id
    left join conversations_conversation c
        on c.workspace_id = b.workspace_id and c.user_id = b.user_id
        and c.conversation_type = 'onboarding'
    left join conversations_conversationstate s
        on s.workspace_id = c.workspace_id and s.conversation_id = c.id
        and not s.is_completed and s.entered_at < b.ends
    group by 1, 2, 3, u.onboarding_completed_at, b.ends
)
insert into analytics_useranalytics
    (workspace_id, user_id, date, week_start, sessions_count, total_conversation_time_minutes,
     messages_sent, messages_received, onboarding_progress, agents_interacted_with,
     features_used, business_insights_generated, perplexity_api_calls, seranking_api_calls,
     openai_tokens_used, total_api_cost_usd, average_satisfaction_score, feedback_provided,
     positive_feedback_count, average_response_time_ms, successful_interactions,
     failed_interactions)
select b.workspace_id, b.user_id, b.day, b.week_start, coalesce(t.sessions, 0),
    coalesce(t.minutes, 0), coalesce(w.sent, 0), coalesce(w.received, 0), o.progress,
    coalesce(w.agents, '[]'), coalesce(t.features, '[]'), coalesce(f.insights, 0),
    coalesce(w.perplexity, 0), coalesce(w.seranking, 0), coalesce(w.tokens, 0),
    coalesce(w.cost, 0), e.mean, coalesce(w.judged, 0), coalesce(w.liked, 0), w.mean,
    coalesce(a.good, 0), coalesce(a.bad, 0)
from bounds b left join talks t using (workspace_id, user_id, day)
left join words w using (workspace_id, user_id, day)
left join ended e using (workspace_id, user_id, day)
left join found f using (workspace_id, user_id, day)
left join acted a using (workspace_id, user_id, day)
join welcomed o using (workspace_id, user_id, day)
order by 1, 2, 3
on conflict (workspace_id, user_id, date) do update set
    week_start = excluded.week_start, sessions_count = excluded.sessions_count,
    total_conversation_time_minutes = excluded.total_conversation_time_minutes,
    messages_sent = excluded.messages_sent, messages_received = excluded.messages_received,
    onboarding_progress = excluded.onboarding_progress,
    agents_interacted_with = excluded.agents_interacted_with,
    features_used = excluded.features_used,
    business_insights_generated = excluded.business_insights_generated,
    perplexity_api_calls = excluded.perplexity_api_calls,
    seranking_api_calls = excluded.seranking_api_calls,
    openai_tokens_used = excluded.openai_tokens_used,
    total_api_cost_usd = excluded.total_api_cost_usd,
    average_satisfaction_score = excluded.average_satisfaction_score,
    feedback_provided = excluded.feedback_provided,
    positive_feedback_count = excluded.positive_feedback_count,
    average_response_time_ms = excluded.average_response_time_ms,
    successful_interactions = excluded.successful_interactions,
    failed_interactions = excluded.failed_interactions, updated_at = now()
"""  # noqa: S608 - constants of this module


def roll_up_user_days(*, now: datetime.datetime) -> int:
    """Count anew every day of a user on which something was said or found since the last time.

    Runs one at a time and moves its mark in the same transaction, so that it can be killed or
    called twice. Returns the number of days written.
    """
    with transaction.atomic():
        mark = marks.locked(name=DAYS, now=now, first=ALWAYS)
        written = _write(since=mark.read_until - marks.LATE_COMMIT, until=now)
        marks.move(mark, now=now)
    log.info("user_days.rolled_up", days=written)
    return written


def rebuild_user_days(*, since: datetime.datetime, now: datetime.datetime) -> int:
    """Count anew every day of which anything was said or found since then. Returns the days."""
    with transaction.atomic():
        marks.locked(name=DAYS, now=now, first=ALWAYS)
        return _write(since=since, until=now)


def _write(*, since: datetime.datetime, until: datetime.datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"since": since, "until": until, "reach": REACH})
        written: int = cursor.rowcount
    return written
