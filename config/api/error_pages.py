"""Django's error handlers: problem details under /api/, Django's own pages elsewhere.

They answer what never reaches a REST framework view: an address that does not exist, a refused
host, the database away while the session or the key is looked up.
"""

import sys
from typing import Any

import orjson
import structlog
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template import loader
from django.views import defaults

from config.api.failures import RETRY_SECONDS, ServiceUnavailable
from config.api.problems import AWAY, CONTENT_TYPE, problem

log = structlog.get_logger(__name__)

_DETAILS = {
    400: ("bad_request", "The request cannot be understood."),
    403: ("permission_denied", "This is not allowed."),
    404: ("not_found", "There is nothing at this address."),
    500: ("error", "Something went wrong here; it was recorded."),
}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if _is_api(request):
        return problem_response(request, 400)
    return defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if _is_api(request):
        return problem_response(request, 403)
    return defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if _is_api(request):
        return problem_response(request, 404)
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Django calls this while it handles the exception, which tells a 503 from a 500."""
    away = isinstance(sys.exc_info()[1], AWAY)
    if not away:
        return (
            problem_response(request, 500) if _is_api(request) else defaults.server_error(request)
        )
    log.warning("request.unavailable")
    wait = {"Retry-After": str(RETRY_SECONDS)}
    if not _is_api(request):
        page = loader.get_template("config/unavailable.html").render()
        return HttpResponse(page, status=503, headers=wait)
    code, detail = ServiceUnavailable.default_code, str(ServiceUnavailable.default_detail)
    return problem_response(request, 503, code=code, detail=detail, **wait)


def problem_response(
    request: HttpRequest, status: int, *, code: str = "", detail: str = "", **headers: Any
) -> HttpResponse:
    """A problem as a plain Django response; `code` and `detail` default to the status's."""
    usual = _DETAILS.get(status, ("error", ""))
    body = problem(
        status=status, code=code or usual[0], detail=detail or usual[1], instance=request.path
    )
    return HttpResponse(
        orjson.dumps(body), status=status, content_type=CONTENT_TYPE, headers=headers
    )


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")
