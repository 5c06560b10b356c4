"""Pictures that members upload for their sites."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import APIException, NotFound
from rest_framework.parsers import MultiPartParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings

from accounts.api.base import WorkspaceSerializer, workspace_id_of
from accounts.api.filtering import BadParameterError, check_parameters
from accounts.api.rendering import FastJSONRenderer
from accounts.models import User
from builder.api import examples
from builder.api.access import ProjectRows
from builder.api.faults import refuse
from builder.api.summaries import ProjectSummary
from builder.images import answering, encoding, library
from builder.images.refusals import ImageError, ImageTooLargeError, too_large
from builder.models import Image

WIDTH = "width"
# What a form with one file has around it.
_AROUND = 20_000
_FORMS = "image/*"


class PictureTooLarge(APIException):
    """413: a picture of more bytes than are taken in."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "payload_too_large"

    def __init__(self, error: ImageError) -> None:
        super().__init__(str(error))
        self.faults = error.faults


class PictureInUse(APIException):
    """409: a picture that a document or a live site shows; the faults say where."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "in_use"

    def __init__(self, error: ImageError) -> None:
        super().__init__(_("The picture is in use."))
        self.faults = error.faults


class PictureRenderer(BaseRenderer):
    """Lets a browser ask for a picture by `Accept`; the bytes are sent as they are."""

    media_type = _FORMS
    format = "picture"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> Any:
        return FastJSONRenderer().render(data)


class ImageSerializer(WorkspaceSerializer):
    alt = serializers.JSONField(
        required=False,
        help_text='What is in the picture, by language: {"en": "…", "ar": "…"}.',
    )

    class Meta:
        model = Image
        fields = [
            "id", "project", "name", "alt", "focal_x", "focal_y", "width", "height", "has_alpha",
            "content_type", "size", "sha256", "uploaded_by", "rendered_at", "created_at",
            "updated_at",
        ]  # fmt: skip
        read_only_fields = [
            "width", "height", "has_alpha", "content_type", "size", "sha256", "uploaded_by",
            "rendered_at",
        ]  # fmt: skip

    def validate_alt(self, alt: Any) -> Any:
        try:
            library.check_alt(alt)
        except ImageError as error:
            refuse(_below(error, "/alt"))
        return alt


class ImageUploadSerializer(ImageSerializer):
    file = serializers.FileField(
        write_only=True,
        allow_empty_file=True,
        help_text="JPEG, PNG, WebP, AVIF, or GIF, whose first picture is taken.",
    )
    name = serializers.CharField(
        required=False, allow_blank=True, max_length=200, help_text="By default the file's."
    )

    class Meta(ImageSerializer.Meta):
        fields = ["file", "project", "name", "alt"]
        read_only_fields: list[str] = []


@extend_schema_view(
    create=extend_schema(
        request={"multipart/form-data": ImageUploadSerializer},
        responses={201: ImageSerializer, 200: ImageSerializer},
    )
)
@examples.shown_by(partial_update=examples.IMAGE)
class ImageViewSet(ProjectRows, viewsets.ModelViewSet[Image]):
    """Pictures for pages: a layout names one by its id, as a picture's `image`.

    The same file twice is one picture. What is kept has no metadata and is upright; its files for
    pages are made after the upload (`rendered_at`), or at the latest when a page is published.
    """

    queryset = Image.objects.order_by("-id")
    serializer_class = ImageSerializer
    parser_classes: Any = [*api_settings.DEFAULT_PARSER_CLASSES, MultiPartParser]
    filterset_fields = ["project", "sha256", "has_alpha"]
    search_fields = ["name"]
    expandable = {"project": ProjectSummary}
    http_method_names = ["get", "post", "patch", "delete", "head", "options"]

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Upload a picture. A file that is here already is answered with what it has become: 200.

        A file that is no picture, damaged, too large, or something else as well is refused with
        what to do instead, and nothing is kept of it.
        """
        _check_size(request.META.get("CONTENT_LENGTH"))
        form = ImageUploadSerializer(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        values = form.validated_data
        file = values.pop("file")
        try:
            image, is_new = library.upload(
                workspace_id=workspace_id_of(request),
                file=file,
                filename=file.name,
                user=request.user if isinstance(request.user, User) else None,
                **values,
            )
        except ImageTooLargeError as error:
            raise PictureTooLarge(error) from error
        except ImageError as error:
            refuse(error.faults)
            raise
        code = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
        return Response(self.get_serializer(image).data, status=code)

    def perform_update(self, serializer: serializers.BaseSerializer[Any]) -> None:
        image: Image = self.get_object()
        serializer.instance = library.change(image=image, changes=serializer.validated_data)

    def perform_destroy(self, instance: Image) -> None:
        try:
            library.remove(image=instance)
        except library.ImageInUseError as error:
            raise PictureInUse(error) from error

    @extend_schema(
        summary="Show picture",
        parameters=[
            OpenApiParameter(
                WIDTH, int, description="Pixels; what is nearest is shown. By default 640."
            )
        ],
        responses={(200, "image/webp"): OpenApiTypes.BINARY},
        filters=False,
    )
    @action(
        detail=True,
        methods=["get"],
        url_path="file",
        renderer_classes=[FastJSONRenderer, PictureRenderer],
        pagination_class=None,
    )
    def show(self, request: Request, **kwargs: Any) -> HttpResponse:
        """The picture itself, for members: as AVIF or WebP where the reader accepts it."""
        check_parameters(request, [WIDTH])
        given = request.query_params.get(WIDTH, str(encoding.WIDTHS[1]))
        if not (given.isascii() and given.isdigit() and 1 <= int(given[:6]) <= answering.WIDEST):
            raise BadParameterError({WIDTH: [f"Say 1 to {answering.WIDEST}."]})
        found = answering.answer(
            self.get_object(),
            width=int(given),
            accepted=request.headers.get("Accept", ""),
            known=request.headers.get("If-None-Match", ""),
        )
        if found.status == status.HTTP_404_NOT_FOUND:
            raise NotFound
        return HttpResponse(
            found.body, found.content_type, status=found.status, headers=dict(found.headers)
        )


def _check_size(size: Any) -> None:
    """Refuse a file that is too large before it is read. Raises `PictureTooLarge`."""
    most: int = settings.IMAGE_MAX_BYTES
    if str(size or "").isdigit() and int(size) > most + _AROUND:
        raise PictureTooLarge(too_large(most))


def _below(error: ImageError, field: str) -> Any:
    """The faults without the name of the field that they are told at."""
    for fault in error.faults:
        yield type(fault)(fault.pointer.removeprefix(field), fault.code, fault.detail)
