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
    """The platform's, whatever the workspace: a second scene finds the first one's."""
    read_until = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    return RollupMark.objects.get_or_create(
        name="the example's", defaults={"read_until": read_until}
    )[0]
