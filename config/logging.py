"""Logs: structured events, one a line, by structlog for our own code and everyone else's.

An event is named `entity.action` and carries ids, never personal data.
"""

import logging.config
import re
import sys
import time
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest
from django.http.response import HttpResponseBase

REQUEST_ID_HEADER = "X-Request-Id"
_ACCEPTED_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")

# What an event gains on its way, whether structlog or the standard library made it.
SHARED: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]

log = structlog.get_logger(__name__)


def logging_config(level: str, format: str) -> dict[str, Any]:
    """A `logging.config` dictionary: everything to standard error, as `console` or `json`."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [*SHARED, _without_address],
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *_renderers(format),
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Its lines hold paths with their queries; RequestLogMiddleware tells what is needed.
            "django.request": {"level": "ERROR"},
            "django.server": {"level": "WARNING"},
            "httpx": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
            "celery.beat": {"level": "WARNING"},
        },
    }


def _renderers(format: str) -> list[structlog.typing.Processor]:
    """Tracebacks without the values of variables, which hold secrets and personal data."""
    if format == "json":
        traceback = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
        return [
            structlog.processors.ExceptionRenderer(traceback),
            structlog.processors.JSONRenderer(),
        ]
    return [
        structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    ]


def _without_address(
    logger: Any, method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Django tells of a failed request with its whole address; the route says enough."""
    request = event.pop("request", None)
    event.pop("response", None)
    if isinstance(request, HttpRequest):
        event["event"] = "request.failed"
        event["route"] = getattr(request.resolver_match, "route", None)
        event["method"] = request.method
    return event


def configure(*, level: str, format: str) -> None:
    """Set up logging for this process; `format` is `console` or `json`."""
    logging.config.dictConfig(logging_config(level, format))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


class RequestLogMiddleware:
    """Give each request an id, in its logs and its answer, and log that it was answered.

    The route is logged, not the path: a path can hold the secret of a password reset.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = request_id_from(request.headers.get(REQUEST_ID_HEADER, ""))
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        response = self.get_response(request)
        response[REQUEST_ID_HEADER] = request_id
        write = log.debug if _is_probe(request) else log.info
        write(
            "request.answered",
            method=request.method,
            route=getattr(request.resolver_match, "route", None),
            status=response.status_code,
            milliseconds=round((time.perf_counter() - started) * 1000, 1),
            **_who(request),
        )
        return response


def request_id_from(offered: str) -> str:
    """The id that a proxy in front gave the request, where it is plain; else a new one."""
    return offered if _ACCEPTED_ID.fullmatch(offered) else uuid.uuid4().hex


def _is_probe(request: HttpRequest) -> bool:
    return request.path in ("/livez", "/readyz")


def _who(request: HttpRequest) -> dict[str, str]:
    tenancy = getattr(request, "tenancy", None)
    names = ("workspace_id", "user_id", "key_id")
    return {name: str(value) for name in names if (value := getattr(tenancy, name, None))}
