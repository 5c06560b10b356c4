"""Errors as RFC 9457 problem details, for whatever goes wrong under /api/.

What an app raises, and what becomes of it:

* REST framework's exceptions keep their status; a `ValidationError` gives `errors`, a nested
  detail becoming a JSON Pointer (`{"layout": {"content": {2: {"type": […]}}}}` is at
  `/layout/content/2/type`). A key that begins with `/` is a pointer itself, below its parent;
  `/` alone is the parent.
* An exception with `retry_after` (seconds) is 429 with that header.
* Any exception with `faults` (objects with `pointer`, `code`, `detail`) gives those as `errors`:
  with its own `status_code`, or 422 where it has none, as a domain module's has not.
* Django's `ValidationError` is 400, a broken unique or foreign key 409, the database away 503.
"""

import math
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Any, Final

import structlog
from django.core import exceptions as django_exceptions
from django.db import DataError, IntegrityError, InterfaceError, OperationalError, ProgrammingError
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext_lazy as _
from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import ExceptionHandler
from redis.exceptions import RedisError
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.serializers import as_serializer_error

from accounts.api.constraints import CHECK, EXCLUSION, FOREIGN_KEY, UNIQUE, Broken, broken_rule
from accounts.api.pointers import flatten
from accounts.faults import json_pointer
from builder.storing import StorageAwayError
from config.api.failures import (
    Conflict,
    OverQuota,
    PayloadTooLarge,
    ServiceUnavailable,
    StillReferenced,
    Unprocessable,
)

CONTENT_TYPE: Final = "application/problem+json"
AWAY: Final = (OperationalError, InterfaceError, RedisError, StorageAwayError)

Entry = dict[str, str]

log = structlog.get_logger(__name__)


_ANSWERS: Final = (
    (AWAY, ServiceUnavailable),
    (django_exceptions.RequestDataTooBig, PayloadTooLarge),
    ((ProtectedError, RestrictedError), StillReferenced),
)


def problem(
    *, status: int, code: str, detail: str, instance: str, errors: Iterable[Entry] = ()
) -> dict[str, Any]:
    """The body of an error: RFC 9457's members, the `code` of `type`, and `errors`."""
    return {
        "type": f"urn:halfhour:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": instance,
        "code": code,
        "errors": list(errors),
    }


def exception_handler(error: Exception, context: Any) -> Response | None:
    """REST framework's hook: every exception of a view becomes a problem."""
    return ProblemHandler(error, context).run()


class ProblemHandler(ExceptionHandler):
    def convert_known_exceptions(self, exc: Exception) -> Exception:
        if hasattr(exc, "retry_after"):
            return OverQuota(str(exc), wait=exc.retry_after)
        if hasattr(exc, "faults") and not isinstance(exc, exceptions.APIException):
            return Unprocessable(str(exc) or None)
        if isinstance(exc, django_exceptions.ValidationError):
            return exceptions.ValidationError(as_serializer_error(exc))
        for kinds, answer in _ANSWERS:
            if isinstance(exc, kinds):
                return answer()
        if isinstance(exc, IntegrityError | DataError | ProgrammingError):
            return _refused_by_database(exc)
        return super().convert_known_exceptions(exc)

    def format_exception(self, exc: exceptions.APIException) -> dict[str, Any]:
        formatted: dict[str, Any] = ProblemFormatter(exc, self.context, self.exc).run()
        return formatted

    def get_headers(self, exc: exceptions.APIException) -> dict[str, str]:
        headers: dict[str, str] = super().get_headers(exc)
        wait = getattr(exc, "wait", None)
        if wait is not None:
            headers["Retry-After"] = str(max(1, math.ceil(wait)))
        return headers

    def get_response(self, exc: exceptions.APIException, data: dict[str, Any]) -> Response:
        return Response(
            data, status=exc.status_code, headers=self.get_headers(exc), content_type=CONTENT_TYPE
        )

    def report_exception(self, exc: exceptions.APIException, response: Response) -> None:
        """A service that is away is an event, not a fault of the code with a traceback."""
        if exc.status_code == 503:
            log.warning("request.unavailable", error=type(self.exc).__name__)
        else:
            super().report_exception(exc, response)


class ProblemFormatter(ExceptionFormatter):
    def run(self) -> dict[str, Any]:
        errors = list(self._entries())
        return problem(
            status=self.exc.status_code,
            code=self._code(),
            detail=self._summary(errors),
            instance=self._request_path(),
            errors=errors,
        )

    def _entries(self) -> Iterator[Entry]:
        faults = getattr(self.original_exc, "faults", None) or getattr(self.exc, "faults", None)
        if faults is not None:
            for fault in faults:
                yield {"pointer": fault.pointer, "code": fault.code, "detail": str(fault.detail)}
        elif isinstance(self.exc, exceptions.ValidationError):
            of_query = getattr(self.exc, "of_query", self._reads())
            place = _parameter if of_query else _pointer
            for path, text in flatten(self.exc.detail):
                yield {**place(path), "code": text.code or "invalid", "detail": str(text)}
        elif isinstance(self.exc, exceptions.ParseError):
            yield {"pointer": "", "code": self._code(), "detail": str(self.exc.detail)}

    def _code(self) -> str:
        if isinstance(self.exc, exceptions.ValidationError):
            return "validation_error"
        codes = self.exc.get_codes()
        return codes if isinstance(codes, str) else self.exc.default_code

    def _summary(self, errors: list[Entry]) -> str:
        if isinstance(self.exc.detail, str):
            return str(self.exc.detail)
        if len(errors) == 1:
            return errors[0]["detail"]
        return f"The request has {len(errors)} faults; see errors."

    def _reads(self) -> bool:
        request = self.context["request"]
        return request is not None and request.method in ("GET", "HEAD")

    def _request_path(self) -> str:
        request = self.context["request"]
        return request.path if request is not None else ""


def _pointer(path: tuple[str, ...]) -> Entry:
    return {"pointer": json_pointer(path)}


def _parameter(path: tuple[str, ...]) -> Entry:
    return {"parameter": ".".join(path)}


def _refused_by_database(error: Exception) -> Exception:
    """What a constraint held back: two requests at once, or a rule that only the database has."""
    cause = error.__cause__
    state = getattr(cause, "sqlstate", None) or ""
    rule = broken_rule(error)
    if rule is not None:
        return _rule_broken(rule)
    if state in (UNIQUE, FOREIGN_KEY):
        return Conflict() if state == UNIQUE else StillReferenced()
    if state in (CHECK, EXCLUSION) or state.startswith("22"):
        constraint = getattr(getattr(cause, "diag", None), "constraint_name", None)
        return exceptions.ValidationError(
            _("A value is outside of what the database allows."), code=constraint or "out_of_range"
        )
    if state == "42501":
        # Row security caught what a permission should have: the caller is told no, and we look.
        log.error("row_security.refused", exc_info=error)
        return exceptions.PermissionDenied()
    return error


def _rule_broken(rule: Broken) -> exceptions.APIException:
    """409 where another record stands in the way, 400 where the value itself is not allowed."""
    if rule.state in (CHECK, FOREIGN_KEY):
        named = {fault.pointer or "/": [fault.detail] for fault in rule.faults}
        return exceptions.ValidationError(named, code=rule.faults[0].code)
    conflict = Conflict(rule.detail)
    conflict.faults = rule.faults  # type: ignore[attr-defined]
    return conflict
