"""The edge: the public door, as an ASGI application without Django's middleware."""

import gc
import os
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from config.routing import Edge

# A batch of events makes thousands of objects, which go by themselves; by default the collector
# looks at every 700, and now and then at all: batches took an eighth more CPU and their slowest
# percentile nearly twice the time.
OBJECTS_BETWEEN_COLLECTIONS = 50_000


def _compose() -> "Edge":
    # Before settings load: the edge connects as the login that sees no tenant's row.
    os.environ["HALFHOUR_DOOR"] = "edge"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from builder.serving import Sites
    from config.routing import Edge
    from journeys.ingest.door import Door

    sites = Sites()
    edge = Edge(sites=sites, door=Door(), ready=sites.ready)
    gc.collect()
    gc.freeze()  # what is loaded stays: no collection needs to go through it
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    return edge


application = _compose()
