"""What the console's first page shows: the last thirty days of the workspace's sites."""

import datetime
import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Workspace
from analytics.funnel import Step, change, day_range, visit_to_lead
from analytics.models import TrafficRollup
from analytics.models.traffic import COUNTS
from journeys.models import Lead

DAYS = 30


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number with its change against the thirty days before (None: nothing to compare)."""

    label: str
    value: int
    change: float | None


@dataclass(frozen=True, kw_only=True)
class DayCounts:
    day: datetime.date
    visits: int
    visitors: int
    submissions: int
    leads: int


@dataclass(frozen=True, kw_only=True)
class Dashboard:
    figures: list[Figure]
    days: list[DayCounts]
    funnel: list[Step]
    sites: list[dict[str, Any]]
    leads: list[Lead]


def build(*, workspace: Workspace | None, now: datetime.datetime | None = None) -> Dashboard:
    """The dashboard of a workspace; of all of them together where None (superusers)."""
    now = now or timezone.now()
    zone = zoneinfo.ZoneInfo(workspace.timezone if workspace else "UTC")
    start, end = day_range(now=now, days=DAYS, zone=zone)
    mine = Q(workspace=workspace) if workspace else Q()
    days = TrafficRollup.objects.days().filter(mine)
    current = days.between(start, end)
    before = days.between(start - datetime.timedelta(days=DAYS), start)
    return Dashboard(
        figures=_figures(current.totals(), before.totals()),
        days=_by_day(current, zone, start.date()),
        funnel=visit_to_lead(current),
        sites=_sites(current),
        leads=list(Lead.objects.filter(mine).select_related("project").order_by("-id")[:8]),
    )


def _figures(current: dict[str, int], before: dict[str, int]) -> list[Figure]:
    labels = {
        "visits": _("Visits"),
        "visitors": _("Visitors, day by day"),
        "submissions": _("Forms sent"),
        "leads": _("Leads"),
    }
    return [
        Figure(label=str(label), value=current[name], change=change(current[name], before[name]))
        for name, label in labels.items()
    ]


def _by_day(traffic: Any, zone: datetime.tzinfo, first: datetime.date) -> list[DayCounts]:
    """One entry a day, also for the days on which nothing happened."""
    sums = {name: Coalesce(Sum(name), 0) for name in COUNTS}
    rows = (
        traffic.annotate(day=TruncDate("bucket_start", tzinfo=zone)).values("day").annotate(**sums)
    )
    found = {row["day"]: row for row in rows}
    made = []
    for offset in range(DAYS):
        day = first + datetime.timedelta(days=offset)
        row = found.get(day, {})
        made.append(
            DayCounts(
                day=day,
                visits=row.get("visits", 0),
                visitors=row.get("visitors", 0),
                submissions=row.get("submissions", 0),
                leads=row.get("leads", 0),
            )
        )
    return made


def _sites(traffic: Any) -> list[dict[str, Any]]:
    """The busiest five sites, with the share of visits that became a lead."""
    rows: Sequence[dict[str, Any]] = (
        traffic.values("project_id", "project__name")
        .annotate(**{name: Coalesce(Sum(name), 0) for name in COUNTS})
        .order_by("-visits")[:5]
    )
    return [{**row, "rate": row["leads"] / row["visits"] if row["visits"] else 0} for row in rows]
