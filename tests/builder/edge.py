"""The edge's sites as an HTTP client meets them, against the test's own database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.db import connection

from accounts.tenancy.edge import close_pool, open_pool
from builder.serving import Sites
from builder.serving.catalogue import Catalogue


def web_database_url() -> str:
    """The web login's address of the database that the tests use."""
    url = urlsplit(settings.WEB_DATABASE_URL)
    return url._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


@asynccontextmanager
async def serving(
    *, catalogue: Catalogue | None = None, news: bool = False
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of `Sites`; with `news`, it listens for changes as an edge process does."""
    sites = Sites(catalogue=catalogue)
    await open_pool(max_size=4)
    if news:
        await sites.startup()
    transport = httpx.ASGITransport(app=sites)
    try:
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            yield client
    finally:
        await sites.shutdown()
        await close_pool()


async def elsewhere(function, *args, **kwargs):
    """Call a function in a thread, on a connection of its own that is closed afterwards."""

    def call():
        try:
            return function(*args, **kwargs)
        finally:
            connection.close()

    return await asyncio.to_thread(call)


def visit(url, *, method="GET", **headers):
    """One request, its answer not decompressed from memory but as httpx reads it."""

    async def ask():
        async with serving() as client:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return await client.request(method, url, headers=named)

    return asyncio.run(ask())


async def eventually(check, *, seconds):
    """Try until `check()` is true; returns how long it took. Fails after `seconds`."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    while not await check():
        assert loop.time() - began < seconds, "it did not come about in time"
        await asyncio.sleep(0.02)
    return loop.time() - began
