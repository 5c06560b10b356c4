"""`ETag` and `If-Match` on records that several people edit (RFC 9110, 8.8.3 and 13.1.1).

An answer that shows such a record bears its ETag. A request that changes the record may send it
back as `If-Match`: where the record was changed meanwhile, nothing is done and the answer is 412.
Without `If-Match` the last one wins. The row is locked before it is compared, and read again under
the lock, so that of two requests with the same ETag one takes effect, and so that a partial change
puts back nothing that another has changed since.
"""

from typing import Any, ClassVar, Final

from django.db import models
from django.http import Http404
from django.utils.http import parse_etags
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers, status
from rest_framework.exceptions import APIException
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.locking import hold

HEADER: Final = "If-Match"


class PreconditionFailed(APIException):
    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_code = "precondition_failed"
    default_detail = _(
        "Somebody has changed this since you read it. Nothing was done: read it again, put your "
        "change into what is there now, and send that with the new ETag."
    )


class Conditional:
    """Mix into a viewset, before REST framework's, whose records name their state (`revision`)."""

    # The actions whose answer shows the record, and so bears its ETag; those that write lock it.
    tagged: ClassVar[frozenset[str]] = frozenset({"retrieve", "create", "update", "partial_update"})
    request: Any
    action: str
    record: Any = None

    def etag_of(self, record: Any) -> str:
        return f'"{record.revision}"'

    def get_object(self) -> Any:
        self.record = super().get_object()  # type: ignore[misc]
        wanted = self.request.headers.get(HEADER)
        if self.request.method in SAFE_METHODS:
            return self.record
        if self.action in self.tagged or wanted is not None:
            self.record = self._locked(self.record)
        if wanted is not None and not _matches(wanted, self.etag_of(self.record)):
            raise PreconditionFailed
        return self.record

    def perform_create(self, serializer: serializers.BaseSerializer[Any]) -> None:
        super().perform_create(serializer)  # type: ignore[misc]
        self.record = serializer.instance

    def finalize_response(self, request: Request, response: Any, *args: Any, **kw: Any) -> Response:
        answer: Response = super().finalize_response(  # type: ignore[misc]
            request, response, *args, **kw
        )
        shows = self.action in self.tagged and 200 <= answer.status_code < 300
        if shows and self.record is not None:
            answer["ETag"] = self.etag_of(self.record)
        return answer

    def _locked(self, record: models.Model) -> Any:
        """The record as it is once nobody else is changing it."""
        if not hold(record):
            raise Http404
        return self.get_queryset().get(pk=record.pk)  # type: ignore[attr-defined]


def _matches(header: str, etag: str) -> bool:
    """Whether a list of entity tags names this one; a weak tag names nothing here."""
    tags = parse_etags(header)
    return tags == ["*"] or etag in tags
