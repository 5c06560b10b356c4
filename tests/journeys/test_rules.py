"""What the database refuses of the journeys' records, each rule broken on purpose."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from builder.models import ComponentIntelligence
from journeys.models import (
    ComponentWorkflowConnection,
    Contact,
    ContactWorkflowEnrichment,
    JourneyEvent,
    Lead,
    MailMessage,
    UserJourneyTracking,
    Workflow,
    WorkflowExecution,
    WorkflowSuggestion,
)
from tests.examples import Scene
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
EARLIER = NOW - dt.timedelta(days=400)

BROKEN = [
    (UserJourneyTracking, {"customization_started": True}, "customization_started"),
    (UserJourneyTracking, {"first_customization_at": NOW}, "customization_started"),
    (UserJourneyTracking, {"template_selected": False}, "template_selected"),
    (UserJourneyTracking, {"site_published": False}, "site_published"),
    (UserJourneyTracking, {"workflow_connected": True}, "workflow_connected"),
    (UserJourneyTracking, {"magic_moment_achieved": True}, "magic_moment"),
    (
        UserJourneyTracking,
        {"site_published": True, "site_published_at": EARLIER},
        "site_published_at_order",
    ),
    (UserJourneyTracking, {"first_component_added": True}, "first_component"),
    (UserJourneyTracking, {"ai_customization_used": True}, "ai_used"),
    (UserJourneyTracking, {"customization_count": -1}, "customization_count"),
    (UserJourneyTracking, {"final_quality_score": 100.5}, "final_quality_score"),
    (UserJourneyTracking, {"final_quality_score": float("nan")}, "final_quality_score"),
    (UserJourneyTracking, {"user_satisfaction": 0}, "user_satisfaction"),
    (UserJourneyTracking, {"user_satisfaction": 11}, "user_satisfaction"),
    (UserJourneyTracking, {"completion_quality": "superb"}, "completion_quality"),
    (JourneyEvent, {"event_type": "opened"}, "event_type"),
    (JourneyEvent, {"duration": -1}, "duration"),
    (JourneyEvent, {"error_message": "broke"}, "error_message"),
    (WorkflowSuggestion, {"confidence_score": 1.1}, "confidence_score"),
    (WorkflowSuggestion, {"category": "poetry"}, "category"),
    (WorkflowSuggestion, {"status": "accepted"}, "decided_at"),
    (ContactWorkflowEnrichment, {"behavior_score": -1}, "behavior_score"),
    (ContactWorkflowEnrichment, {"demographic_score": 101}, "demographic_score"),
    (ContactWorkflowEnrichment, {"engagement_score": float("nan")}, "engagement_score"),
    (ContactWorkflowEnrichment, {"emails_opened": 1}, "opened_of_received"),
    (ContactWorkflowEnrichment, {"emails_clicked": 1}, "clicked_of_received"),
    (ContactWorkflowEnrichment, {"forms_submitted": -1}, "forms_submitted"),
    (Contact, {"churn_risk": 1.01}, "churn_risk"),
    (Contact, {"ltv_prediction": -1}, "ltv_prediction"),
    (Lead, {"score": float("nan")}, "score"),
    (Lead, {"status": "asleep"}, "status"),
    (Lead, {"converted_at": NOW}, "converted_at"),
    (MailMessage, {"sent_at": NOW}, "sent_at"),
    (Workflow, {"category": "poetry"}, "category"),
    (Workflow, {"conversion_rate": 1.5}, "conversion_rate"),
    (Workflow, {"revenue_generated": -1}, "revenue_generated"),
    (Workflow, {"version": 0}, "version"),
    (WorkflowExecution, {"started_at": NOW, "finished_at": EARLIER}, "finished_at"),
    (ComponentWorkflowConnection, {"user_satisfaction_score": 0.5}, "user_satisfaction_score"),
    (ComponentWorkflowConnection, {"conversion_rate": 101}, "conversion_rate"),
    (ComponentWorkflowConnection, {"average_response_time": -1}, "average_response_time"),
    (ComponentWorkflowConnection, {"activated_at": EARLIER}, "activated_at"),
]


@pytest.fixture
def scene():
    owner = MembershipFactory(role="owner")
    return Scene(workspace=owner.workspace, user=owner.user)


@pytest.mark.parametrize(
    ("model", "values", "rule"), BROKEN, ids=lambda value: getattr(value, "__name__", None)
)
def test_a_value_out_of_its_range_is_refused(scene, model, values, rule):
    record = scene.one(model)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        model.objects.filter(pk=record.pk).update(**values)


def test_a_person_has_one_journey_in_a_project(scene):
    journey = scene.one(UserJourneyTracking)
    journey.pk = None
    with pytest.raises(IntegrityError, match="journeys_userjourneytracking_once"):
        journey.save(force_insert=True)


def test_the_same_is_suggested_once_until_it_is_answered(scene):
    first = scene.one(WorkflowSuggestion)
    again = {
        "workspace": scene.workspace,
        "component_intelligence": scene.one(ComponentIntelligence),
        "category": first.category,
        "confidence_score": 0.5,
    }
    with pytest.raises(IntegrityError, match="open_once"), transaction.atomic():
        WorkflowSuggestion.objects.create(**again)
    WorkflowSuggestion.objects.update(status="dismissed", decided_at=NOW)
    assert WorkflowSuggestion.objects.create(**again)


def test_the_lead_score_weighs_behaviour_most(scene):
    enrichment = scene.one(ContactWorkflowEnrichment)
    enrichment.behavior_score, enrichment.demographic_score = 100, 50
    enrichment.engagement_score = 10
    enrichment.save()
    enrichment.refresh_from_db()
    assert enrichment.total_lead_score == pytest.approx(0.4 * 100 + 0.3 * 50 + 0.3 * 10)


def test_the_whole_time_is_from_the_start_to_the_live_site(scene):
    journey = scene.one(UserJourneyTracking)
    assert journey.total_time_minutes is None or journey.site_published
    journey.site_published = True
    journey.site_published_at = journey.journey_started_at + dt.timedelta(minutes=22, seconds=30)
    journey.save()
    journey.refresh_from_db()
    assert journey.total_time_minutes == pytest.approx(22.5)


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        ({"event_data": {"template": "no uuid"}}, "/event_data/template"),
        ({"event_data": {"colour": "red"}}, "/event_data/colour"),
        ({"event_type": "workflow_connected", "event_data": {}}, "/event_data/component_id"),
    ],
)
def test_the_details_of_a_step_have_the_shape_of_its_type(scene, values, pointer):
    event = scene.one(JourneyEvent)
    for name, value in values.items():
        setattr(event, name, value)
    with pytest.raises(Exception, match="event_data") as caught:
        event.full_clean()
    faults = getattr(caught.value, "faults", None)
    assert faults is None or pointer in [fault.pointer for fault in faults]
    from journeys.builder_journey.details import DetailsError, check_details

    with pytest.raises(DetailsError) as told:
        check_details(event_type=event.event_type, details=event.event_data)
    assert pointer in [fault.pointer for fault in told.value.faults]


def test_what_a_workflow_remembers_has_its_shapes(scene):
    from journeys.workflows.history import HistoryError, check_history

    enrichment = scene.one(ContactWorkflowEnrichment)
    enrichment.clean()
    with pytest.raises(HistoryError) as caught:
        check_history(
            triggers=[{"trigger": "form_submitted"}],
            interactions=[{"at": "2026-11-21T09:00:00Z", "type": "opened", "colour": "red"}],
        )
    assert {fault.pointer for fault in caught.value.faults} == {
        "/workflow_triggers/0/at",
        "/interaction_history/0/colour",
    }
