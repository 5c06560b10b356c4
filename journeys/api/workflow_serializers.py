from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.base import WorkspaceRelatedField, WorkspaceSerializer
from accounts.faults import Fault
from builder.models import Project
from journeys.mail.models import MailMessage
from journeys.workflows import lifecycle, recipes
from journeys.workflows.definition import check_definition, check_trigger
from journeys.workflows.models import (
    ComponentWorkflowConnection,
    Workflow,
    WorkflowExecution,
)


class WorkflowSerializer(WorkspaceSerializer):
    average_execution_time = serializers.FloatField(
        read_only=True, allow_null=True, help_text="Milliseconds from start to end."
    )
    success_rate = serializers.FloatField(read_only=True, allow_null=True, help_text="0..1")
    error_rate = serializers.FloatField(read_only=True, allow_null=True, help_text="0..1")
    signing_secret = serializers.SerializerMethodField(
        help_text="What its webhooks are signed with: in the answer to the request that brought "
        "its first webhook, and never again."
    )

    class Meta:
        model = Workflow
        fields = [
            "id",
            "project",
            "name",
            "category",
            "status",
            "trigger",
            "definition",
            "version",
            "component_intelligence",
            "suggested_by_ai",
            "ai_confidence_score",
            "average_execution_time",
            "success_rate",
            "error_rate",
            "crm_contacts_created",
            "crm_activities_generated",
            "email_campaigns_triggered",
            "conversion_rate",
            "revenue_generated",
            "customer_lifetime_value",
            "signing_secret",
            "created_at",
            "updated_at",
        ]
        read_only_fields = [
            "status",
            "version",
            "suggested_by_ai",
            "ai_confidence_score",
            "crm_contacts_created",
            "crm_activities_generated",
            "email_campaigns_triggered",
            "conversion_rate",
            "revenue_generated",
            "customer_lifetime_value",
        ]
        extra_kwargs = {"definition": {"required": True}}

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_signing_secret(self, workflow: Workflow) -> str | None:
        secret: str | None = self.context.get("signing_secret")
        return secret

    def validate_definition(self, definition: Any) -> Any:
        return _whole(definition, check_definition(definition))

    def validate_trigger(self, trigger: Any) -> Any:
        return _whole(trigger, check_trigger(trigger))

    def update(self, instance: Any, validated_data: dict[str, Any]) -> Any:
        definition = validated_data.pop("definition", None)
        workflow = super().update(instance, validated_data)
        if definition is not None:
            changed = lifecycle.redefine(workflow=workflow, definition=definition)
            workflow.definition, workflow.version = changed.definition, changed.version
        return workflow


def _whole(document: Any, faults: list[Fault]) -> Any:
    """The document; raises ValidationError with a pointer into it for every fault."""
    if faults:
        raise serializers.ValidationError(
            {
                fault.pointer or "/": [serializers.ErrorDetail(fault.detail, fault.code)]
                for fault in faults
            }
        )
    return document


class RecipeSerializer(serializers.Serializer[Workflow]):
    recipe = serializers.ChoiceField(choices=sorted(recipes.RECIPES))
    project = WorkspaceRelatedField(queryset=Project.objects.all())
    name = serializers.CharField(max_length=120, default="")


class ExecutionSerializer(WorkspaceSerializer):
    execution_time = serializers.SerializerMethodField(help_text="Milliseconds, waits included.")

    class Meta:
        model = WorkflowExecution
        fields = [
            "id",
            "workflow",
            "workflow_version",
            "project",
            "contact",
            "connection",
            "component_id",
            "status",
            "step_index",
            "attempts",
            "due_at",
            "triggered_at",
            "started_at",
            "finished_at",
            "execution_time",
            "trigger_data",
            "log",
            "error_message",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields

    def get_execution_time(self, execution: WorkflowExecution) -> float | None:
        taken = execution.execution_time
        return None if taken is None else taken.total_seconds() * 1000


class ConnectionSerializer(WorkspaceSerializer):
    project = serializers.UUIDField(source="component_intelligence.project_id", read_only=True)
    component_id = serializers.CharField(
        source="component_intelligence.component_id", read_only=True
    )

    class Meta:
        model = ComponentWorkflowConnection
        fields = [
            "id",
            "project",
            "component_id",
            "component_intelligence",
            "workflow",
            "suggestion",
            "status",
            "connection_config",
            "trigger_count",
            "success_count",
            "error_count",
            "average_response_time",
            "user_satisfaction_score",
            "conversion_rate",
            "engagement_score",
            "connected_at",
            "activated_at",
            "last_triggered_at",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields


class NewConnectionSerializer(serializers.Serializer[ComponentWorkflowConnection]):
    project = WorkspaceRelatedField(queryset=Project.objects.all())
    component_id = serializers.CharField(max_length=128)
    workflow = WorkspaceRelatedField(queryset=Workflow.objects.all())


class MailMessageSerializer(WorkspaceSerializer):
    class Meta:
        model = MailMessage
        fields = [
            "id",
            "execution",
            "step_index",
            "contact",
            "to_address",
            "reply_to",
            "from_name",
            "subject",
            "text",
            "html",
            "language",
            "status",
            "attempts",
            "due_at",
            "sent_at",
            "error_message",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields
