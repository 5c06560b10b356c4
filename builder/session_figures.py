"""What a person's sessions in the builder come to (document 004, get_session_analytics)."""

import datetime
import json
import uuid
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from accounts.models import User

DEFAULT_DAYS: Final = 30
MOST_DAYS: Final = 366

_STATEMENT: Final = """
with chosen as (
    select status, current_step, duration, (created_at at time zone 'UTC')::date as day
    from builder_buildersession
    where workspace_id = %(workspace)s and user_id = %(user)s
        and created_at > %(since)s and created_at <= %(now)s
)
select count(*),
    count(*) filter (where status = 'completed'),
    count(*) filter (where status = 'cancelled'),
    count(*) filter (where status in ('active', 'paused')),
    avg(duration)::float8,
    (select current_step from chosen group by current_step
        order by count(*) desc, current_step limit 1),
    coalesce((select jsonb_agg(jsonb_build_object('day', day, 'count', number) order by day)
        from (select day, count(*) as number from chosen group by day) days), '[]')
from chosen
"""


@dataclass(frozen=True)
class DayCount:
    """How many of something there were on a day of UTC."""

    day: datetime.date
    count: int


@dataclass(frozen=True, kw_only=True)
class SessionAnalytics:
    """A person's sessions that began within the last `days` times 24 hours.

    avg_duration: seconds from start to end, pauses included, of those that have ended; None where
        none has.
    completion_rate: completed of those that have ended (completed or cancelled), 0..1; None where
        none has.
    most_common_step: the step in which most of them stand, or stood when they ended; of several
        the first by name; None without sessions. (The document's own statement takes the step of
        any active session.)
    sessions_per_day: all of them by `days`.
    by_day: those days that have any, oldest first.
    """

    days: int
    total_sessions: int
    completed_sessions: int
    cancelled_sessions: int
    open_sessions: int
    avg_duration: float | None
    most_common_step: str | None
    by_day: list[DayCount]

    @property
    def sessions_per_day(self) -> float:
        return self.total_sessions / self.days

    @property
    def completion_rate(self) -> float | None:
        ended = self.completed_sessions + self.cancelled_sessions
        return self.completed_sessions / ended if ended else None

    def every_day(self, until: datetime.date) -> list[int]:
        """The counts of all days up to `until`, oldest first, zeros too: for a curve."""
        return every_day(self.by_day, days=self.days, until=until)


def get_session_analytics(
    *, user: User, workspace_id: uuid.UUID, days: int = DEFAULT_DAYS, now: datetime.datetime
) -> SessionAnalytics:
    """Figures of the user's sessions in a workspace, in one statement.

    `days` is 1..366. A tenant sees nobody's sessions but their own (row security): of anybody
    else's there are none.
    """
    since = now - datetime.timedelta(days=days)
    values: Any = {"workspace": workspace_id, "user": user.pk, "since": since, "now": now}
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, values)
        total, completed, cancelled, unended, duration, step, by_day = cursor.fetchone()
    return SessionAnalytics(
        days=days,
        total_sessions=total,
        completed_sessions=completed,
        cancelled_sessions=cancelled,
        open_sessions=unended,
        avg_duration=duration,
        most_common_step=step,
        by_day=day_counts(by_day),
    )


def day_counts(rows: Any) -> list[DayCount]:
    """What a statement gives as `[{"day": "2026-03-01", "count": 2}]`, text or read already."""
    read = json.loads(rows) if isinstance(rows, str) else rows
    return [DayCount(datetime.date.fromisoformat(row["day"]), row["count"]) for row in read]


def every_day(counts: list[DayCount], *, days: int, until: datetime.date) -> list[int]:
    """The counts of the `days` days that end with `until`, oldest first, zeros too."""
    known = {each.day: each.count for each in counts}
    first = until - datetime.timedelta(days=days - 1)
    return [known.get(first + datetime.timedelta(days=step), 0) for step in range(days)]
