"""A visitor who wrote, and what the workflow made of it."""

import datetime as dt

from django.utils import timezone

from builder.models import ComponentIntelligence, Project
from journeys.models import (
    ComponentWorkflowConnection,
    Contact,
    ContactIdentity,
    ContactWorkflowEnrichment,
    Event,
    EventReceipt,
    IngestCount,
    JourneyEvent,
    Lead,
    MailMessage,
    UserJourneyTracking,
    Workflow,
    WorkflowExecution,
    WorkflowSuggestion,
)
from journeys.workflows import connections, history, recipes
from tests.examples import Scene, example
from tests.journeys.factories import ContactFactory, EventFactory, IdentityFactory, LeadFactory
from tests.journeys.workflow_scene import make_execution


@example(Contact)
def contact(scene: Scene) -> Contact:
    return ContactFactory(workspace=scene.workspace)


@example(ContactIdentity)
def identity(scene: Scene) -> ContactIdentity:
    return IdentityFactory(contact=scene.one(Contact))


@example(Event)
def event(scene: Scene) -> Event:
    return EventFactory(contact=scene.one(Contact), project=scene.one(Project))


@example(EventReceipt)
def receipt(scene: Scene) -> EventReceipt:
    return EventReceipt.objects.create(
        workspace=scene.workspace, message_digest="0199a000-0000-7000-8000-00000000beef"
    )


@example(IngestCount)
def ingest_count(scene: Scene) -> IngestCount:
    hour = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    return IngestCount.objects.create(
        workspace=scene.workspace, hour=hour, outcome="accepted", count=1
    )


@example(Lead)
def lead(scene: Scene) -> Lead:
    return LeadFactory(contact=scene.one(Contact), project=scene.one(Project))


@example(Workflow)
def workflow(scene: Scene) -> Workflow:
    return recipes.lead_capture(project=scene.one(Project))


@example(ComponentWorkflowConnection)
def connection(scene: Scene) -> ComponentWorkflowConnection:
    return connections.connect(
        project=scene.one(Project),
        component_id=scene.one(ComponentIntelligence).component_id,
        workflow=scene.one(Workflow),
    )


@example(WorkflowExecution)
def execution(scene: Scene) -> WorkflowExecution:
    return make_execution(
        scene.one(Workflow),
        contact=scene.one(Contact),
        connection=scene.one(ComponentWorkflowConnection),
    )


@example(MailMessage)
def mail(scene: Scene) -> MailMessage:
    return scene.one(WorkflowExecution).mails.create(
        workspace=scene.workspace,
        step_index=1,
        to_address="x@example.com",
        subject="Thank you",
        text="We have your message.",
        due_at=timezone.now(),
    )


@example(WorkflowSuggestion)
def suggestion(scene: Scene) -> WorkflowSuggestion:
    return WorkflowSuggestion.objects.create(
        workspace=scene.workspace,
        component_intelligence=scene.one(ComponentIntelligence),
        category="newsletter",
        confidence_score=0.8,
    )


@example(ContactWorkflowEnrichment)
def enrichment(scene: Scene) -> ContactWorkflowEnrichment:
    execution = scene.one(WorkflowExecution)
    started = history.trigger(
        at=execution.triggered_at,
        name="form_submitted",
        component_id=execution.component_id,
        execution_id=execution.pk,
    )
    return ContactWorkflowEnrichment.objects.create(
        workspace=scene.workspace,
        contact=scene.one(Contact),
        workflow=scene.one(Workflow),
        workflow_triggers=[started],
        behavior_score=60,
        engagement_score=40,
        forms_submitted=1,
    )


@example(UserJourneyTracking)
def journey(scene: Scene) -> UserJourneyTracking:
    project, now = scene.one(Project), timezone.now()
    made, _created = UserJourneyTracking.objects.get_or_create(
        workspace=scene.workspace,
        user=scene.user,
        project=project,
        defaults={
            "template": project.template,
            "journey_started_at": now,
            "template_selected": True,
            "template_selected_at": now,
        },
    )
    return made


@example(JourneyEvent)
def journey_event(scene: Scene) -> JourneyEvent:
    return JourneyEvent.objects.create(
        workspace=scene.workspace,
        journey=scene.one(UserJourneyTracking),
        timestamp=timezone.now(),
        event_type="template_selected",
        event_data={"template": str(scene.one(Project).template_id), "slug": "marram"},
    )
