"""Published sites, served by the edge: an ASGI application that knows no Django request."""

from builder.serving.sites import Sites

__all__ = ["Sites"]
