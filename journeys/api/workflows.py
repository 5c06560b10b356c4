"""Workflows, their executions, their connections and their mail."""

from typing import Any

from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.api.base import (
    ReadOnlyWorkspaceViewSet,
    RolePermission,
    WorkspaceQueryset,
    WorkspaceViewSet,
)
from accounts.api.views import person_of
from builder.api.summaries import ProjectSummary
from journeys.api.visitor_serializers import ContactSerializer
from journeys.api.workflow_serializers import (
    ConnectionSerializer,
    ExecutionSerializer,
    MailMessageSerializer,
    NewConnectionSerializer,
    RecipeSerializer,
    WorkflowSerializer,
)
from journeys.mail.models import MailMessage
from journeys.workflows import connections, executions, lifecycle, recipes, signing
from journeys.workflows.models import (
    ComponentWorkflowConnection,
    Workflow,
    WorkflowExecution,
)

STEPS_EXAMPLE = {
    "name": "Contact form to lead",
    "trigger": {"event": "form_submitted"},
    "definition": {
        "steps": [
            {"kind": "create_or_update_lead"},
            {"kind": "wait", "seconds": 300},
            {
                "kind": "send_mail",
                "to": "{{ contact.email }}",
                "subject": "Thank you, {{ form.name }}",
                "body": "We have your message and will answer soon.",
            },
            {"kind": "notify_member", "member": "owner"},
            {"kind": "call_webhook", "url": "https://crm.example.com/leads"},
        ]
    },
}


class WorkflowViewSet(WorkspaceViewSet):
    """What happens after a visitor has sent a form, step by step."""

    queryset = Workflow.objects.with_figures().order_by("-id")
    serializer_class = WorkflowSerializer
    filterset_fields = ["project", "status", "category", "component_intelligence"]
    search_fields = ["name"]
    ordering_fields = ["created_at", "category"]
    expandable = {"project": ProjectSummary}

    @extend_schema(examples=[OpenApiExample("A workflow", STEPS_EXAMPLE, request_only=True)])
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Write a workflow; it is a draft until it is activated."""
        return _unkept(super().create(request, *args, **kwargs))

    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return _unkept(super().partial_update(request, *args, **kwargs))

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        super().perform_create(serializer)
        self._give_secret(serializer)

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        super().perform_update(serializer)
        self._give_secret(serializer)

    def _give_secret(self, serializer: BaseSerializer[Any]) -> None:
        """The one look at a signing secret is the answer that follows."""
        workflow: Any = serializer.instance
        secret = signing.give_secret(workflow=workflow, by=person_of(self.request))
        serializer.context["signing_secret"] = secret  # type: ignore[index]

    @extend_schema(request=RecipeSerializer, responses={201: WorkflowSerializer})
    @action(detail=False, methods=["post"], url_path="from-recipe")
    def from_recipe(self, request: Request) -> Response:
        """Make a ready-made workflow for a project, active at once."""
        form = RecipeSerializer(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        wanted = form.validated_data
        make = recipes.RECIPES[wanted["recipe"]]
        workflow = make(project=wanted["project"], name=wanted["name"])
        return Response(self.get_serializer(workflow).data, status.HTTP_201_CREATED)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def activate(self, request: Request, **kwargs: Any) -> Response:
        """Let it run: its connections become active."""
        return self._answer(lifecycle.activate(workflow=self.get_object()))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def pause(self, request: Request, **kwargs: Any) -> Response:
        """Start nothing new; executions under way wait."""
        return self._answer(lifecycle.pause(workflow=self.get_object()))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def archive(self, request: Request, **kwargs: Any) -> Response:
        """End it for good; executions under way are called off."""
        return self._answer(lifecycle.archive(workflow=self.get_object()))

    def _answer(self, workflow: Workflow) -> Response:
        return Response(self.get_serializer(workflow).data)


def _unkept(answer: Response) -> Response:
    """An answer with a secret is kept by nobody, neither caches nor for retries."""
    if answer.data.get("signing_secret"):
        answer["Cache-Control"] = "no-store"
    return answer


class ExecutionViewSet(ReadOnlyWorkspaceViewSet):
    """The runs of workflows, each with its log."""

    queryset = WorkflowExecution.objects.order_by("-id")
    serializer_class = ExecutionSerializer
    filterset_fields = ["workflow", "project", "contact", "connection", "status"]
    ordering_fields = ["status"]
    expandable = {
        "workflow": WorkflowSerializer,
        "contact": ContactSerializer,
        "project": ProjectSummary,
    }

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, **kwargs: Any) -> Response:
        """Take up a failed or cancelled run where it stopped."""
        return self._answer(executions.retry(execution=self.get_object()))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, **kwargs: Any) -> Response:
        """Stop a run before its next step."""
        return self._answer(executions.cancel(execution=self.get_object()))

    def _answer(self, execution: WorkflowExecution) -> Response:
        return Response(self.get_serializer(execution).data)


class ConnectionFilter(filters.FilterSet):
    project = filters.UUIDFilter(field_name="component_intelligence__project")
    component_id = filters.CharFilter(field_name="component_intelligence__component_id")

    class Meta:
        model = ComponentWorkflowConnection
        fields = ["workflow", "status", "component_intelligence", "suggestion"]


class ConnectionViewSet(
    WorkspaceQueryset,
    mixins.RetrieveModelMixin,
    mixins.ListModelMixin,
    viewsets.GenericViewSet[ComponentWorkflowConnection],
):
    """Which component of a page starts which workflow."""

    queryset = ComponentWorkflowConnection.objects.select_related(
        "component_intelligence", "workflow"
    ).order_by("-id")
    serializer_class = ConnectionSerializer
    permission_classes = [RolePermission]
    filterset_class = ConnectionFilter
    ordering_fields = ["status"]
    expandable = {"workflow": WorkflowSerializer}

    @extend_schema(request=NewConnectionSerializer, responses={201: ConnectionSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Tie a component to a workflow; the same again gives the same connection."""
        form = NewConnectionSerializer(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        connection = connections.connect(**form.validated_data)
        return Response(self.get_serializer(connection).data, status.HTTP_201_CREATED)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def pause(self, request: Request, **kwargs: Any) -> Response:
        """Let the component start nothing for a while."""
        return self._answer(connections.pause(connection=self.get_object()))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, **kwargs: Any) -> Response:
        """End a pause."""
        return self._answer(connections.resume(connection=self.get_object()))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def disconnect(self, request: Request, **kwargs: Any) -> Response:
        """Untie them; the figures stay."""
        return self._answer(connections.disconnect(connection=self.get_object()))

    def _answer(self, connection: ComponentWorkflowConnection) -> Response:
        return Response(self.get_serializer(connection).data)


class MailMessageViewSet(ReadOnlyWorkspaceViewSet):
    """Mail that workflows have written, sent or about to be."""

    queryset = MailMessage.objects.order_by("-id")
    serializer_class = MailMessageSerializer
    filterset_fields = ["execution", "contact", "status", "to_address"]
    ordering_fields = ["status"]
