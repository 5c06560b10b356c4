"""What check_data finds of workflows and journeys."""

import pytest
from django.utils import timezone

from accounts import checking
from builder.models import Project
from journeys.builder_journey import recording
from journeys.models import (
    ComponentWorkflowConnection,
    JourneyEvent,
    MailMessage,
    UserJourneyTracking,
    Workflow,
    WorkflowExecution,
)
from tests.examples import Scene
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    owner = MembershipFactory(role="owner")
    return Scene(workspace=owner.workspace, user=owner.user)


def findings(name):
    ((_check, found),) = checking.run([f"journeys.{name}"])
    return [finding.key for finding in found]


@pytest.mark.parametrize(
    ("status", "counter"),
    [("succeeded", "success_count"), ("failed", "error_count"), ("running", "trigger_count")],
)
def test_an_execution_that_was_not_counted_is_found(scene, status, counter):
    execution, now = scene.one(WorkflowExecution), timezone.now()
    ComponentWorkflowConnection.objects.update(trigger_count=1, success_count=1, error_count=1)
    WorkflowExecution.objects.filter(pk=execution.pk).update(status=status, started_at=now)
    assert findings("connection_counts_agree") == []
    ComponentWorkflowConnection.objects.update(**{counter: 0})
    assert findings("connection_counts_agree") == [str(execution.connection_id)]


def test_executions_that_are_gone_are_no_fault(scene):
    scene.one(WorkflowExecution)
    ComponentWorkflowConnection.objects.update(trigger_count=1, success_count=1)
    WorkflowExecution.objects.all().delete()
    assert findings("connection_counts_agree") == []


def test_a_mail_that_was_not_counted_is_found(scene):
    mail = scene.one(MailMessage)
    Workflow.objects.update(email_campaigns_triggered=1)
    assert findings("workflow_counts_agree") == []
    Workflow.objects.update(email_campaigns_triggered=0)
    assert findings("workflow_counts_agree") == [str(mail.execution.workflow_id)]


def test_a_lead_without_an_activity_is_found(scene):
    workflow = scene.one(Workflow)
    Workflow.objects.update(crm_contacts_created=2, crm_activities_generated=2)
    assert findings("workflow_counts_agree") == []
    Workflow.objects.update(crm_activities_generated=1)
    assert findings("workflow_counts_agree") == [str(workflow.pk)]


@pytest.fixture
def journey(scene):
    """One in which everything was done but publishing."""
    project = scene.one(Project)
    UserJourneyTracking.objects.all().delete()
    recording.begin(project=project, user_id=scene.user.pk)
    steps = {
        "customized": {"document": "page", "page_key": "home"},
        "component_added": {"component_id": "form"},
        "ai_requested": {"purpose": "headline"},
        "workflow_connected": {"component_id": "form", "workflow": str(scene.one(Workflow).pk)},
        "site_previewed": {"release": str(project.pk)},
    }
    for event_type, details in steps.items():
        recording.record(
            project_id=project.pk,
            event_type=event_type,
            details=details,
            user_id=scene.user.pk,
        )
    return UserJourneyTracking.objects.get()


@pytest.mark.parametrize(
    ("counter", "flag"),
    [
        ("customization_count", "customization_started"),
        ("components_added", "first_component_added"),
        ("ai_requests_count", "ai_customization_used"),
        ("workflows_created", "workflow_connected"),
    ],
)
def test_a_step_that_was_not_counted_is_found(journey, counter, flag):
    assert findings("journey_counts_agree") == []
    nothing = {counter: 0}
    if counter in ("components_added", "ai_requests_count"):
        nothing[flag] = False
    UserJourneyTracking.objects.update(**nothing)
    assert findings("journey_counts_agree") == [str(journey.pk)]


@pytest.mark.parametrize(
    "milestone",
    [
        {"template_selected": False, "template_selected_at": None},
        {"customization_started": False, "first_customization_at": None},
        {"workflow_connected": False, "first_workflow_connected_at": None},
        {"site_previewed": False},
    ],
)
def test_a_milestone_that_was_not_set_is_found(journey, milestone):
    assert findings("milestone_is_reached") == []
    UserJourneyTracking.objects.update(**milestone)
    assert findings("milestone_is_reached") == [str(journey.pk)]


@pytest.mark.parametrize("event_type", ["site_published", "magic_moment"])
def test_the_end_of_a_journey_that_was_not_set_is_found(journey, event_type):
    JourneyEvent.objects.create(
        workspace=journey.workspace,
        journey=journey,
        timestamp=timezone.now(),
        event_type=event_type,
    )
    assert findings("milestone_is_reached") == [str(journey.pk)]


def test_events_of_old_months_may_be_gone(journey):
    JourneyEvent.objects.all().delete()
    assert findings("journey_counts_agree") == findings("milestone_is_reached") == []
