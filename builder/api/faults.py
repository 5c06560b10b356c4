"""Faults of documents as errors of the API."""

from collections.abc import Iterable

from rest_framework import serializers, status
from rest_framework.exceptions import APIException, ErrorDetail

from accounts.faults import Fault
from builder.exchange.project_format import MAX_BYTES
from builder.publishing import NothingToPublishError


class NothingToPublish(APIException):
    """409: the project is in no state to be published, whatever the request says."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "nothing_to_publish"

    def __init__(self, error: NothingToPublishError) -> None:
        super().__init__(str(error))
        self.faults = error.faults


class FileTooLarge(APIException):
    """413: a project's file of more bytes than are taken in."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "payload_too_large"

    def __init__(self) -> None:
        text = f"A project's file has at most {MAX_BYTES // 1_000_000} MB."
        super().__init__(text)
        self.faults = [Fault("/file", self.default_code, text)]


def refuse(faults: Iterable[Fault]) -> None:
    """Raise a 400 that names each fault with its pointer; nothing where there is none."""
    detail: dict[str, list[ErrorDetail]] = {}
    for fault in faults:
        # A key that begins with a slash is a pointer already (config.api.problems).
        detail.setdefault(fault.pointer or "/", []).append(ErrorDetail(fault.detail, fault.code))
    if detail:
        raise serializers.ValidationError(detail)
