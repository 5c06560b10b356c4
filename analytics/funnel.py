"""The way from a visit to a lead, and how many went on at each step."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from analytics.models.traffic import TrafficQuerySet


@dataclass(frozen=True, kw_only=True)
class Step:
    """`share` of the first step and `rate` of the step before, both 0..1."""

    name: str
    label: str
    count: int
    share: float
    rate: float


def visit_to_lead(traffic: TrafficQuerySet) -> list[Step]:
    """The steps visit, form submission, lead over the chosen daily buckets."""
    totals = traffic.totals()
    return steps(
        [
            ("visits", str(_("Visits")), totals["visits"]),
            ("submissions", str(_("Forms sent")), totals["submissions"]),
            ("leads", str(_("Leads")), totals["leads"]),
        ]
    )


def steps(counts: Sequence[tuple[str, str, int]]) -> list[Step]:
    """Shares and rates of (name, label, count) triples in their order; 0 where nothing came in."""
    made: list[Step] = []
    for name, label, count in counts:
        first = made[0].count if made else count
        before = made[-1].count if made else count
        made.append(
            Step(
                name=name,
                label=label,
                count=count,
                share=count / first if first else 0.0,
                rate=count / before if before else 0.0,
            )
        )
    return made


def change(current: int, before: int) -> float | None:
    """Relative change, 0.25 for a quarter more; None where there was nothing to compare with."""
    return (current - before) / before if before else None


def day_range(
    *, now: datetime.datetime, days: int, zone: datetime.tzinfo
) -> tuple[datetime.datetime, datetime.datetime]:
    """The last `days` whole local days up to the end of today: [start, end)."""
    today = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return today - datetime.timedelta(days=days - 1), today + datetime.timedelta(days=1)
