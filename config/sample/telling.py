"""The story of a workspace, part after part, and its figures."""

import datetime
from collections.abc import Callable
from typing import Final

from analytics import platform_hours, rollups, user_days, workflow_figures
from config.sample import (
    automation,
    builders,
    campaigns,
    hosting,
    knowledge,
    learning,
    measures,
    pictures,
    sites,
    talks,
    team,
    trials,
    visitors,
    writings,
)
from config.sample.story import Story
from config.sample.visits import DAYS

# In their order: a part looks up what earlier ones have made.
PARTS: Final[tuple[Callable[[Story], dict[str, int]], ...]] = (
    team.fill,
    sites.fill,
    hosting.fill,
    pictures.fill,
    visitors.fill,
    automation.fill,
    builders.fill,
    campaigns.fill,
    writings.fill,
    learning.fill,
    trials.fill,
    knowledge.fill,
    talks.fill,
    measures.fill,
)
HOURS_BACK: Final = datetime.timedelta(days=30)


def tell(story: Story, *, say: Callable[[str, int], None]) -> dict[str, int]:
    """Fill every domain of the workspace; returns the rows by kind.

    `say` is told after each part how many there are so far. All of it is the caller's transaction.
    """
    told: dict[str, int] = {}
    for number, part in enumerate(PARTS, start=1):
        told |= part(story)
        say("story", number)
    return told


def roll_up_traffic(*, now: datetime.datetime) -> None:
    """Figures for the dashboards, of days long past too."""
    rollups.rebuild_traffic(since=_since(now), now=now)


def roll_up_story(*, now: datetime.datetime) -> dict[str, int]:
    """The figures of workflows, users and the platform; returns the days and hours written."""
    return {
        "days of workflows": workflow_figures.rebuild_workflows(since=_since(now), now=now),
        "days of users": user_days.rebuild_user_days(since=_since(now), now=now),
        "hours of the platform": platform_hours.rebuild_hours(since=now - HOURS_BACK, now=now),
    }


def _since(now: datetime.datetime) -> datetime.datetime:
    return now - datetime.timedelta(days=DAYS + 1)
