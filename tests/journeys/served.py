"""The edge behind granian, in a thread: for clients that want a real port."""

import asyncio
import contextlib
import socket
import threading
import time

from granian.constants import Interfaces
from granian.server.embed import Server

from accounts.tenancy.edge import close_pool, open_pool
from builder.serving import Sites
from config.routing import Edge
from journeys.ingest.door import Door


class Served:
    """Pages and door on a free port; `url` is the address without a site's host."""

    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.door, self.sites = Door(), Sites()

    def run(self):
        asyncio.run(self._serve())

    async def _serve(self):
        await open_pool(max_size=2)
        app = Edge(sites=self.sites, door=self.door)
        # Without the lifespan, whose tasks the embedded server does not await.
        server = Server(app, address="127.0.0.1", port=self.port, interface=Interfaces.ASGINL)
        loop = asyncio.get_running_loop()
        self.stop = lambda: loop.call_soon_threadsafe(server.stop)
        await server.serve()
        await self.door.shutdown()
        await self.sites.shutdown()
        await asyncio.sleep(0.3)
        await close_pool()

    def wait(self):
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return
            time.sleep(0.05)
        raise AssertionError("the edge did not open")


@contextlib.contextmanager
def serving():
    served = Served()
    thread = threading.Thread(target=served.run)
    thread.start()
    served.wait()
    try:
        yield served
    finally:
        served.stop()
        thread.join(timeout=20)
        assert not thread.is_alive()
