"""What is kept of a contact: as an archive, and erased."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import tenancy
from accounts.api.base import RolePermission, WorkspaceQueryset
from accounts.api.privacy import (
    ERASURE_EXAMPLE,
    EXPORT_EXAMPLE,
    DataExportSerializer,
    ErasureSerializer,
)
from accounts.models import ADMINS, User
from accounts.privacy import archives, erasure
from journeys.api.visitor_serializers import ContactSerializer
from journeys.models import Contact
from journeys.privacy import contact_subject


class ContactPrivacyViewSet(WorkspaceQueryset, viewsets.GenericViewSet[Contact]):
    """For the workspace's owners and admins, as persons: no program erases anybody."""

    queryset = Contact.objects.order_by("-id")
    serializer_class = ContactSerializer
    permission_classes = [RolePermission]
    writers = ADMINS

    @extend_schema(
        request=None,
        responses={202: DataExportSerializer},
        examples=[OpenApiExample("Asked for", EXPORT_EXAMPLE, response_only=True)],
    )
    @action(detail=True, methods=["post"], url_path="export")
    def export_person(self, request: Request, **kwargs: Any) -> Response:
        """Ask for an archive of everything that the workspace keeps about the contact.

        It is at `privacy/exports/` in a minute or so.
        """
        subject = contact_subject(self.get_object())
        person = request.user if isinstance(request.user, User) else None
        with tenancy.owner(reason="privacy"):
            export = archives.request(subject=subject, requested_by=person)
            data = DataExportSerializer(export, context=self.get_serializer_context()).data
        return Response(data, status.HTTP_202_ACCEPTED)

    @extend_schema(
        request=None,
        responses={202: ErasureSerializer},
        examples=[OpenApiExample("Asked for", ERASURE_EXAMPLE, response_only=True)],
    )
    @action(detail=True, methods=["post"], url_path="erase")
    def erase_person(self, request: Request, **kwargs: Any) -> Response:
        """Have the contact erased from the workspace, for good; the receipt is with the erasure."""
        subject = contact_subject(self.get_object())
        person = request.user if isinstance(request.user, User) else None
        with tenancy.owner(reason="privacy"):
            job, token = erasure.request(subject=subject, requested_by=person)
            context = {**self.get_serializer_context(), "token": token}
            data = ErasureSerializer(job, context=context).data
        return Response(data, status.HTTP_202_ACCEPTED, headers={"Cache-Control": "no-store"})
