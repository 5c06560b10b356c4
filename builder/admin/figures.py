"""Figures of sessions and projects as the console shows them."""

import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.admin.figures import NOTHING, bar, number, share_bar, sparkline
from builder.project_stats import ProjectStats
from builder.session_figures import SessionAnalytics

Rows = list[tuple[str, Any]]


def session_rows(figures: SessionAnalytics, today: datetime.date) -> Rows:
    """A person's sessions, named and drawn."""
    return [
        (_("Sessions"), number(figures.total_sessions)),
        (_("Completed, of those that ended"), share_bar(figures.completion_rate)),
        (_("Average duration"), lasting(figures.avg_duration)),
        (_("Most common step"), figures.most_common_step or NOTHING),
        (_("A day"), number(figures.sessions_per_day, 2)),
        (_("Begun, day by day"), sparkline(figures.every_day(today))),
    ]


def project_figures(stats: ProjectStats, today: datetime.date) -> SafeString:
    """A project's figures as a list of a few."""
    rows: Rows = [
        (_("Pages"), number(stats.pages)),
        (_("Components"), number(stats.components)),
        (_("Open threads of comments"), _of(stats.open_threads, stats.threads)),
        (_("Releases"), number(stats.releases)),
        (_("Versions in %(days)s days") % {"days": stats.days}, number(stats.versions)),
        (_("Saved, day by day"), sparkline(stats.every_day(today))),
    ]
    return render_to_string("builder/console/project_figures.html", {"rows": rows})


def lasting(seconds: float | None) -> Any:
    """A duration as hours, minutes and seconds; a dash for none."""
    if seconds is None:
        return NOTHING
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _of(part: int, whole: int) -> SafeString:
    return bar(part, whole, f"{number(part)} / {number(whole)}") if whole else NOTHING
