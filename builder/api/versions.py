"""Versions over the API: lists, comparisons, going back, and what is gone brought back."""

import uuid
from typing import Any, ClassVar, Final

from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.api.conditional import Conditional
from accounts.api.filtering import BadParameterError, check_parameters
from builder import moments, versioning
from builder.api.access import ProjectRows
from builder.api.summaries import ProjectSummary
from builder.api.version_serializers import (
    DocumentThenSerializer,
    NameSerializer,
    RestoredSerializer,
    RevertSerializer,
    VersionComparisonSerializer,
    VersionDetail,
    VersionSerializer,
    VersionSummary,
)
from builder.models import VersionHistory

AT: Final = "at"
_LIST: Final = ("cursor", "limit")
_HIGHEST: Final = 2**31 - 1

NAMED = OpenApiExample("Named", value={"message": "Before the season"}, request_only=True)
BACK = OpenApiExample("Back to the second", value={"version": 2}, request_only=True)
_FROM = OpenApiParameter("from", int, required=True, description="The number of a version.")
_TO = OpenApiParameter("to", int, description="Another; the newest without it.")
MOMENT = OpenApiParameter(
    AT,
    OpenApiTypes.DATETIME,
    description="The project as of this time: the answer has `at`, and `documents`: all of the "
    "project's sitemaps, wireframes and style_guides as they were.",
)


class Versions(Conditional):
    """Mix into the viewset of records with versions, before REST framework's."""

    tagged: ClassVar[frozenset[str]] = Conditional.tagged | {"revert", "import_document"}
    paginator: Any
    get_paginated_response: Any
    get_serializer: Any

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        with versioning.saving():
            super().perform_create(serializer)
            versioning.refresh(self.record)

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        """An autosave; `POST versions/` names what was saved."""
        with versioning.saving():
            super().perform_update(serializer)  # type: ignore[misc]
            versioning.refresh(self.record)

    def made(self, record: Any) -> Response:
        """The answer that a record was made by other means than the serializer's."""
        versioning.refresh(record)
        shown = self.get_serializer(record).data
        headers = {"ETag": self.etag_of(record)}
        return Response(shown, status.HTTP_201_CREATED, headers=headers)

    @extend_schema(methods=["get"], responses=VersionSummary(many=True), filters=False)
    @extend_schema(
        methods=["post"],
        request=NameSerializer,
        responses={201: VersionDetail},
        examples=[NAMED],
    )
    @action(detail=True, methods=["get", "post"], filter_backends=[])
    def versions(self, request: Request, **kwargs: Any) -> Response:
        """The record's versions, the newest first; or keep it as it stands, with a message."""
        record = self.get_object()
        if request.method == "GET":
            check_parameters(request, _LIST)
            rows = VersionHistory.objects.of(record).defer("data").order_by("-version_number")
            page = self.paginator.paginate_queryset(rows, request, self)
            shown: Response = self.get_paginated_response(VersionSummary(page, many=True).data)
            return shown
        form = NameSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        version = versioning.save_named(entity=record, message=form.validated_data["message"])
        return Response(VersionDetail(version).data, status.HTTP_201_CREATED)

    @extend_schema(responses=VersionDetail)
    @action(
        detail=True, url_path=r"versions/(?P<number>[0-9]+)", url_name="version",
        pagination_class=None, filter_backends=[],
    )  # fmt: skip
    def version(self, request: Request, number: str, **kwargs: Any) -> Response:
        """One version, whole, with the patch that makes it of the one before."""
        return Response(VersionDetail(self._numbered(self.get_object(), number)).data)

    @extend_schema(parameters=[_FROM, _TO], responses=VersionComparisonSerializer)
    @action(detail=True, pagination_class=None, filter_backends=[])
    def compare(self, request: Request, **kwargs: Any) -> Response:
        """What is between two versions: a JSON Patch, and a list of changes in words."""
        check_parameters(request, ("from", "to"))
        record = self.get_object()
        pair = {
            "from": self._asked(record, "from", None),
            "to": self._asked(record, "to", record.version),
        }
        return Response(VersionComparisonSerializer(pair).data)

    @extend_schema(request=RevertSerializer, examples=[BACK])
    @action(detail=True, methods=["post"], filter_backends=[])
    def revert(self, request: Request, **kwargs: Any) -> Response:
        """Make the record what it was at a version; that is a new, major version."""
        record = self.get_object()
        form = RevertSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        self.record = versioning.revert(entity=record, number=form.validated_data["version"])
        return Response(self.get_serializer(self.record).data)

    def _asked(self, record: Any, parameter: str, default: int | None) -> VersionHistory:
        """The version that a parameter of the query names. Raises `BadParameterError`."""
        text = self.request.query_params.get(parameter, str(default or ""))
        if not (text.isascii() and text.isdigit()):
            raise BadParameterError({parameter: _("The number of a version.")})
        try:
            return self._numbered(record, text)
        except NotFound as error:
            text = _("There is no version %(number)s.") % {"number": text[:20]}
            raise BadParameterError({parameter: text}) from error

    def _numbered(self, record: Any, text: str) -> VersionHistory:
        number = int(text[:11])
        rows = VersionHistory.objects.of(record)
        found = rows.filter(version_number=number).first() if number <= _HIGHEST else None
        if found is None:
            raise NotFound
        return found


def as_of(view: Any, request: Request) -> Response:
    """A project with all of its documents as of `?at=`. Raises `BadParameterError`."""
    check_parameters(request, (AT,))
    text = request.query_params[AT]
    try:
        at = parse_datetime(text)
    except ValueError:
        at = None
    if at is None or is_naive(at):
        text = _("A time with its zone, such as 2026-05-01T12:00:00Z.")
        raise BadParameterError({AT: text})
    project = view.get_object()
    try:
        moment = moments.as_of(project=project, at=at)
    except moments.BeforeItsTimeError as error:
        raise BadParameterError({AT: str(error)}) from error
    versioning.put(project, moment.project.data)
    project.version = moment.project.version_number
    shown = dict(view.get_serializer(project).data)
    then = DocumentThenSerializer()
    documents = {
        kind: [then.to_representation(version) for version in moment.of_kind(kind)]
        for kind in versioning.PARENTS
    }
    return Response({**shown, AT: at, "documents": documents})


class VersionViewSet(ProjectRows, viewsets.ReadOnlyModelViewSet[VersionHistory]):
    """Projects and documents as they were, those too that are gone. The database writes them."""

    queryset = VersionHistory.objects.order_by("-id")
    serializer_class = VersionSerializer
    collaborators_write = True
    filterset_fields = [
        "project", "entity_type", "entity_id", "version_number", "user", "is_major", "is_deletion",
    ]  # fmt: skip
    search_fields = ["message"]
    expandable = {"project": ProjectSummary}

    def project_id_of(self, version: VersionHistory) -> uuid.UUID:
        project_id: uuid.UUID = version.project_id
        return project_id

    @extend_schema(request=None, responses={201: RestoredSerializer})
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Bring a deleted document back from its last version, with its id."""
        version = self.get_object()
        record = versioning.restore(version=version)
        body = {"entity_type": version.entity_type, "id": record.pk, "version": record.version}
        return Response(RestoredSerializer(body).data, status.HTTP_201_CREATED)
