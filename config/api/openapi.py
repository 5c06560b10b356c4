"""drf-spectacular's settings: what the API's document says of itself."""

from typing import Any

DESCRIPTION = """\
Halfhour's API. Every address below needs a key (`Authorization: Bearer hh_…`) or a signed-in
browser; a person who belongs to several workspaces names one in `X-Workspace`.

* **Errors** are `application/problem+json` (RFC 9457); `errors` says which part of the request is
  at fault, by JSON Pointer (RFC 6901) or by the name of the query's parameter.
* **Lists** are newest first and paged by cursor: follow `next`; `limit` is at most 200.
* **What is shown**: `?fields=` chooses, `?expand=` opens relations; `export/` streams a list as
  NDJSON, `bulk/` creates up to 1,000 records at once.
* **Retries**: send an `Idempotency-Key` with a POST, and send the same request again after a
  timeout. It takes effect once; the later answer bears `Idempotency-Replayed: true`.
* **Limits** are told by `RateLimit` and `RateLimit-Policy`; a 429 says in `Retry-After` when to
  come back.
"""

SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Halfhour API",
    "DESCRIPTION": DESCRIPTION,
    "VERSION": "1",
    "LICENSE": {"name": "Apache-2.0"},
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": ["config.api.schema.describe_plumbing", "config.api.answers.show"],
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    # The pages and their scripts are served from here: nothing is loaded from elsewhere.
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {
        "deepLinking": True,
        "persistAuthorization": True,
        "displayRequestDuration": True,
        "validatorUrl": None,
    },
}
