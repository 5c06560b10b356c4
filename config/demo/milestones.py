"""What was reached, how long it took, and what it left in the database."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from rich.console import Console
from rich.table import Table


@dataclass(kw_only=True)
class Milestone:
    """`seconds` of wall clock; `produced` are counts out of the database, by their names."""

    name: str
    seconds: float = 0.0
    produced: dict[str, int] = field(default_factory=dict)
    detail: str = ""

    def count(self, **counts: int) -> None:
        self.produced.update(counts)


class Milestones:
    """The list of what was reached; shows the one in hand where a person watches."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.reached: list[Milestone] = []

    @contextmanager
    def reach(self, name: str) -> Iterator[Milestone]:
        milestone = Milestone(name=name)
        began = time.perf_counter()
        with self.console.status(f"{name} …"):
            yield milestone
        milestone.seconds = round(time.perf_counter() - began, 2)
        self.reached.append(milestone)

    def table(self) -> Table:
        table = Table(title="From a template to a live site that takes in its visitors")
        table.add_column("Milestone")
        table.add_column("Seconds", justify="right")
        table.add_column("In the database")
        table.add_column("")
        for milestone in self.reached:
            produced = ", ".join(_told(*item) for item in milestone.produced.items())
            table.add_row(milestone.name, f"{milestone.seconds:.2f}", produced, milestone.detail)
        total = sum(milestone.seconds for milestone in self.reached)
        table.add_section()
        table.add_row("All of it", f"{total:.2f}", "", "")
        return table

    def as_json(self) -> list[dict[str, Any]]:
        return [asdict(milestone) for milestone in self.reached]


def _told(name: str, count: int) -> str:
    """A count with its name, which is plural unless there is just one: 1 page, 3 pages."""
    words = name.replace("_", " ")
    return f"{count:,} {words.removesuffix('s') if count == 1 else words}"
