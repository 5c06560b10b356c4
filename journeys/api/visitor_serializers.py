from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.api.base import WorkspaceSerializer
from journeys.identity import contacts
from journeys.identity.names import email_address
from journeys.leads import stages
from journeys.models import Contact, ContactIdentity, Event, IngestCount, Lead


class IdentitySerializer(serializers.ModelSerializer[ContactIdentity]):
    class Meta:
        model = ContactIdentity
        fields = ["kind", "value", "created_at"]


class ContactSerializer(WorkspaceSerializer):
    identities = IdentitySerializer(many=True, read_only=True)
    user_id = serializers.CharField(
        write_only=True,
        required=False,
        max_length=254,
        help_text="The id that your own site knows the person by; given once.",
    )
    traits = serializers.DictField(
        required=False, help_text="What is known of the person; replaced as a whole."
    )

    class Meta:
        model = Contact
        fields = [
            "id",
            "email",
            "user_id",
            "identities",
            "traits",
            "segment",
            "ltv_prediction",
            "churn_risk",
            "last_seen",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["ltv_prediction", "churn_risk", "last_seen"]

    def validate_email(self, value: str) -> str:
        return _address(value)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        known = any(attrs.get(name) for name in ("email", "user_id", "traits"))
        if self.instance is None and not known:
            text = _("An e-mail address, a user id or traits: something to know the person by.")
            raise serializers.ValidationError(text)
        return attrs

    def create(self, validated_data: dict[str, Any]) -> Contact:
        return contacts.create(**validated_data)

    def update(self, instance: Contact, validated_data: dict[str, Any]) -> Contact:
        email = validated_data.pop("email", instance.email)
        contact: Contact = super().update(instance, validated_data)
        return (
            contact
            if email == contact.email
            else contacts.give_address(contact=contact, email=email)
        )


class EventSerializer(WorkspaceSerializer):
    class Meta:
        model = Event
        fields = [
            "id",
            "type",
            "event_name",
            "project",
            "contact",
            "properties",
            "context",
            "timestamp",
            "received_at",
            "session_id",
            "message_id",
            "anonymous_id",
            "ip_address",
            "user_agent",
            "path",
            "utm_source",
        ]


class LeadSerializer(WorkspaceSerializer):
    properties = serializers.DictField(required=False)

    class Meta:
        model = Lead
        fields = [
            "id",
            "project",
            "contact",
            "email",
            "phone",
            "name",
            "company",
            "job_title",
            "source",
            "score",
            "qualified",
            "status",
            "properties",
            "last_contacted",
            "converted_at",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["last_contacted", "converted_at"]

    def validate_email(self, value: str) -> str:
        return _address(value)

    def validate_status(self, value: str) -> str:
        if self.instance is None and value != Lead.Status.NEW:
            raise serializers.ValidationError(_("A lead begins as new."), code="transition")
        return value

    def update(self, instance: Lead, validated_data: dict[str, Any]) -> Lead:
        """Move the lead, and write the rest; an illegal move is a TransitionError (422)."""
        status = validated_data.pop("status", instance.status)
        with transaction.atomic():
            moved = stages.move(lead=instance, status=status, now=timezone.now())
            lead: Lead = super().update(moved, validated_data)
        return lead


def _address(value: str) -> str:
    """The address in lower case. Raises ValidationError for what is none."""
    address = email_address(value)
    if value and not address:
        raise serializers.ValidationError(_("This is not an e-mail address."))
    return address


class IngestCountSerializer(WorkspaceSerializer):
    class Meta:
        model = IngestCount
        fields = ["id", "key", "hour", "outcome", "reason", "count", "updated_at"]
