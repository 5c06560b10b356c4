"""The figures of a day."""

import datetime as dt

from analytics.models import RollupMark, TrafficRollup
from builder.models import Project
from tests.examples import Scene, example


@example(TrafficRollup)
def traffic(scene: Scene) -> TrafficRollup:
    return TrafficRollup.objects.create(
        workspace=scene.workspace,
        project=scene.one(Project),
        granularity="day",
        bucket_start=dt.datetime(2026, 11, 1, tzinfo=dt.UTC),
    )


@example(RollupMark)
def mark(scene: Scene) -> RollupMark:
    return RollupMark.objects.create(
        name="the example's", read_until=dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    )
