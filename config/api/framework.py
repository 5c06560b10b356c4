"""REST framework's settings: one way for every endpoint to authenticate, page, limit and fail."""

from typing import Any

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.authentication.KeyAuthentication",
        "accounts.api.authentication.BrowserAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["accounts.api.permissions.RolePermission"],
    "DEFAULT_RENDERER_CLASSES": ["accounts.api.rendering.FastJSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["config.api.parsers.StrictJSONParser"],
    "DEFAULT_FILTER_BACKENDS": [
        "accounts.api.filtering.RecordFilter",
        "accounts.api.filtering.RecordSearch",
        "accounts.api.filtering.RecordOrdering",
    ],
    "DEFAULT_PAGINATION_CLASS": "config.api.pagination.NewestFirst",
    "DEFAULT_THROTTLE_CLASSES": ["config.api.throttling.TierThrottle"],
    "DEFAULT_SCHEMA_CLASS": "config.api.schema.NamedSchema",
    "EXCEPTION_HANDLER": "config.api.problems.exception_handler",
    # `?format=` is no parameter of ours: what is answered is asked for by `Accept`.
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
