"""Where a workspace's vectors are better compared one by one than looked up in the index.

A table of one workspace's rows grows; at each size the ten nearest of a random vector are asked for
both ways, taking turns. Random directions are the worst case for an index's recall.
"""

import random
import statistics
import time
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import sandbox

SIZES, ROUNDS, LENGTH = (1_000, 5_000, 10_000, 20_000), 20, 384
MODEL = "all-minilm-l6-v2"
FILL = """
insert into personalization_behaviorpattern
    (workspace_id, segment, pattern_type, embedding, embedding_model)
select %s, '', '', (
    select array_agg(random() - 0.5 + 0 * place)::vector::halfvec
    from generate_series(1, %s) place where number > 0
), %s from generate_series(1, %s) number
"""


def main() -> None:
    with sandbox.platform():
        from accounts.models import Workspace

        table = Table("rows", "compared, ms", "by the index, ms", "found of ten")
        workspace = Workspace.objects.create(name="Near", slug="near")
        there = 0
        for size in SIZES:
            _fill(workspace, size - there)
            there = size
            table.add_row(f"{size:,}", *_measured(workspace))
        Console(width=100).print(table)


def _fill(workspace: Any, rows: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(FILL, [workspace.pk, LENGTH, MODEL, rows])
        cursor.execute("analyze personalization_behaviorpattern")


def _measured(workspace: Any) -> tuple[str, str, str]:
    """The medians of both ways, and how many of the ten nearest the index finds on average."""
    from accounts.tenancy import tenant

    times: dict[int, list[float]] = {10**9: [], 0: []}
    found = []
    for _round in range(ROUNDS):
        sought = [random.gauss(0, 1) for _ in range(LENGTH)]
        keys = {}
        for limit, taken in times.items():
            with tenant(workspace_id=workspace.pk, role="viewer"):
                began = time.perf_counter()
                keys[limit] = _nearest(sought, limit)
                taken.append(time.perf_counter() - began)
        found.append(len(keys[0] & keys[10**9]))
    compared, by_index = (statistics.median(taken) * 1000 for taken in times.values())
    return f"{compared:.1f}", f"{by_index:.1f}", f"{statistics.mean(found):.1f}"


def _nearest(sought: list[float], exact_limit: int) -> set[Any]:
    from personalization.models import BehaviorPattern
    from personalization.nearness import nearest

    rows = BehaviorPattern.objects.defer("embedding")
    found = nearest(
        rows, embedding=sought, embedding_model=MODEL, limit=10, exact_limit=exact_limit
    )
    return {row.pk for row in found}


if __name__ == "__main__":
    main()
