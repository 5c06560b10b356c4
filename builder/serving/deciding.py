"""The hook by which floors above choose what a visitor sees (setting BUILDER_PAGE_DECIDERS).

A decider is an async function, named in the settings by its dotted path:

    @needs_visitor_id
    async def decide(visit: Visit, blocks: Sequence[DynamicBlock]) -> Mapping[str, str]: ...

It is given the page's blocks that no decider before it has decided, and returns the keys of
variants by the ids of blocks; a block that it leaves out goes to the next decider, and in the end
is shown as it stands. All deciders of a page together have `BUDGET_SECONDS`. It runs in the edge's
event loop: it must not block, and its database is `accounts.tenancy.edge`.
"""

import asyncio
import time
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import structlog
from django.conf import settings
from django.utils.module_loading import import_string

from builder.rendering.blocks import Block

log = structlog.get_logger(__name__)

BUDGET_SECONDS: Final = 0.02
# A decider that fails fails for every visitor: its lines are counted, and one is written now and
# then.
LOG_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class DynamicBlock:
    """A block to decide: its component's id and section type, and the keys of its variants, the
    default first.
    """

    id: str
    type: str
    variants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """What is known of a request for a page.

    `path` is the page's within its site, `query` as it was sent. `visitor_id` is the same at each
    visit of a browser, and None where no decider asked for it or the visitor may not be followed.
    """

    workspace_id: uuid.UUID
    project_id: uuid.UUID
    path: str
    language: str
    query: str
    referrer: str
    user_agent: str
    accept_language: str
    visitor_id: str | None


Decider = Callable[[Visit, Sequence[DynamicBlock]], Awaitable[Mapping[str, str]]]


def needs_visitor_id(decider: Decider) -> Decider:
    """Mark a decider that tells visitors apart: it alone is a reason to set a cookie."""
    decider.needs_visitor_id = True  # type: ignore[attr-defined]
    return decider


class Deciders:
    """The deciders of the settings; `counts` has what became of each call, by name and outcome."""

    def __init__(self, deciders: Sequence[Decider] | None = None) -> None:
        if deciders is None:
            deciders = [import_string(path) for path in settings.BUILDER_PAGE_DECIDERS]
        self._deciders = tuple(deciders)
        self.counts: Counter[tuple[str, str]] = Counter()
        self._logged: dict[tuple[str, str], float] = {}

    def __bool__(self) -> bool:
        return bool(self._deciders)

    @property
    def need_visitor_id(self) -> bool:
        return any(getattr(each, "needs_visitor_id", False) for each in self._deciders)

    async def decide(self, visit: Visit, blocks: Sequence[Block]) -> dict[str, str]:
        """The chosen variants by block; in time, whatever the deciders do."""
        open_blocks = {
            block.id: DynamicBlock(block.id, block.type, tuple(block.variants)) for block in blocks
        }
        chosen: dict[str, str] = {}
        ends = asyncio.get_running_loop().time() + BUDGET_SECONDS
        for decider in self._deciders:
            if not open_blocks:
                break
            found = await self._ask(decider, visit, tuple(open_blocks.values()), ends=ends)
            for block_id, key in found.items():
                block = open_blocks.get(block_id)
                if block is not None and key in block.variants:
                    chosen[block_id] = key
                    del open_blocks[block_id]
        return chosen

    async def _ask(
        self, decider: Decider, visit: Visit, blocks: Sequence[DynamicBlock], *, ends: float
    ) -> Mapping[str, str]:
        name = f"{decider.__module__}.{getattr(decider, '__qualname__', type(decider).__name__)}"
        try:
            async with asyncio.timeout_at(ends):
                found = dict(await decider(visit, blocks))
        except TimeoutError:
            self._count(name, "late", visit)
        except Exception as error:  # noqa: BLE001 - a page is shown whatever a decider does
            self._count(name, "failed", visit, error=type(error).__name__)
        else:
            self.counts[name, "decided"] += 1
            return found
        return {}

    def _count(self, name: str, outcome: str, visit: Visit, **more: str) -> None:
        self.counts[name, outcome] += 1
        now = time.monotonic()
        if now - self._logged.get((name, outcome), -LOG_SECONDS) < LOG_SECONDS:
            return
        self._logged[name, outcome] = now
        log.warning(
            "page_decider.left_out",
            decider=name,
            outcome=outcome,
            project_id=str(visit.project_id),
            times=self.counts[name, outcome],
            **more,
        )
