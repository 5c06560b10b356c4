from rest_framework import serializers

from accounts.api.base import WorkspaceRelatedField, WorkspaceSerializer
from journeys.models import (
    ContactWorkflowEnrichment,
    JourneyEvent,
    UserJourneyTracking,
    Workflow,
    WorkflowSuggestion,
)


class JourneySerializer(WorkspaceSerializer):
    class Meta:
        model = UserJourneyTracking
        fields = [
            "id", "user", "session_id", "project", "template",
            "journey_started_at", "template_selected_at", "first_customization_at",
            "first_workflow_connected_at", "site_published_at", "magic_moment_achieved_at",
            "template_selected", "customization_started", "first_component_added",
            "ai_customization_used", "workflow_connected", "site_previewed", "site_published",
            "magic_moment_achieved", "total_time_minutes", "customization_count",
            "ai_requests_count", "components_added", "workflows_created", "final_quality_score",
            "user_satisfaction", "completion_quality", "pain_points", "success_factors",
            "final_template_config", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields


class JourneyEventSerializer(WorkspaceSerializer):
    class Meta:
        model = JourneyEvent
        fields = [
            "id", "journey", "timestamp", "event_type", "event_data", "duration", "success",
            "error_message",
        ]  # fmt: skip
        read_only_fields = fields


class SuggestionSerializer(WorkspaceSerializer):
    class Meta:
        model = WorkflowSuggestion
        fields = [
            "id", "component_intelligence", "category", "confidence_score", "status", "decided_at",
            "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields


class AcceptanceSerializer(serializers.Serializer[WorkflowSuggestion]):
    """Which workflow the component shall start; none: one made by the category's recipe."""

    workflow = WorkspaceRelatedField(queryset=Workflow.objects.all(), required=False)


class EnrichmentSerializer(WorkspaceSerializer):
    last_updated = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = ContactWorkflowEnrichment
        fields = [
            "id", "contact", "workflow", "workflow_triggers", "interaction_history",
            "behavior_score", "demographic_score", "engagement_score", "total_lead_score",
            "emails_received", "emails_opened", "emails_clicked", "forms_submitted",
            "pages_visited", "last_updated", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields
