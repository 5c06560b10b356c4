"""Workflows' days: counted whole, late, twice, and after a move of the time zone."""

import datetime as dt

import pytest
from django.utils import timezone

from analytics.models import WorkflowAnalytics
from analytics.workflow_figures import roll_up_workflows
from tests.journeys.workflow_scene import make_execution, make_project, make_workflow

pytestmark = pytest.mark.django_db


def at(day, hour):
    return dt.datetime(2026, 11, day, hour, tzinfo=dt.UTC)


def days():
    return {
        row.period_start: (
            row.total_executions,
            row.successful_executions,
            row.failed_executions,
        )
        for row in WorkflowAnalytics.objects.all()
    }


@pytest.fixture
def workflow(db):
    return make_workflow(make_project())


def run(workflow, when, status="succeeded", seconds=2, **fields):
    return make_execution(
        workflow,
        now=when,
        status=status,
        contact=None,
        started_at=when,
        finished_at=when + dt.timedelta(seconds=seconds),
        **fields,
    )


def test_days_are_the_workspaces_own(workflow):
    """Midnight in Riyadh is 21:00 UTC."""
    run(workflow, at(18, 20))
    run(workflow, at(18, 21), status="failed")
    run(workflow, at(18, 22), status="cancelled")
    assert roll_up_workflows(now=timezone.now()) == 2
    assert days() == {at(17, 21): (1, 1, 0), at(18, 21): (2, 0, 1)}
    row = WorkflowAnalytics.objects.get(period_start=at(18, 21))
    assert row.period_end == at(19, 21)
    assert row.average_execution_time == 2000


def test_twice_is_once_and_late_is_not_lost(workflow):
    first = run(workflow, at(18, 9), status="failed")
    roll_up_workflows(now=timezone.now())
    before = list(WorkflowAnalytics.objects.values("id", "total_executions"))
    roll_up_workflows(now=timezone.now())
    assert list(WorkflowAnalytics.objects.values("id", "total_executions")) == before
    first.status = "succeeded"
    first.save()
    run(workflow, at(18, 10))
    roll_up_workflows(now=timezone.now())
    assert days() == {at(17, 21): (2, 2, 0)}


def test_leads_mails_and_new_contacts_are_those_of_the_executions(workflow):
    from tests.journeys.factories import ContactFactory

    when = timezone.now()
    known = ContactFactory(workspace=workflow.workspace)
    type(known).objects.filter(pk=known.pk).update(created_at=when - dt.timedelta(days=40))
    new = ContactFactory(workspace=workflow.workspace)
    entry = {"at": when.isoformat(), "kind": "create_or_update_lead", "lead": "x", "created": True}
    first = run(workflow, when, log=[entry])
    run(workflow, when, log=[entry | {"created": False}])
    for contact, log in ((known, []), (new, [])):
        row = run(workflow, when, log=log)
        type(row).objects.filter(pk=row.pk).update(contact=contact)
    for number, status in enumerate(["sent", "queued"]):
        first.mails.create(
            workspace=workflow.workspace,
            step_index=number,
            to_address="x@example.com",
            subject="Thanks",
            text="…",
            due_at=when,
            status=status,
        )
    roll_up_workflows(now=timezone.now())
    row = WorkflowAnalytics.objects.get()
    assert (row.total_executions, row.opportunities_generated, row.contacts_created) == (4, 1, 1)
    assert (row.conversion_rate, row.emails_sent, row.currency) == (0.5, 1, "SAR")
    # Nobody measures these yet: empty is not nought.
    assert (row.email_open_rate, row.email_click_rate, row.unsubscribe_rate) == (None, None, None)


def test_a_moved_time_zone_moves_the_days(workflow):
    run(workflow, at(18, 20))
    run(workflow, at(18, 22))
    roll_up_workflows(now=timezone.now())
    assert len(days()) == 2
    workflow.workspace.timezone = "UTC"
    workflow.workspace.save()
    run(workflow, at(18, 23))
    roll_up_workflows(now=timezone.now())
    assert days() == {at(18, 0): (3, 3, 0)}


def test_workspaces_are_counted_apart(workflow):
    other = make_workflow(make_project())
    for each in (workflow, other, other):
        run(each, at(18, 9))
    roll_up_workflows(now=timezone.now())
    found = WorkflowAnalytics.objects.values_list("workspace", "total_executions")
    assert dict(found) == {workflow.workspace_id: 1, other.workspace_id: 2}
