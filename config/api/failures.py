"""Exceptions for statuses that REST framework has none for.

Apart from config/api/problems.py, since REST framework loads its default parsers, which raise
one of these, while its own views load.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException

RETRY_SECONDS: Final = 5


class ServiceUnavailable(APIException):
    status_code = 503
    default_code = "service_unavailable"
    default_detail = _("The database is away. Nothing was stored; try again shortly.")
    wait = RETRY_SECONDS


class Conflict(APIException):
    status_code = 409
    default_code = "conflict"
    default_detail = _("This contradicts a record that exists.")


class StillReferenced(Conflict):
    default_code = "still_referenced"
    default_detail = _("Other records still point at this one.")


class Unprocessable(APIException):
    status_code = 422
    default_code = "unprocessable"
    default_detail = _("The request is well formed, but cannot be carried out.")


class PayloadTooLarge(APIException):
    status_code = 413
    default_code = "payload_too_large"
    default_detail = _("The request's body is too large.")


class OverQuota(APIException):
    """Refused until time passes, or somebody does what the detail says; `wait` in seconds."""

    status_code = 429
    default_code = "quota_exceeded"

    def __init__(self, detail: str, *, wait: int) -> None:
        super().__init__(detail)
        self.wait = wait
