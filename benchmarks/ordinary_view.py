"""What one would write without thought of load: a DRF view, a serializer, ORM saves.

It does what the door does: knows the key, takes each message once, finds the contact.
"""

from typing import Any

from django.db import transaction
from django.urls import path
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.keys import hash_key
from accounts.models import ApiKey
from journeys.ingest.messages import digest
from journeys.models import Contact, ContactIdentity, Event, EventReceipt


class KeyAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[None, ApiKey]:
        secret = request.headers.get("authorization", "").removeprefix("Bearer ")
        key = ApiKey.objects.filter(hashed_key=hash_key(secret), revoked_at=None).first()
        if key is None:
            raise AuthenticationFailed
        return None, key


class EventSerializer(serializers.Serializer):  # type: ignore[type-arg]
    messageId = serializers.CharField(max_length=200)  # noqa: N815 - as clients spell it
    type = serializers.ChoiceField(choices=Event.Type.choices)
    event = serializers.CharField(max_length=200)
    anonymousId = serializers.CharField(max_length=254)  # noqa: N815
    timestamp = serializers.DateTimeField()
    properties = serializers.DictField()
    context = serializers.DictField()

    def create(self, validated_data: dict[str, Any]) -> Event | None:
        key: ApiKey = self.context["key"]
        workspace = key.workspace_id
        _receipt, is_new = EventReceipt.objects.get_or_create(
            workspace_id=workspace, message_digest=digest(validated_data["messageId"])
        )
        if not is_new:
            return None
        return Event.objects.create(
            workspace_id=workspace,
            project_id=key.scopes[0].removeprefix("project:"),
            contact_id=self._contact(validated_data["anonymousId"], workspace),
            type=validated_data["type"],
            event_name=validated_data["event"],
            properties=validated_data["properties"],
            context=validated_data["context"],
            timestamp=validated_data["timestamp"],
            message_id=validated_data["messageId"],
            anonymous_id=validated_data["anonymousId"],
            user_agent=validated_data["context"]["userAgent"],
        )

    def _contact(self, anonymous_id: str, workspace: Any) -> Any:
        """Its time of the last visit is not written: batches that do so in turn deadlock."""
        name = {"workspace_id": workspace, "kind": "anonymous_id", "value": anonymous_id}
        identity = ContactIdentity.objects.filter(**name).first()
        if identity is None:
            contact = Contact.objects.create(workspace_id=workspace)
            identity = ContactIdentity.objects.create(contact=contact, **name)
        return identity.contact_id


class BatchView(APIView):
    authentication_classes = [KeyAuthentication]
    permission_classes = []
    throttle_classes = []

    def post(self, request: Request) -> Response:
        serializer = EventSerializer(
            data=request.data["batch"], many=True, context={"key": request.auth}
        )
        serializer.is_valid(raise_exception=True)
        with transaction.atomic():
            serializer.save()
        return Response({"success": True})


urlpatterns = [path("v1/batch", BatchView.as_view())]
