"""What every part of the sample's story stands on: where, who, when, and by which dice."""

import datetime
import random
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, models

from accounts.models import User, Workspace
from builder.models import Project
from config.sample import visits
from config.sample.visits import DAYS, RIYADH

# A UUID of version 7 knows when it was made (RFC 9562), and the story's are made for their time.
_BACKDATE: Final = """
update {table} set {stamps} where workspace_id = %s and uuid_extract_timestamp(id) < %s
"""
_STAMPS: Final = ("created_at", "updated_at")


@dataclass(frozen=True, kw_only=True)
class Team:
    """The people of the workspace; `owner` leads marketing too."""

    owner: User
    manager: User
    writer: User
    performance: User
    analyst: User
    finance: User

    def members(self) -> tuple[User, ...]:
        return (
            self.owner, self.manager, self.writer, self.performance, self.analyst, self.finance,
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Story:
    """The workspace whose story is told, up to `until`."""

    workspace: Workspace
    project: Project
    team: Team
    seed: int
    until: datetime.datetime

    def dice(self, part: str) -> random.Random:
        """Chance of one part's own, so that another part does not change it."""
        return random.Random(f"{part}:{self.seed}")  # noqa: S311 - to be the same every time

    def ago(self, days: float, hour: int = 10, minute: int = 0) -> datetime.datetime:
        """A time of day in Riyadh so many days before the end, and never after it."""
        day = (self.until - datetime.timedelta(days=min(days, DAYS))).astimezone(RIYADH)
        at = day.replace(hour=hour, minute=minute, second=0, microsecond=0)
        return min(at.astimezone(datetime.UTC), self.until)

    def lately(self, hours: float) -> datetime.datetime:
        """So many hours before the end: the console's long lists open with the last 24."""
        return self.until - datetime.timedelta(hours=hours)


def key(at: datetime.datetime, dice: random.Random) -> uuid.UUID:
    """A row's key, as if it had been made then."""
    return visits.uuid7(at, dice)


def backdate(story: Story, *tables: type[models.Model]) -> None:
    """Give the workspace's rows the times that their keys tell: saving has stamped them with now.

    Rows that the application made while loading keep their times.
    """
    with connection.cursor() as cursor:
        for model in tables:
            known = {column.name for column in model._meta.concrete_fields}
            stamps = [f"{name} = uuid_extract_timestamp(id)" for name in _STAMPS if name in known]
            statement = _BACKDATE.format(table=model._meta.db_table, stamps=", ".join(stamps))
            cursor.execute(statement, [story.workspace.pk, story.until])


def count(told: dict[str, int], story: Story, *tables: type[models.Model]) -> dict[str, int]:
    """Add to `told` how many rows of each table the workspace has, under its name in the plural."""
    for model in tables:
        rows: models.QuerySet[Any] = model._default_manager.filter(workspace=story.workspace)
        told[str(model._meta.verbose_name_plural)] = rows.count()
    return told


def spread(dice: random.Random, *, total: int, parts: int) -> list[int]:
    """A number in so many parts of unlike size, that add up to it."""
    cuts = sorted(dice.randint(0, total) for _ in range(parts - 1))
    return [after - before for before, after in zip([0, *cuts], [*cuts, total], strict=True)]


def near(dice: random.Random, value: float, by: float = 0.15) -> float:
    """The value, give or take a share of it."""
    return value * (1 + dice.uniform(-by, by))


def every(days: Iterable[int]) -> list[int]:
    """Days ago, the longest ago first."""
    return sorted(days, reverse=True)
