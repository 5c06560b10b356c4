"""What a project comes to (document 004, getProjectStats, which names no figures itself)."""

import datetime
from dataclasses import dataclass
from typing import Final

from django.db import connection

from builder.models import Project
from builder.session_figures import DEFAULT_DAYS, DayCount, day_counts, every_day

# All of it in one statement, so that the figures are of one moment.
_STATEMENT: Final = """
with saved as (
    select user_id, (created_at at time zone 'UTC')::date as day from builder_versionhistory
    where workspace_id = %(workspace)s and project_id = %(project)s
        and created_at > %(since)s and created_at <= %(now)s
), pages as (
    select w.layout from builder_wireframe w
    where w.workspace_id = %(workspace)s and w.sitemap_id = %(sitemap)s
)
select
    (select count(*) from pages),
    (select coalesce(sum(case when jsonb_typeof(layout -> 'content') = 'array'
        then jsonb_array_length(layout -> 'content') else 0 end), 0) from pages),
    (select count(*) from builder_componentintelligence
        where workspace_id = %(workspace)s and project_id = %(project)s and removed_at is null),
    (select count(*) from builder_projectcollaborator
        where workspace_id = %(workspace)s and project_id = %(project)s),
    (select count(*) from builder_release
        where workspace_id = %(workspace)s and project_id = %(project)s and kind = 'live'),
    (select max(published_at) from builder_release
        where workspace_id = %(workspace)s and project_id = %(project)s and kind = 'live'),
    threads.number, threads.unsettled,
    (select count(*) from saved),
    (select count(distinct user_id) from saved),
    sessions.number, sessions.seconds,
    coalesce((select jsonb_agg(jsonb_build_object('day', day, 'count', number) order by day)
        from (select day, count(*) as number from saved group by day) days), '[]')
from (
    select count(*) as number, count(*) filter (where resolved_at is null) as unsettled
    from builder_comment
    where workspace_id = %(workspace)s and project_id = %(project)s and parent_id is null
        and deleted_at is null
) threads, (
    select count(*) as number, coalesce(sum(duration), 0) as seconds
    from builder_buildersession
    where workspace_id = %(workspace)s and project_id = %(project)s and user_id = app_user()
        and created_at > %(since)s and created_at <= %(now)s
) sessions
"""


@dataclass(frozen=True, kw_only=True)
class ProjectStats:
    """A project in figures, as whoever asks may see it.

    As it stands: `pages` of its current sitemap, `components` on them, `connectable_components`
    (those that can start a workflow and have a record), `collaborators` beside its workspace's
    members, `releases` that were published and when the last was, `threads` of comments that were
    not deleted and those of them that nobody has settled.

    Within the last `days` times 24 hours: `versions` of the project and its documents that began
    then, by how many people (`editors`), and on which days of UTC (`by_day`, those that have any);
    `my_sessions` in the builder that whoever asks began then, with the seconds of those that have
    ended: nobody sees another's sessions.
    """

    days: int
    pages: int
    components: int
    connectable_components: int
    collaborators: int
    releases: int
    last_published_at: datetime.datetime | None
    threads: int
    open_threads: int
    versions: int
    editors: int
    my_sessions: int
    my_seconds: int
    by_day: list[DayCount]

    def every_day(self, until: datetime.date) -> list[int]:
        """The versions of all days up to `until`, oldest first, zeros too: for a curve."""
        return every_day(self.by_day, days=self.days, until=until)


def project_stats(
    *, project: Project, days: int = DEFAULT_DAYS, now: datetime.datetime
) -> ProjectStats:
    """The project's figures, in one statement; `days` is 1..366."""
    values = {
        "workspace": project.workspace_id,
        "project": project.pk,
        "sitemap": project.current_sitemap_id,
        "since": now - datetime.timedelta(days=days),
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, values)
        row = cursor.fetchone()
    names = list(ProjectStats.__dataclass_fields__)[1:-1]
    return ProjectStats(
        days=days, **dict(zip(names, row[:-1], strict=True)), by_day=day_counts(row[-1])
    )
