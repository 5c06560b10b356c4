"""What analytics.js asks for before it sends anything: where its events go."""

import re
from typing import Any, Final

from django.conf import settings

from journeys.ingest.answers import Answer, Refusal, json_answer
from journeys.ingest.keys import Keys
from journeys.ingest.requests import Request

PATH: Final = re.compile(r"(?:/s/[^/]+)?/v1/projects/(?P<key>[A-Za-z0-9_-]+)/settings/?")


async def settings_answer(request: Request, *, keys: Keys) -> Answer:
    """Answer analytics.js 2 (`@segment/analytics-next`). Raises Refusal."""
    match = PATH.fullmatch(request.path)
    if match is None or request.method != "GET":
        raise Refusal(404, "not_found", "There is nothing at this address.")
    await keys.find(match["key"])
    return json_answer(_document(match["key"], request))


def _document(key: str, request: Request) -> dict[str, Any]:
    enabled = {"__default": {"enabled": True, "integrations": {}}}
    return {
        "integrations": {
            "Segment.io": {
                "apiKey": key,
                "apiHost": f"{request.headers.get('host', '')}/v1",
                "protocol": _protocol(request),
                "unbundledIntegrations": [],
                "addBundledMetadata": False,
                "versionSettings": {"version": "4.4.7", "componentTypes": ["browser"]},
            }
        },
        "plan": {"track": enabled, "identify": enabled, "group": enabled},
        "edgeFunction": {},
        "analyticsNextEnabled": True,
        "middlewareSettings": {},
        "enabledMiddleware": {},
        "metrics": {"sampleRate": 0},
        "legacyVideoPluginsEnabled": False,
        "remotePlugins": [],
    }


def _protocol(request: Request) -> str:
    forwarded = request.headers.get("x-forwarded-proto", "") if settings.TRUSTED_PROXIES else ""
    return forwarded if forwarded in ("http", "https") else str(request.scope.get("scheme", "http"))
