"""The door as HTTP clients meet it, on the test's own database."""

import asyncio
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.db import connection

from accounts.tenancy.edge import close_pool, edge_connection, open_pool
from journeys.ingest.door import Door


def web_database_url():
    """The web login's address of the database that the tests use."""
    url = urlsplit(settings.WEB_DATABASE_URL)
    return url._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


def through(conversation, *, door=None, reachable=True, connections=1):
    """Run `await conversation(client)` against a door with a pool of its own."""

    async def run():
        served = door or Door()
        await open_pool(max_size=connections, **({} if reachable else {"patience": 0.5}))
        if reachable:
            async with edge_connection():
                pass
        transport = httpx.ASGITransport(app=served, client=("203.0.113.7", 4711))
        client = httpx.AsyncClient(transport=transport, base_url="http://localhost")
        try:
            async with client, asyncio.timeout(20):
                return await conversation(client)
        finally:
            await served.shutdown()
            # A pool that is closed while it grows leaves a connection behind, and a warning.
            await asyncio.sleep(0.3 if connections > 1 else 0)
            await close_pool()

    return asyncio.run(run())


def post(path, *, door=None, reachable=True, **options):
    def conversation(client):
        return client.post(path, **options)

    return through(conversation, door=door, reachable=reachable)


def track(event="bought", **more):
    return {"type": "track", "event": event, "anonymousId": "visitor-1", **more}
