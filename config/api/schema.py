"""What every operation of the API has in common, written into its OpenAPI document."""

from typing import Any, Final

from drf_spectacular.openapi import AutoSchema

from accounts.api.conditional import Conditional
from config.api import record_schema

WORKSPACE: Final = {
    "name": "X-Workspace",
    "in": "header",
    "description": "The slug of the workspace that the request is about. Needed where the caller "
    "belongs to several; a key implies its own.",
    "schema": {"type": "string", "maxLength": 60},
    "example": "acme",
}
IDEMPOTENCY_KEY: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "Makes a retry harmless: the same key with the same request takes effect once "
    "and gets the same answer for 24 hours.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "example": "8e03978e-40d5-43dd-bc93-6894a57f9324",
}
IF_MATCH: Final = {
    "name": "If-Match",
    "in": "header",
    "description": "The ETag that the record was read with: where it was changed since, nothing "
    "is done and the answer is 412. Without it the last one wins.",
    "schema": {"type": "string", "maxLength": 1000},
    "example": '"7.3"',
}
FAULT: Final = {
    "type": "object",
    "description": "One fault of the request; `pointer` is into its body, `parameter` names one "
    "of its query.",
    "properties": {
        "pointer": {"type": "string", "description": "JSON Pointer (RFC 6901)."},
        "parameter": {"type": "string"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
    },
    "required": ["code", "detail"],
}
PROBLEM: Final = {
    "type": "object",
    "description": "A problem (RFC 9457).",
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string", "format": "uri-reference"},
        "code": {"type": "string", "description": "The last part of `type`."},
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}},
    },
    "required": ["type", "title", "status", "detail", "instance", "code", "errors"],
}
HEADERS: Final = {
    "RetryAfter": {"description": "Seconds to wait.", "schema": {"type": "integer"}},
    "ETag": {
        "description": "Names the record's state; send it back as `If-Match`.",
        "schema": {"type": "string"},
        "example": '"7.3"',
    },
    "RateLimit": {
        "description": "Requests left (`r`) and seconds until there are more (`t`).",
        "schema": {"type": "string"},
        "example": '"free";r=599;t=42',
    },
    "RateLimitPolicy": {
        "description": "Requests (`q`) in a window of so many seconds (`w`).",
        "schema": {"type": "string"},
        "example": '"free";q=600;w=60',
    },
}

# Status: name of the response, its description, whether it says when to come back, an example.
_FAILURES: Final[dict[str, tuple[str, str, bool, tuple[str, str]]]] = {
    "400": (
        "BadRequest",
        "The request is not understood, or a value is not accepted.",
        False,
        ("validation_error", "This field is required."),
    ),
    "401": (
        "Unauthenticated",
        "No key, an unknown one, or nobody signed in.",
        False,
        ("not_authenticated", "Authentication credentials were not provided."),
    ),
    "403": (
        "Forbidden",
        "The caller's role does not allow this.",
        False,
        ("permission_denied", "You do not have permission to perform this action."),
    ),
    "404": ("NotFound", "There is no such record here.", False, ("not_found", "Not found.")),
    "409": (
        "Conflict",
        "The request contradicts what there is, or its Idempotency-Key is in use.",
        False,
        ("conflict", "This contradicts a record that exists."),
    ),
    "412": (
        "PreconditionFailed",
        "Somebody has changed the record since it was read with the ETag in `If-Match`.",
        False,
        ("precondition_failed", "Somebody has changed this since you read it. Nothing was done."),
    ),
    "413": (
        "TooLarge",
        "The body is over 2.5 MB, or holds more items than are taken at once.",
        False,
        ("payload_too_large", "At most 1000 records at once; these are 2000."),
    ),
    "422": (
        "Unprocessable",
        "Well formed, but cannot be carried out; `errors` says what stands in the way.",
        False,
        ("unprocessable", "The request is well formed, but cannot be carried out."),
    ),
    "429": (
        "TooManyRequests",
        "The rate limit is used up.",
        True,
        ("throttled", "Request was throttled. Expected available in 17 seconds."),
    ),
    "503": (
        "Unavailable",
        "The database is away; nothing was stored.",
        True,
        ("service_unavailable", "The database is away. Nothing was stored; try again shortly."),
    ),
}
_TITLES: Final = {
    "400": "Bad Request",
    "401": "Unauthorized",
    "403": "Forbidden",
    "404": "Not Found",
    "409": "Conflict",
    "412": "Precondition Failed",
    "413": "Content Too Large",
    "422": "Unprocessable Content",
    "429": "Too Many Requests",
    "503": "Service Unavailable",
}
_IF_MATCH: Final = "#/components/parameters/IfMatch"
_FAILED: Final = "#/components/responses/PreconditionFailed"
_WRITES: Final = ("POST", "PUT", "PATCH", "DELETE")
_METHODS: Final = ("get", "post", "put", "patch", "delete")
_VERBS: Final = {
    "list": "List",
    "retrieve": "Read",
    "create": "Create",
    "update": "Replace",
    "partial_update": "Change",
    "destroy": "Delete",
}


class NamedSchema(AutoSchema):
    """Name an operation by what it does to what: "List projects", "Publish project"."""

    def get_summary(self) -> str | None:
        queryset = getattr(self.view, "queryset", None)
        action = getattr(self.view, "action", None)
        if queryset is None or not action:
            return None
        options = queryset.model._meta
        words = action.replace("_", " ")
        if words.startswith("from "):
            return f"Create {options.verbose_name} {words}"
        many = action in ("list", "export", "bulk")
        name = options.verbose_name_plural if many else options.verbose_name
        return f"{_VERBS.get(action, words.capitalize())} {name}"

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        operation = super().get_operation(*args, **kwargs)
        if operation is not None and record_schema.is_record(self.view):
            record_schema.describe_selection(self, self.view)
        if operation is not None and isinstance(self.view, Conditional):
            self._describe_condition(operation)
        return operation

    def _describe_condition(self, operation: dict[str, Any]) -> None:
        """The ETag of answers that show the record, and what may be asked with it."""
        view: Any = self.view
        if view.action in view.tagged:
            for status, response in operation["responses"].items():
                if status.startswith("2"):
                    etag = {"$ref": "#/components/headers/ETag"}
                    response.setdefault("headers", {})["ETag"] = etag
        if self.method in _WRITES and "{" in self.path:
            operation.setdefault("parameters", []).append({"$ref": _IF_MATCH})
            operation["responses"]["412"] = {"$ref": _FAILED}

    def get_override_parameters(self) -> list[Any]:
        described = list(super().get_override_parameters())
        if record_schema.is_record(self.view):
            described += record_schema.parameters_of(self.view)
        return described

    def get_filter_backends(self) -> list[Any]:
        """An export is filtered like its list."""
        if getattr(self.view, "action", None) == "export" and record_schema.is_record(self.view):
            return list(self.view.filter_backends)  # type: ignore[attr-defined]
        backends: list[Any] = super().get_filter_backends()
        return backends

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> Any:
        schema: dict[str, Any] = super()._map_basic_serializer(  # type: ignore[no-untyped-call]
            serializer, direction
        )
        if direction == "response":
            record_schema.admit_what_columns_hold(schema, serializer)
        return schema

    def get_request_serializer(self) -> Any:
        if self._is("bulk"):
            serializer = self.view.get_serializer_class()  # type: ignore[attr-defined]
            return record_schema.bulk_request(serializer)
        return super().get_request_serializer()

    def get_response_serializers(self) -> Any:
        if self._is("bulk"):
            return record_schema.BulkAnswerSerializer
        if self._is("export"):
            return record_schema.export_response()
        return super().get_response_serializers()

    def _is(self, action: str) -> bool:
        """Whether this is one of the operations that every viewset of records has of itself."""
        ours = record_schema.is_record(self.view) and getattr(self.view, "action", "") == action
        return ours and getattr(type(self.view), action).__module__ == "accounts.api.actions"


def describe_plumbing(
    result: dict[str, Any], generator: Any, request: Any, public: bool
) -> dict[str, Any]:
    """drf-spectacular's hook: add the common headers, errors and their components."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {}).update(Fault=FAULT, Problem=PROBLEM)
    components["headers"] = HEADERS
    components["parameters"] = {
        "Workspace": WORKSPACE, "IdempotencyKey": IDEMPOTENCY_KEY, "IfMatch": IF_MATCH,
    }  # fmt: skip
    components["responses"] = {name: _response(status) for status, (name, *_) in _FAILURES.items()}
    for path, item in result.get("paths", {}).items():
        for method in _METHODS:
            if method in item:
                _describe(item[method], method=method, path=path)
    _strip(result)
    return result


def _strip(node: Any) -> None:
    """Take out what drf-spectacular's hook would need that moves choices into components.

    They stay where they are: so many records have a `status` that their names would say nothing.
    """
    if isinstance(node, dict):
        node.pop("x-spec-enum-id", None)
        for child in node.values():
            _strip(child)
    elif isinstance(node, list):
        for child in node:
            _strip(child)


def _describe(operation: dict[str, Any], *, method: str, path: str) -> None:
    parameters = operation.setdefault("parameters", [])
    parameters.append({"$ref": "#/components/parameters/Workspace"})
    if method == "post":
        parameters.append({"$ref": "#/components/parameters/IdempotencyKey"})
    responses = operation["responses"]
    for status, response in responses.items():
        if status.startswith("2"):
            response.setdefault("headers", {}).update(_limit_headers())
    for status in _statuses(method, path):
        responses.setdefault(status, {"$ref": f"#/components/responses/{_FAILURES[status][0]}"})


def _statuses(method: str, path: str) -> list[str]:
    """What may go wrong with an operation, besides what it documents itself."""
    return [
        "400",
        "401",
        "403",
        *(["404"] if "{" in path else []),
        *(["409", "422"] if method == "post" else ["409"] if method != "get" else []),
        *(["413"] if path.endswith("/bulk/") else []),
        "429",
        "503",
    ]


def _limit_headers() -> dict[str, Any]:
    return {
        "RateLimit": {"$ref": "#/components/headers/RateLimit"},
        "RateLimit-Policy": {"$ref": "#/components/headers/RateLimitPolicy"},
    }


def _response(status: str) -> dict[str, Any]:
    _name, description, waits, (code, detail) = _FAILURES[status]
    example = {
        "type": f"urn:halfhour:problem:{code}",
        "title": _TITLES[status],
        "status": int(status),
        "detail": detail,
        "instance": "/api/v1/projects/",
        "code": code,
        "errors": [{"pointer": "/name", "code": "required", "detail": detail}]
        if code == "validation_error"
        else [],
    }
    media = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}
    response: dict[str, Any] = {
        "description": description,
        "content": {"application/problem+json": media},
    }
    if waits:
        response["headers"] = {"Retry-After": {"$ref": "#/components/headers/RetryAfter"}}
    return response
