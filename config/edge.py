"""The edge: the public door, as an ASGI application without Django's middleware."""

import os
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from config.routing import Edge


def _compose() -> "Edge":
    # Before settings load: the edge connects as the login that sees no tenant's row.
    os.environ["HALFHOUR_DOOR"] = "edge"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from builder.serving import Sites
    from config.routing import Edge
    from journeys.ingest.door import Door

    return Edge(sites=Sites(), door=Door())


application = _compose()
