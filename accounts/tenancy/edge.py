"""Database connections of the edge: asynchronous, scoped like a request of the office."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from django.conf import settings
from psycopg import AsyncConnection
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

from accounts.tenancy.scope import TENANT_ROLE, WRITE

Connection = AsyncConnection[DictRow]

_pools: dict[str, AsyncConnectionPool[Connection]] = {}


async def open_pool(*, max_size: int = 8, patience: float = 5) -> None:
    """Open this process's pool; connections are made as they are needed.

    Who finds none free within `patience` seconds gets PoolTimeout.
    """
    pool: AsyncConnectionPool[Connection] = AsyncConnectionPool(
        settings.WEB_DATABASE_URL,
        min_size=1,
        max_size=max_size,
        timeout=patience,
        open=False,
        check=AsyncConnectionPool.check_connection,
        kwargs={"row_factory": dict_row},
    )
    await pool.open(wait=False)
    _pools["edge"] = pool


async def close_pool() -> None:
    pool = _pools.pop("edge", None)
    if pool is not None:
        await pool.close(timeout=5)


@asynccontextmanager
async def edge_connection() -> AsyncIterator[Connection]:
    """A transaction that sees no tenant's row; it may call the look-up functions.

    Raises `psycopg_pool.PoolTimeout` or `psycopg.OperationalError` when the database is away.
    """
    async with _pools["edge"].connection() as connection, connection.transaction():
        yield connection


@asynccontextmanager
async def edge_tenant(
    *, workspace_id: uuid.UUID | str, role: str, user_id: uuid.UUID | str | None = None
) -> AsyncIterator[Connection]:
    """A transaction that sees and writes the rows of one workspace only."""
    async with edge_connection() as connection:
        await connection.execute(WRITE, (str(workspace_id), str(user_id or ""), role, TENANT_ROLE))
        yield connection
