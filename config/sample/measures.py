"""Performance metrics week by week, until something writes them: components, workflows, pages."""

import random
from dataclasses import dataclass
from typing import Final

from analytics.models import PerformanceMetrics
from builder.models import ComponentIntelligence, QualityMeasurement
from config.sample.story import Story, backdate, count, every, key, near
from config.sample.visits import HOURS, RIYADH
from journeys.models import Workflow, WorkflowExecution

WEEKS: Final = 8


@dataclass(frozen=True, kw_only=True)
class Series:
    """A metric of one thing over the weeks, from one value to another; `good` is how far up."""

    metric: str
    entity_type: str
    entity_id: str
    unit: str
    begins: float
    ends: float
    target: float
    less_is_better: bool = False
    critical: bool = False


def fill(story: Story) -> dict[str, int]:
    dice = story.dice("metrics")
    rows: list[PerformanceMetrics] = []
    for series in _series(story):
        rows += _weeks(story, dice, series)
    rows += _hours(story, dice)
    PerformanceMetrics.objects.bulk_create(rows)
    backdate(story, PerformanceMetrics)
    return count({}, story, PerformanceMetrics)


def _series(story: Story) -> list[Series]:
    """One of every component of the main project, two of its workflow, two of its template."""
    found = [
        Series(metric="quality_score", entity_type="component", entity_id=part.component_id,
               unit="score", begins=72, ends=part.quality_score or 80, target=85)
        for part in ComponentIntelligence.objects.filter(project=story.project).order_by("id")
    ]  # fmt: skip
    workflow = str(
        Workflow.objects.filter(workspace=story.workspace, category="lead_capture")
        .order_by("id")
        .values_list("pk", flat=True)[0]
    )
    runs = WorkflowExecution.objects.filter(workflow_id=workflow)
    rate = 100 * runs.filter(status="succeeded").count() / max(1, runs.count())
    last = QualityMeasurement.objects.filter(project=story.project).order_by("-id").first()
    template = str(story.project.template_id or "")
    return [
        *found,
        Series(metric="success_rate", entity_type="workflow", entity_id=workflow, critical=True,
               unit="percentage", begins=88, ends=rate, target=95),
        Series(metric="response_time", entity_type="workflow", entity_id=workflow,
               unit="milliseconds", begins=3_400, ends=2_300, target=2_500, less_is_better=True),
        Series(metric="time_to_publish", entity_type="template", entity_id=template,
               unit="seconds", begins=2_350, ends=1_620, target=1_800, less_is_better=True,
               critical=True),
        Series(metric="accessibility_score", entity_type="template", entity_id=template,
               unit="score", begins=84, ends=(last and last.accessibility_score) or 96, target=95),
    ]  # fmt: skip


def _weeks(story: Story, dice: random.Random, series: Series) -> list[PerformanceMetrics]:
    rows: list[PerformanceMetrics] = []
    before: float | None = None
    for number, days in enumerate(every(range(7, 7 * WEEKS + 1, 7))):
        begins, ends = story.ago(days, 0), story.ago(days - 7, 0)
        way = number / (WEEKS - 1)
        value = near(dice, series.begins + (series.ends - series.begins) * way, 0.03)
        if series.unit in ("percentage", "score"):
            value = min(100, value)
        change = 100 * (value / before - 1) if before else None
        rows.append(
            PerformanceMetrics(
                id=key(ends, dice),
                workspace=story.workspace,
                project=story.project,
                metric_type=series.metric,
                entity_type=series.entity_type,
                entity_id=series.entity_id,
                metric_value=round(value, 2),
                metric_unit=series.unit,
                baseline_value=series.begins,
                target_value=series.target,
                measurement_method="automatic",
                data_source="sample",
                data_reliability=0.95,
                sample_size=dice.randint(40, 400),
                measurement_period_start=begins,
                measurement_period_end=ends,
                aggregation_level="weekly",
                is_critical_metric=series.critical,
                performance_status=_status(series, value),
                **_course(series, change),
            )
        )
        before = value
    return rows


def _hours(story: Story, dice: random.Random) -> list[PerformanceMetrics]:
    """The last day's hours of the pages' own speed, slower when many are awake."""
    rows = []
    for ago in range(24, 0, -1):
        begins, ends = story.lately(ago), story.lately(ago - 1)
        busy = HOURS[begins.astimezone(RIYADH).hour] / max(HOURS)
        value = near(dice, 240 + 160 * busy, 0.08)
        rows.append(
            PerformanceMetrics(
                id=key(ends, dice),
                workspace=story.workspace,
                project=story.project,
                metric_type="page_load",
                entity_type="template",
                entity_id=str(story.project.template_id or ""),
                metric_value=round(value, 1),
                metric_unit="milliseconds",
                target_value=400,
                measurement_method="automatic",
                data_source="sample",
                sample_size=10 + int(90 * busy),
                measurement_period_start=begins,
                measurement_period_end=ends,
                aggregation_level="hourly",
                alert_threshold=600,
                performance_status="good" if value <= 400 else "normal",
            )
        )
    return rows


def _course(series: Series, change: float | None) -> dict[str, object]:
    if change is None:
        return {}
    better = change < 0 if series.less_is_better else change > 0
    size = abs(change)
    return {
        "change_percentage": round(change, 1),
        "trend_direction": "stable" if size < 1 else "improving" if better else "declining",
        "change_significance": "negligible" if size < 1 else "minor" if size < 5 else "significant",
    }


def _status(series: Series, value: float) -> str:
    share = series.target / value if series.less_is_better else value / series.target
    for limit, status in ((1.0, "excellent"), (0.93, "good"), (0.85, "normal"), (0.7, "poor")):
        if share >= limit:
            return status
    return "critical"
