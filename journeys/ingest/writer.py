"""Group commit: what comes in while one transaction is being written goes into the next, together.

No timer: a lone request is written at once, and groups grow with the load. Each caller is answered
after the commit that holds its messages.
"""

import asyncio
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import structlog
from psycopg import DatabaseError, InterfaceError, OperationalError
from psycopg_pool import PoolTimeout

from journeys.ingest.storing import Delivery, Stored, store

log = structlog.get_logger(__name__)

# The database cannot be reached, or not now: nothing is the matter with the messages.
AWAY: Final = (OperationalError, InterfaceError, PoolTimeout)
MAX_GROUP: Final = 2500


@dataclass(frozen=True, slots=True)
class _Waiting:
    delivery: Delivery
    answer: asyncio.Future[Stored]


class Writer:
    """Writes for one process; one transaction at a time for a workspace."""

    def __init__(self) -> None:
        self._waiting: dict[uuid.UUID, list[_Waiting]] = {}
        self._tasks: dict[uuid.UUID, asyncio.Task[None]] = {}

    async def write(self, *, workspace_id: uuid.UUID, delivery: Delivery) -> Stored:
        """Store a delivery and return what became of it, after the commit.

        Raises one of AWAY, or `psycopg.DatabaseError`; then nothing of it is stored.
        """
        answer: asyncio.Future[Stored] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(workspace_id, []).append(_Waiting(delivery, answer))
        if workspace_id not in self._tasks:
            self._tasks[workspace_id] = asyncio.create_task(self._drain(workspace_id))
        return await answer

    async def _drain(self, workspace_id: uuid.UUID) -> None:
        """Write group after group until nobody waits."""
        try:
            while waiting := self._waiting.pop(workspace_id, []):
                group, rest = _split(waiting)
                if rest:
                    self._waiting[workspace_id] = rest
                await _write_group(workspace_id, group)
        finally:
            # No await since the last look: whoever comes from now on starts a task of their own.
            del self._tasks[workspace_id]


def _split(waiting: list[_Waiting]) -> tuple[list[_Waiting], list[_Waiting]]:
    """As many as MAX_GROUP messages allow, at least one; and the rest."""
    size = 0
    for index, item in enumerate(waiting):
        size += len(item.delivery.messages)
        if size > MAX_GROUP and index:
            return waiting[:index], waiting[index:]
    return waiting, []


async def _write_group(workspace_id: uuid.UUID, group: Sequence[_Waiting]) -> None:
    """Write a group; if the database refuses its contents, each on its own, to spare the others."""
    try:
        stored = await store(workspace_id, [item.delivery for item in group])
    except DatabaseError as error:
        if len(group) > 1 and not isinstance(error, AWAY):
            for item in group:
                await _write_group(workspace_id, [item])
            return
        _fail(group, error)
    except Exception as error:  # noqa: BLE001  whoever waits must be told, whatever it was
        _fail(group, error)
    else:
        for item, answer in zip(group, stored, strict=True):
            if not item.answer.done():
                item.answer.set_result(answer)


def _fail(group: Sequence[_Waiting], error: Exception) -> None:
    log.warning("ingest.failed", error=type(error).__name__, requests=len(group))
    for item in group:
        # A client that hung up has cancelled its wait.
        if not item.answer.done():
            item.answer.set_exception(error)
