"""`Idempotency-Key` on POST (draft-ietf-httpapi-idempotency-key-header-07): a retry does no harm.

The answer is written in the transaction of the request's own effects, so that after a kill either
both are there or neither. A request with the same key that is still under way holds an advisory
lock of its transaction: the second is told so at once (409). A request that failed has spent no
key: nothing happened, so it may be corrected and sent again.
"""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from accounts.tenancy.resolution import WORKSPACE_HEADER
from config.api.error_pages import problem_response
from config.models import IdempotentAnswer

HEADER: Final = "Idempotency-Key"
REPLAYED_HEADER: Final = "Idempotency-Replayed"
KEPT_FOR: Final = timedelta(hours=24)
KEPT_BYTES: Final = 1_000_000
KEPT_HEADERS: Final = ("Content-Type", "Location", "ETag")
_VALID_KEY: Final = re.compile(r"[\x21-\x7e]{1,255}")


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """A request with a key: `digest` is what must not happen twice, `fingerprint` its content."""

    digest: str
    fingerprint: str


class IdempotencyMiddleware:
    """Stands within the tenancy's transaction, so that what it writes is committed with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = request.headers.get(HEADER)
        if key is None or request.method != "POST" or not _principal(request):
            return self.get_response(request)
        if not _VALID_KEY.fullmatch(key):
            detail = f"{HEADER} is 1 to 255 visible ASCII characters, such as a UUID."
            return problem_response(request, 400, code="idempotency_key_invalid", detail=detail)
        try:
            attempt = _attempt(request, key)
        except RequestDataTooBig:
            return problem_response(request, 413, code="payload_too_large")
        with transaction.atomic():
            response = self._once(request, attempt)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def _once(self, request: HttpRequest, attempt: Attempt) -> HttpResponseBase:
        if not _lock(attempt):
            detail = "The first request with this key is still under way."
            headers = {"Retry-After": "1"}
            return problem_response(
                request, 409, code="idempotency_key_in_use", detail=detail, **headers
            )
        earlier = _recall(attempt)
        if earlier is not None:
            return _replay(request, attempt, earlier)
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and 200 <= response.status_code < 300:
            _remember(attempt, response)
        return response


def forget_old() -> int:
    """Delete answers older than 24 hours; how many there were. For the owner's jobs."""
    old = IdempotentAnswer.objects.filter(created_at__lt=timezone.now() - KEPT_FOR)
    return old.delete()[0]


def _principal(request: HttpRequest) -> str:
    """Who asks; empty where nobody is signed in (or the address is none of the API's)."""
    tenancy: Any = getattr(request, "tenancy", None)
    if tenancy is None or not request.path.startswith("/api/"):
        return ""
    return str(tenancy.key_id or tenancy.user_id or "")


def _attempt(request: HttpRequest, key: str) -> Attempt:
    # The workspace as it was named, not as it was found: making one's first changes what is found.
    workspace = request.headers.get(WORKSPACE_HEADER, "")
    place = [_principal(request), workspace, request.path, key]
    content = [request.get_full_path(), request.content_type or "", _hash(request.body)]
    return Attempt(
        digest=_hash(json.dumps(place).encode()),
        fingerprint=_hash(json.dumps(content).encode()),
    )


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _lock(attempt: Attempt) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [attempt.digest]
        )
        return bool(cursor.fetchone()[0])


def _recall(attempt: Attempt) -> dict[str, Any] | None:
    with connection.cursor() as cursor:
        cursor.execute("select * from config_recall_answer(%s)", [attempt.digest])
        row = cursor.fetchone()
    return (
        dict(zip(("fingerprint", "status", "headers", "body"), row, strict=True)) if row else None
    )


def _remember(attempt: Attempt, response: HttpResponse) -> None:
    secret = "no-store" in response.get("Cache-Control", "")
    kept = None if secret or len(response.content) > KEPT_BYTES else response.content
    headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    with connection.cursor() as cursor:
        cursor.execute(
            "select config_remember_answer(%s, %s, %s::smallint, %s::jsonb, %s::bytea)",
            [
                attempt.digest,
                attempt.fingerprint,
                response.status_code,
                json.dumps(headers),
                kept,
            ],
        )


def _replay(request: HttpRequest, attempt: Attempt, earlier: dict[str, Any]) -> HttpResponse:
    if earlier["fingerprint"] != attempt.fingerprint:
        detail = "This key was sent before with another request. Use a new key."
        return problem_response(request, 422, code="idempotency_key_reused", detail=detail)
    if earlier["body"] is None:
        detail = (
            "The first request with this key took effect. Its answer held a secret, or was too "
            "large, and was not kept."
        )
        return problem_response(request, 409, code="idempotency_answer_not_kept", detail=detail)
    headers = earlier["headers"]
    headers = json.loads(headers) if isinstance(headers, str) else headers
    return HttpResponse(
        bytes(earlier["body"]),
        status=earlier["status"],
        headers={**headers, REPLAYED_HEADER: "true"},
    )
