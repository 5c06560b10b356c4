from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.api.base import WorkspaceSerializer
from journeys.identity.names import email_address
from journeys.leads import stages
from journeys.models import Contact, ContactIdentity, Event, IngestCount, Lead


class IdentitySerializer(serializers.ModelSerializer[ContactIdentity]):
    class Meta:
        model = ContactIdentity
        fields = ["kind", "value", "created_at"]


class ContactSerializer(WorkspaceSerializer):
    identities = IdentitySerializer(many=True, read_only=True)
    traits = serializers.DictField(
        required=False, help_text="What is known of the person; replaced as a whole."
    )

    class Meta:
        model = Contact
        fields = [
            "id",
            "email",
            "identities",
            "traits",
            "segment",
            "ltv_prediction",
            "churn_risk",
            "last_seen",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["email", "ltv_prediction", "churn_risk", "last_seen"]


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
        address = email_address(value)
        if value and not address:
            raise serializers.ValidationError(_("This is not an e-mail address."))
        return address

    def validate_status(self, value: str) -> str:
        if isinstance(self.instance, Lead):
            if not stages.can_move(lead=self.instance, status=value):
                error = stages.LeadTransitionError(self.instance, value)
                raise serializers.ValidationError(str(error), code="transition")
        elif value != Lead.Status.NEW:
            raise serializers.ValidationError(_("A lead begins as new."), code="transition")
        return value

    def update(self, instance: Lead, validated_data: dict[str, Any]) -> Lead:
        status = validated_data.pop("status", instance.status)
        lead: Lead = super().update(instance, validated_data)
        return stages.move(lead=lead, status=status, now=timezone.now())


class IngestCountSerializer(WorkspaceSerializer):
    class Meta:
        model = IngestCount
        fields = ["id", "key", "hour", "outcome", "reason", "count", "updated_at"]
