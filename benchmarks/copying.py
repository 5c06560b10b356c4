"""The least that keeping events can cost: bare COPY of finished rows, nothing looked up."""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psutil
import psycopg
from psycopg import sql

from benchmarks.harness import Round, measure

COLUMNS = sql.SQL(
    "workspace_id, project_id, contact_id, type, event_name, properties, context, timestamp, "
    "received_at, session_id, message_id, anonymous_id, ip_address, user_agent"
)
_TABLE = """
create table benchmark_event (like journeys_event including defaults including identity
    including indexes including storage)
"""


@dataclass(frozen=True, kw_only=True)
class Copying:
    """A table with the columns and indexes of events, without keys, policies and partitions."""

    connection: "psycopg.Connection[Any]"
    database: psutil.Process

    def newest(self) -> int:
        """The id of the latest event, 0 without one."""
        query = "select coalesce(max(id), 0) from journeys_event"
        found: int = self.connection.execute(query).fetchall()[0][0]
        return found

    def rows_since(self, event_id: int) -> list[bytes]:
        """COPY's text of each event after that one."""
        text = bytearray()
        query = sql.SQL("copy (select {} from journeys_event where id > {}) to stdout")
        with self.connection.cursor().copy(query.format(COLUMNS, sql.Literal(event_id))) as copy:
            for block in copy:
                text += block
        return bytes(text).splitlines(keepends=True)

    def drive(self, rows: Sequence[bytes], *, size: int, connections: int) -> Round:
        """COPY the rows, `size` in a transaction; a round of transactions."""
        blocks = [b"".join(rows[at : at + size]) for at in range(0, len(rows), size)]
        return measure(
            lambda begin: self._copy(blocks, connections, begin), servers=[self.database]
        )

    async def _copy(
        self, blocks: Sequence[bytes], connections: int, begin: Callable[[], None]
    ) -> list[float]:
        latencies: list[float] = []
        todo = iter(blocks)
        info = self.connection.info
        address = f"{info.dsn} password={info.password}"
        links = [
            await psycopg.AsyncConnection.connect(address, autocommit=True)
            for _ in range(connections)
        ]
        begin()

        async def send(link: "psycopg.AsyncConnection[Any]") -> None:
            command = sql.SQL("copy benchmark_event ({}) from stdin").format(COLUMNS)
            async with link, link.cursor() as cursor:
                for block in todo:
                    began = time.perf_counter()
                    async with cursor.copy(command) as copy:
                        await copy.write(block)
                    latencies.append(time.perf_counter() - began)

        await asyncio.gather(*(send(link) for link in links))
        return latencies


@contextmanager
def copying(database_url: str, database: psutil.Process) -> Iterator[Copying]:
    """Make the table; it goes with the sandbox."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(_TABLE)
        yield Copying(connection=connection, database=database)
