"""Executions under way: order, failure, waiting, workers that die, two workers at once."""

import datetime
import multiprocessing
import os
import threading

import pytest
from django.db import connection
from pydantic import Field

from accounts.models import TransitionError
from journeys.models import (
    ComponentWorkflowConnection,
    Lead,
    MailMessage,
    Workflow,
    WorkflowExecution,
)
from journeys.workflows import definition, engine, executions
from journeys.workflows.step import Outcome, Step
from tests.journeys import workflow_scene as scene
from tests.journeys.receiver import receiver

pytestmark = pytest.mark.django_db

LEAD = {"kind": "create_or_update_lead"}
THANKS = {"kind": "send_mail", "subject": "Thank you, {{ form.name }}", "body": "Soon."}
TELL = {"kind": "notify_member"}


@pytest.fixture
def clock():
    return scene.Clock()


@pytest.fixture
def project(db):
    return scene.make_project()


@pytest.fixture
def hook(settings):
    with receiver() as played:
        settings.WEBHOOK_ALLOWED_HOSTS = [played.host]
        yield played


def run(execution, clock):
    engine.advance_due(clock=clock)
    execution.refresh_from_db()
    return execution


def outcomes(execution):
    return [(entry["step"], entry["outcome"]) for entry in execution.log]


def test_the_steps_run_in_their_order_and_the_log_tells(project, clock):
    execution = run(scene.make_execution(scene.make_workflow(project, LEAD, THANKS, TELL)), clock)
    assert execution.status == "succeeded"
    assert outcomes(execution) == [(0, "done"), (1, "done"), (2, "done")]
    assert execution.log[0]["kind"] == "create_or_update_lead"
    assert execution.started_at == execution.finished_at == clock.now
    lead = Lead.objects.get()
    assert (lead.name, lead.email, lead.project) == ("Sara Al-Amri", scene.FORM["email"], project)
    assert lead.properties == {"message": "Do you deliver?"}
    thanks, told = MailMessage.objects.order_by("step_index")
    assert (thanks.to_address, thanks.subject) == (lead.email, "Thank you, Sara Al-Amri")
    assert told.to_address == project.owner.email
    assert told.reply_to == lead.email
    assert "Do you deliver?" in told.text


def test_nothing_is_due_before_its_time(project, clock):
    execution = scene.make_execution(
        scene.make_workflow(project, LEAD), due_at=clock.now + datetime.timedelta(seconds=1)
    )
    assert engine.advance_due(clock=clock) == 0
    clock.move(seconds=1)
    assert engine.advance_due(clock=clock) == 1
    assert run(execution, clock).status == "succeeded"


def test_a_contact_who_writes_twice_is_one_lead(project, clock):
    workflow = scene.make_workflow(project, LEAD)
    first = scene.make_execution(workflow, due_at=scene.NOW - datetime.timedelta(seconds=1))
    scene.make_execution(
        workflow, contact=first.contact, form={"name": "Sara", "company": "Dune", "budget": "5"}
    )
    engine.advance_due(clock=clock)
    lead = Lead.objects.get()
    assert (lead.name, lead.company) == ("Sara", "Dune")
    assert lead.properties == {"message": "Do you deliver?", "budget": "5"}
    workflow.refresh_from_db()
    assert (workflow.crm_contacts_created, workflow.crm_activities_generated) == (1, 2)


def test_a_lead_takes_its_fields_from_where_the_step_says(project, clock):
    step = {**LEAD, "source": "fair", "fields": {"company": "{{ form.firm }}"}}
    scene.make_execution(scene.make_workflow(project, step), form={"firm": "Dune  LLC"})
    engine.advance_due(clock=clock)
    lead = Lead.objects.get()
    assert (lead.company, lead.source, lead.email) == ("Dune LLC", "fair", scene.FORM["email"])


def test_a_wait_lets_others_go_first_and_goes_on_in_time(project, clock):
    wait = {"kind": "wait", "seconds": 3600}
    execution = run(scene.make_execution(scene.make_workflow(project, LEAD, wait, THANKS)), clock)
    assert execution.status == "waiting"
    assert execution.due_at == clock.now + datetime.timedelta(hours=1)
    assert MailMessage.objects.count() == 0
    clock.move(minutes=59)
    assert engine.advance_due(clock=clock) == 0
    clock.move(minutes=1)
    assert run(execution, clock).status == "succeeded"
    assert execution.execution_time == datetime.timedelta(hours=1)
    assert MailMessage.objects.count() == 1


def test_a_wait_may_be_the_last_step(project, clock):
    wait = {"kind": "wait", "seconds": 60}
    execution = run(scene.make_execution(scene.make_workflow(project, LEAD, wait)), clock)
    clock.move(minutes=1)
    assert run(execution, clock).status == "succeeded"


def test_a_webhook_that_fails_is_tried_six_times_and_ends_in_the_log(project, clock, hook):
    hook.status, hook.body = 500, b"out of order"
    step = {"kind": "call_webhook", "url": hook.url}
    execution = scene.make_execution(scene.make_workflow(project, LEAD, step, THANKS))
    waited = []
    for _attempt in range(5):
        run(execution, clock)
        assert execution.status == "waiting"
        waited.append((execution.due_at - clock.now).total_seconds() / 60)
        clock.now = execution.due_at
    assert run(execution, clock).status == "failed"
    for minutes, wanted in zip(waited, (2, 4, 8, 16, 32), strict=True):
        assert wanted * 0.8 <= minutes <= wanted * 1.2
    assert len(hook.received) == 6
    assert len({headers["Webhook-Id"] for _path, headers, _body in hook.received}) == 1
    assert len({body for _path, _headers, body in hook.received}) == 1
    assert outcomes(execution) == [(0, "done"), *[(1, "retrying")] * 5, (1, "failed")]
    assert [entry["attempt"] for entry in execution.log[1:]] == [1, 2, 3, 4, 5, 6]
    assert "500: out of order" in execution.error_message
    assert execution.finished_at == clock.now
    assert Lead.objects.count() == 1, "what was done stays done"
    assert MailMessage.objects.count() == 0, "what comes after the failed step is not done"
    clock.move(days=1)
    assert engine.advance_due(clock=clock) == 0


def test_a_webhook_that_comes_back_goes_on_where_it_stood(project, clock, hook):
    hook.status = 500
    step = {"kind": "call_webhook", "url": hook.url}
    execution = run(scene.make_execution(scene.make_workflow(project, LEAD, step, THANKS)), clock)
    hook.status, clock.now = 204, execution.due_at
    assert run(execution, clock).status == "succeeded"
    assert outcomes(execution) == [(0, "done"), (1, "retrying"), (1, "done"), (2, "done")]
    assert [entry["attempt"] for entry in execution.log] == [1, 1, 2, 1], "each step has its own"
    assert execution.error_message == ""
    assert Lead.objects.count() == MailMessage.objects.count() == 1


def test_the_receivers_wish_to_wait_is_granted(project, clock, hook):
    hook.status, hook.headers = 429, {"Retry-After": "1800"}
    step = {"kind": "call_webhook", "url": hook.url}
    execution = run(scene.make_execution(scene.make_workflow(project, step)), clock)
    assert execution.due_at == clock.now + datetime.timedelta(minutes=30)


def test_a_webhook_to_a_private_address_is_refused_at_once(project, clock, hook, settings):
    execution = scene.make_execution(
        scene.make_workflow(project, {"kind": "call_webhook", "url": hook.url})
    )
    settings.WEBHOOK_ALLOWED_HOSTS = []
    assert run(execution, clock).status == "failed"
    assert hook.received == []
    assert "private" in execution.log[0]["error"]


class Broken(Step):
    """A step of a floor above, whose effect is in the database."""

    kind: str = Field("broken", pattern="^broken$")

    def run(self, run):
        Lead.objects.create(workspace=run.execution.workspace, name="half a step")
        raise RuntimeError("lost its way")


class Takes(Step):
    kind: str = Field("takes", pattern="^takes$")
    outside = True
    meanwhile = lambda run: None  # noqa: E731

    def run(self, run):
        type(self).meanwhile(run)
        return Outcome()


@pytest.fixture
def more_kinds(settings):
    definition.step_kinds.cache_clear()
    settings.WORKFLOW_STEPS = [
        *settings.WORKFLOW_STEPS,
        f"{__name__}.Broken",
        f"{__name__}.Takes",
    ]
    yield
    definition.step_kinds.cache_clear()


def test_a_step_that_crashes_leaves_nothing_half_done(project, clock, more_kinds):
    execution = run(
        scene.make_execution(scene.make_workflow(project, LEAD, {"kind": "broken"})), clock
    )
    assert execution.status == "waiting"
    assert outcomes(execution) == [(0, "done"), (1, "retrying")]
    assert "RuntimeError: lost its way" in execution.error_message
    assert [lead.name for lead in Lead.objects.all()] == ["Sara Al-Amri"]


def test_an_execution_whose_kind_of_step_is_gone_fails_in_so_many_words(project, clock):
    execution = scene.make_execution(scene.make_workflow(project, {"kind": "teleport"}))
    assert run(execution, clock).status == "failed"
    assert "void" in execution.error_message


def test_a_worker_that_was_overtaken_writes_nothing(project, clock, more_kinds, monkeypatch):
    """Its lease has ended while it was outside, and another worker has done the step."""
    execution = scene.make_execution(scene.make_workflow(project, {"kind": "takes"}, LEAD))

    def overtaken(_run):
        monkeypatch.setattr(Takes, "meanwhile", lambda _run: None)
        clock.move(minutes=3)
        engine.advance_due(clock=clock)

    monkeypatch.setattr(Takes, "meanwhile", overtaken)
    run(execution, clock)
    assert execution.status == "succeeded"
    assert outcomes(execution) == [(0, "done"), (1, "done")]
    assert Lead.objects.count() == 1


def test_a_cancelled_execution_stops_before_its_next_step(project, clock, more_kinds, monkeypatch):
    execution = scene.make_execution(scene.make_workflow(project, {"kind": "takes"}, LEAD))
    monkeypatch.setattr(Takes, "meanwhile", lambda run: executions.cancel(execution=run.execution))
    assert run(execution, clock).status == "cancelled"
    assert Lead.objects.count() == 0


def test_an_execution_is_due_again_when_its_worker_dies(project, clock):
    execution = scene.make_execution(scene.make_workflow(project, LEAD))
    assert engine.claim(now=clock.now).pk == execution.pk
    assert engine.claim(now=clock.now) is None, "the lease holds"
    clock.move(minutes=2)
    assert run(execution, clock).status == "succeeded"


def test_an_execution_that_kills_every_worker_is_given_up(project, clock):
    execution = scene.make_execution(scene.make_workflow(project, LEAD))
    for _worker in range(6):
        assert engine.claim(now=clock.now) is not None
        clock.move(minutes=2)
    assert run(execution, clock).status == "failed"
    assert "died at every attempt" in execution.error_message


def test_a_paused_workflows_executions_wait(project, clock):
    workflow = scene.make_workflow(project, LEAD, status="paused")
    execution = scene.make_execution(workflow)
    assert engine.advance_due(clock=clock) == 0
    Workflow.objects.update(status="active")
    assert run(execution, clock).status == "succeeded"


def test_an_execution_keeps_the_definition_it_began_with(project, clock):
    wait = {"kind": "wait", "seconds": 60}
    workflow = scene.make_workflow(project, wait, LEAD)
    execution = run(scene.make_execution(workflow), clock)
    Workflow.objects.update(definition={"steps": [wait, THANKS]})
    clock.move(minutes=1)
    run(execution, clock)
    assert (Lead.objects.count(), MailMessage.objects.count()) == (1, 0)


def test_a_failed_execution_goes_on_when_it_is_retried(project, clock, hook):
    hook.status = 410
    step = {"kind": "call_webhook", "url": hook.url}
    execution = run(scene.make_execution(scene.make_workflow(project, LEAD, step)), clock)
    assert execution.status == "failed"
    hook.status = 200
    executions.retry(execution=execution)
    clock.now = scene.just_now()
    assert run(execution, clock).status == "succeeded"
    assert Workflow.objects.get().crm_activities_generated == 1, "the lead's step is not repeated"


def test_what_has_succeeded_is_neither_retried_nor_cancelled(project, clock):
    execution = run(scene.make_execution(scene.make_workflow(project, LEAD)), clock)
    with pytest.raises(TransitionError):
        executions.retry(execution=execution)
    with pytest.raises(TransitionError):
        executions.cancel(execution=execution)


def test_the_connections_figures_follow(project, clock, hook):
    component = scene.make_component(project)
    step = {"kind": "call_webhook", "url": hook.url}
    workflow = scene.make_workflow(project, step)
    connected = ComponentWorkflowConnection.objects.create(
        workspace=project.workspace,
        component_intelligence=component,
        workflow=workflow,
        status="active",
    )
    began = clock.now
    for seconds, status in ((1, 200), (3, 200), (5, 410)):
        execution = scene.make_execution(workflow, connection=connected, now=began)
        clock.now, hook.status = began + datetime.timedelta(seconds=seconds), status
        run(execution, clock)
    connected.refresh_from_db()
    assert connected.trigger_count == 3
    assert (connected.success_count, connected.error_count) == (2, 1)
    assert connected.average_response_time == pytest.approx(3000)
    assert connected.last_triggered_at == clock.now
    workflow = Workflow.objects.with_figures().get()
    assert workflow.success_rate == pytest.approx(2 / 3)
    assert workflow.error_rate == pytest.approx(1 / 3)
    assert Workflow.objects.get().success_rate == pytest.approx(2 / 3)


def work(results):
    connection.close()
    results.append(engine.advance_due())
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_do_each_thing_once():
    project = scene.make_project()
    workflow = scene.make_workflow(project, LEAD, THANKS)
    for number in range(30):
        scene.make_execution(
            workflow,
            contact=scene.make_contact(project.workspace, f"v{number}@visitors.example"),
        )
    results: list[int] = []
    workers = [threading.Thread(target=work, args=(results,)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(results) == 30
    assert set(WorkflowExecution.objects.values_list("status", flat=True)) == {"succeeded"}
    assert Lead.objects.count() == MailMessage.objects.count() == 30
    assert Workflow.objects.get().crm_contacts_created == 30


def die_at_the_second_step():
    connection.close()
    Takes.meanwhile = lambda _run: os._exit(9)
    engine.advance_due()


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_two_steps_loses_nothing_and_repeats_nothing(more_kinds):
    project = scene.make_project()
    execution = scene.make_execution(scene.make_workflow(project, LEAD, {"kind": "takes"}, THANKS))
    connection.close()
    worker = multiprocessing.get_context("fork").Process(target=die_at_the_second_step)
    worker.start()
    worker.join()
    assert worker.exitcode == 9
    execution.refresh_from_db()
    assert (execution.status, execution.step_index) == ("running", 1)
    clock = scene.Clock(scene.just_now() + engine.LEASE)
    assert run(execution, clock).status == "succeeded"
    assert Workflow.objects.get().crm_activities_generated == 1
    assert MailMessage.objects.count() == 1
