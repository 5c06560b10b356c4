"""What is kept of oneself: as an archive, and erased. Contacts' are at `contacts/{id}/…`."""

import functools
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from allauth.core import ratelimit
from django.db.models import Q
from django.http import FileResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import exceptions, generics, mixins, serializers, status, views, viewsets
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import tenancy
from accounts.api.permissions import PersonOnly
from accounts.models import ADMINS, DataExport, ErasureRequest, SubjectKind, User
from accounts.privacy import archives, erasure, receipts
from accounts.privacy.digests import digest
from accounts.privacy.subjects import user_subject

EXPORT_EXAMPLE = {
    "id": "019a8c1e-7d2b-7c4e-9f10-3b6f5d0a2c41",
    "subject_kind": "user",
    "status": "requested",
    "rows": 0,
    "size": 0,
    "file": None,
}


ERASURE_EXAMPLE = {
    "id": "019a8c1e-9b11-7a52-8d3e-51c0f7ab6e90",
    "subject_kind": "contact",
    "status": "requested",
    "receipt": None,
    "receipt_url": "/api/v1/privacy/receipts/…/",
}


class DataExportSerializer(serializers.ModelSerializer[DataExport]):
    file = serializers.SerializerMethodField(help_text="Where the archive is, once it is ready.")

    class Meta:
        model = DataExport
        fields = [
            "id",
            "subject_kind",
            "status",
            "rows",
            "size",
            "file",
            "error_message",
            "created_at",
            "finished_at",
            "expires_at",
        ]
        read_only_fields = fields

    def get_file(self, export: DataExport) -> str | None:
        if export.status != DataExport.Status.READY:
            return None
        return reverse("data-export-file", args=[export.pk])


class ErasureSerializer(serializers.ModelSerializer[ErasureRequest]):
    receipt_url = serializers.SerializerMethodField(
        help_text="Shows the receipt without a sign-in. In the answer to the request only."
    )

    class Meta:
        model = ErasureRequest
        fields = [
            "id",
            "subject_kind",
            "subject_digest",
            "status",
            "receipt",
            "receipt_url",
            "error_message",
            "created_at",
            "started_at",
            "completed_at",
        ]
        read_only_fields = fields

    def get_receipt_url(self, job: ErasureRequest) -> str | None:
        token = self.context.get("token")
        return reverse("privacy-receipt", args=[token]) if token else None


class OwnErasureSerializer(serializers.Serializer[Any]):
    """The word of whoever is to be erased."""

    email = serializers.CharField(max_length=254, help_text="One's own address, to be sure.")
    password = serializers.CharField(
        max_length=1000, required=False, help_text="Needed where one has a password."
    )


class ReceiptSerializer(serializers.Serializer[Any]):
    status = serializers.ChoiceField(choices=ErasureRequest.Status.choices)
    receipt = serializers.JSONField(allow_null=True)


class ReceiptKeySerializer(serializers.Serializer[Any]):
    algorithm = serializers.CharField()
    public_key = serializers.CharField(help_text="Base64 of 32 bytes.")


def _reading(request: Request) -> AbstractContextManager[None]:
    """A tenant's scope reads for itself; who belongs to no workspace has none."""
    if request._request.tenancy.workspace_id is not None:  # type: ignore[attr-defined]
        return nullcontext()
    return tenancy.owner(reason="privacy")


def _scoped(method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def read(self: Any, request: Request, *args: Any, **kwargs: Any) -> Any:
        with _reading(request):
            return method(self, request, *args, **kwargs)

    return read


class _OwnRecords(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Any]):
    permission_classes = [PersonOnly]
    without_workspace = True

    @_scoped
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)

    @_scoped
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().retrieve(request, *args, **kwargs)

    def workspace_of_admin(self) -> uuid.UUID | None:
        """The workspace whose contacts' records the caller may see."""
        place = self.request._request.tenancy  # type: ignore[attr-defined]
        workspace_id: uuid.UUID | None = place.workspace_id if place.role in ADMINS else None
        return workspace_id


class DataExportViewSet(_OwnRecords):
    """Archives of all that is kept of oneself; admins also see those of the workspace's contacts.

    An archive is made within a minute or so and can be fetched for a week.
    """

    queryset = DataExport.objects.order_by("-id")
    serializer_class = DataExportSerializer

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return super().get_queryset().none()
        seen = Q(subject_kind=SubjectKind.USER, subject_id=self.request.user.pk)
        if workspace_id := self.workspace_of_admin():
            seen |= Q(workspace_id=workspace_id)
        return super().get_queryset().filter(seen)

    @extend_schema(
        request=None,
        responses={202: DataExportSerializer},
        examples=[OpenApiExample("Asked for", EXPORT_EXAMPLE, response_only=True)],
    )
    def create(self, request: Request) -> Response:
        """Ask for an archive of everything about oneself, over all workspaces."""
        person: User = request.user  # type: ignore[assignment]
        with tenancy.owner(reason="privacy"):
            export = archives.request(subject=user_subject(person), requested_by=person)
            data = self.get_serializer(export).data
        return Response(data, status.HTTP_202_ACCEPTED)

    @extend_schema(responses={(200, "application/zip"): OpenApiTypes.BINARY})
    @_scoped
    def file(self, request: Request, pk: Any = None) -> FileResponse:
        """The archive: a zip file of JSON lines with a manifest."""
        export = self.get_object()
        if export.status != DataExport.Status.READY:
            raise exceptions.NotFound(_("The archive is not ready, or no longer kept."))
        try:
            opened = archives.open_file(export)
        except FileNotFoundError as error:
            raise exceptions.NotFound(_("The archive is no longer kept.")) from error
        name = f"{export.subject_kind}-{export.created_at:%Y-%m-%d}.zip"
        return FileResponse(
            opened, as_attachment=True, filename=name, headers={"Cache-Control": "no-store"}
        )


class ErasureViewSet(_OwnRecords):
    """One's own erasure; admins also see those of the workspace's contacts."""

    queryset = ErasureRequest.objects.order_by("-id")
    serializer_class = ErasureSerializer

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return super().get_queryset().none()
        seen = Q(subject_kind=SubjectKind.USER, requested_by=self.request.user.pk)
        if workspace_id := self.workspace_of_admin():
            seen |= Q(workspace_id=workspace_id)
        return super().get_queryset().filter(seen)

    @extend_schema(
        request=OwnErasureSerializer,
        responses={202: ErasureSerializer},
        examples=[
            OpenApiExample(
                "Erase me",
                {"email": "noura@example.com", "password": "correct horse battery"},
                request_only=True,
            )
        ],
    )
    def create(self, request: Request) -> Response:
        """Have oneself erased, from everything and for good.

        The answer's `receipt_url` shows the signed receipt later, when there is no account to sign
        in with. 422 for the only owner of a workspace, who hands it over first.
        """
        form = OwnErasureSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        with tenancy.owner(reason="privacy"):
            person = User.objects.get(pk=request.user.pk)
            self._check(request, person, form.validated_data)
            job, token = erasure.request(subject=user_subject(person), requested_by=person)
            context = {**self.get_serializer_context(), "token": token}
            data = ErasureSerializer(job, context=context).data
        return Response(data, status.HTTP_202_ACCEPTED, headers={"Cache-Control": "no-store"})

    def _check(self, request: Request, person: User, told: dict[str, Any]) -> None:
        if told["email"].strip().lower() != person.email:
            raise serializers.ValidationError({"email": _("This is not your address.")})
        if not person.has_usable_password():
            return
        # A stolen token is not to be used for guessing the password.
        if not ratelimit.consume(request._request, action="reauthenticate", user=person):
            raise exceptions.Throttled(wait=60)
        if not person.check_password(told.get("password", "")):
            raise serializers.ValidationError({"password": _("This is not your password.")})


class ReceiptView(views.APIView):
    """What became of an erasure, for whoever holds the address of its receipt."""

    authentication_classes: tuple[Any, ...] = ()
    permission_classes = [AllowAny]
    without_workspace = True

    @extend_schema(responses=ReceiptSerializer)
    def get(self, request: Request, token: str) -> Response:
        with tenancy.owner(reason="privacy receipt"):
            found = ErasureRequest.objects.filter(receipt_token_digest=digest("token", token))
            job = generics.get_object_or_404(found)
        return Response(ReceiptSerializer({"status": job.status, "receipt": job.receipt}).data)


class ReceiptKeyView(views.APIView):
    """The public key that receipts are checked with."""

    authentication_classes: tuple[Any, ...] = ()
    permission_classes = [AllowAny]
    without_workspace = True

    @extend_schema(responses=ReceiptKeySerializer)
    def get(self, request: Request) -> Response:
        return Response({"algorithm": "Ed25519", "public_key": receipts.public_key()})
