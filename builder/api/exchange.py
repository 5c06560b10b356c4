"""Documents as files of open formats: `GET …/export/?as=…`, `POST …/import/?as=…`."""

from typing import Any, Final

from django.db import models
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_view,
)
from rest_framework.decorators import action
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.filtering import BadParameterError, check_parameters
from builder import versioning
from builder.api.faults import refuse
from builder.exchange import FORMATS, ExchangeError, Format

# Not `format`, which is REST framework's word for how an answer is rendered.
AS: Final = "as"


class DocumentExchange:
    """For a viewset of documents: each as a file, and a file in a document's place."""

    @action(detail=True, methods=["get"], url_path="export")
    def export_document(self: Any, request: Request, **kwargs: Any) -> Response:
        """The document in an open format, to be read by other programs or taken in again."""
        wanted = _wanted(request, self.queryset.model)
        record = self.get_object()
        disposition = f'attachment; filename="{record.pk}{wanted.suffix}"'
        return Response(wanted.write(record), headers={"Content-Disposition": disposition})

    @action(detail=True, methods=["post"], url_path="import")
    def import_document(self: Any, request: Request, **kwargs: Any) -> Response:
        """Put a file's contents in the place of the document's.

        A fault is a 400 whose pointers lead into the file, and nothing is changed.
        """
        wanted = _wanted(request, self.queryset.model)
        record = self.get_object()
        try:
            columns = wanted.read(request.data)
        except ExchangeError as error:
            refuse(error.faults)
            raise
        serializer = self.get_serializer(record, data=columns, partial=True)
        serializer.is_valid(raise_exception=True)
        # What stood there before is not taken up by the import, as it would be by an autosave.
        with versioning.saving(message=_("Imported"), major=True):
            serializer.save()
            versioning.refresh(serializer.instance)
        return Response(serializer.data)


def described(model: type[models.Model], *, name: str, example: Any) -> Any:
    """Decorate a viewset with `DocumentExchange`: its formats, and a file that it takes in."""
    formats = [each.name for each in FORMATS[model]]
    parameter = OpenApiParameter(
        AS, str, enum=formats, default=formats[0], description="The format of the file."
    )
    return extend_schema_view(
        export_document=extend_schema(
            operation_id=f"{name}_file_retrieve",
            summary=f"Export {model._meta.verbose_name}",
            parameters=[parameter],
            responses=OpenApiTypes.OBJECT,
        ),
        import_document=extend_schema(
            operation_id=f"{name}_file_import",
            summary=f"Import {model._meta.verbose_name}",
            parameters=[parameter],
            request=OpenApiTypes.OBJECT,
            examples=[OpenApiExample("Example", value=example, request_only=True)],
        ),
    )


def _wanted(request: Request, model: type[models.Model]) -> Format:
    """The format that the query names, or the model's first. Raises `BadParameterError`."""
    check_parameters(request, [AS])
    formats = {each.name: each for each in FORMATS[model]}
    name = request.query_params.get(AS, next(iter(formats)))
    if name not in formats:
        text = f"There is no such format of this document; there are: {', '.join(formats)}."
        raise BadParameterError({AS: [ErrorDetail(text, "invalid_choice")]})
    return formats[name]
