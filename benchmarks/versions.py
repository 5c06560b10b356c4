"""What a version costs: saving a page of 11 kB with the triggers that keep versions, and without.

Batches of plain UPDATEs take turns on one connection, each statement in a transaction of its own;
`statement` is the UPDATE alone, `saved` with its commit. The exit status is 1 where a save with a
version takes three times as long as a bare one.
"""

import json
import statistics
import sys
import time
import uuid
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, Final

from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks import sandbox

SIZE, BATCH, ROUNDS, GOAL = 11_000, 20, 40, 3.0
_UPDATE: Final = "update builder_wireframe set layout = %s::jsonb, updated_at = now() where id = %s"


@dataclass
class Way:
    """A way of saving: whether versions are kept, and who saves (None: each save is a version)."""

    name: str
    triggers: bool
    user: uuid.UUID | None
    statements: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)


def main() -> None:
    with sandbox.platform():
        from accounts.models import User

        user = User.objects.create(email="editor@example.com").pk
        page = _page()
        ways = [
            Way("bare UPDATE", triggers=False, user=None),
            Way("a version each", triggers=True, user=None),
            Way("autosaves, taken up by one version", triggers=True, user=user),
        ]
        layouts = [json.dumps(_layout(number)) for number in range(50)]
        for number in track(range(ROUNDS), description="Rounds", transient=True):
            for way in ways:
                _batch(way, page, layouts, first=number)
        sys.exit(_shown(ways, size=len(layouts[0])))


def _page() -> uuid.UUID:
    from accounts.models import User, Workspace
    from builder import projects
    from builder.models import Template, Wireframe

    workspace = Workspace.objects.create(name="W", slug="w")
    project = projects.create_from_template(
        workspace=workspace,
        owner=User.objects.get(),
        template=Template.objects.get(slug="marram"),
        name="Site",
    )
    page: uuid.UUID = Wireframe.objects.filter(sitemap__project=project).earliest("id").pk
    return page


def _layout(number: int) -> dict[str, Any]:
    """A layout of the size, as a template's pages are written; another one for each number."""
    from builder.models import Template

    template = Template.objects.get(slug="marram")
    items = [item for page in template.document["pages"] for item in page["layout"]["content"]]
    content: list[dict[str, Any]] = []
    while len(json.dumps(content)) < SIZE:
        item = items[len(content) % len(items)]
        props = {**item["props"], "id": f"c{len(content)}", "title": f"Title {number}"}
        content.append({**item, "props": props})
    return {"root": {"props": {}}, "content": content, "zones": {}}


def _batch(way: Way, page: uuid.UUID, layouts: Sequence[str], *, first: int) -> None:
    from django.db import connection, transaction

    word = "enable" if way.triggers else "disable"
    with connection.cursor() as cursor:
        cursor.execute(f"alter table builder_wireframe {word} trigger user")
        for number in range(BATCH):
            began = time.perf_counter()
            with ExitStack() as stack:
                stack.enter_context(transaction.atomic())
                cursor.execute("select set_config('app.user_id', %s, true)", [str(way.user or "")])
                asked = time.perf_counter()
                cursor.execute(_UPDATE, [layouts[(first + number) % len(layouts)], page])
                way.statements.append(time.perf_counter() - asked)
            way.saves.append(time.perf_counter() - began)
        cursor.execute("alter table builder_wireframe enable trigger user")


def _shown(ways: Sequence[Way], *, size: int) -> int:
    """Print the medians; returns the exit status."""
    table = Table(f"A page of {size / 1000:.1f} kB", "statement, µs", "ratio",
                  "saved, µs", "ratio")  # fmt: skip
    bare = ways[0]
    worst = 0.0
    for way in ways:
        cells = []
        for mine, base in ((way.statements, bare.statements), (way.saves, bare.saves)):
            ratio = statistics.median(mine) / statistics.median(base)
            worst = max(worst, ratio)
            cells += [f"{1e6 * statistics.median(mine):,.0f}", f"{ratio:.2f}"]
        table.add_row(way.name, *cells)
    Console(width=100).print(table)
    return int(worst >= GOAL)


if __name__ == "__main__":
    main()
