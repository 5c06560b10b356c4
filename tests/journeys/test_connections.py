import pytest

from accounts.models import TransitionError
from journeys.models import ComponentWorkflowConnection, Workflow, WorkflowExecution
from journeys.workflows import connections, definition, lifecycle, recipes
from tests.journeys import workflow_scene as scene

pytestmark = pytest.mark.django_db

LEAD = {"kind": "create_or_update_lead"}


@pytest.fixture
def project(db):
    project = scene.make_project()
    scene.make_component(project)
    return project


def connect(project, workflow, component_id="ContactForm-1"):
    return connections.connect(project=project, component_id=component_id, workflow=workflow)


def test_a_connection_to_an_active_workflow_is_active(project):
    connected = connect(project, scene.make_workflow(project, LEAD))
    assert connected.status == "active"
    assert connected.connected_at is not None
    assert connected.activated_at is not None


def test_a_connection_to_a_draft_becomes_active_with_it(project):
    workflow = scene.make_workflow(project, LEAD, status="draft")
    connected = connect(project, workflow)
    assert (connected.status, connected.activated_at) == ("connected", None)
    lifecycle.activate(workflow=workflow)
    connected.refresh_from_db()
    assert connected.status == "active"
    assert connected.activated_at is not None


def test_connecting_again_gives_the_same_connection(project):
    workflow = scene.make_workflow(project, LEAD)
    first = connect(project, workflow)
    assert connect(project, workflow).pk == first.pk
    connections.pause(connection=first)
    assert connect(project, workflow).status == "paused", "a pause is not ended by the way"
    connections.disconnect(connection=first)
    assert connect(project, workflow).status == "active"
    assert ComponentWorkflowConnection.objects.count() == 1


def test_a_component_that_is_not_there_is_refused(project):
    workflow = scene.make_workflow(project, LEAD)
    with pytest.raises(connections.UnconnectableError) as caught:
        connect(project, workflow, "Ghost-1")
    assert caught.value.faults[0].pointer == "/component_id"
    project.components.update(removed_at=scene.NOW)
    with pytest.raises(connections.UnconnectableError):
        connect(project, workflow)


def test_a_workflow_of_another_project_or_one_that_is_archived_is_refused(project):
    other = scene.make_project(project.workspace)
    with pytest.raises(connections.UnconnectableError, match="another project"):
        connect(project, scene.make_workflow(other, LEAD))
    with pytest.raises(connections.UnconnectableError, match="archived"):
        connect(project, scene.make_workflow(project, LEAD, status="archived"))


def test_only_what_is_active_is_paused(project):
    workflow = scene.make_workflow(project, LEAD, status="draft")
    with pytest.raises(TransitionError, match="connected cannot become paused"):
        connections.pause(connection=connect(project, workflow))


def test_a_workflow_without_steps_is_not_activated(project):
    workflow = scene.make_workflow(project, status="draft")
    with pytest.raises(definition.DefinitionError) as caught:
        lifecycle.activate(workflow=workflow)
    assert caught.value.faults[0].pointer == "/definition/steps"


def test_an_archived_workflow_calls_off_what_is_under_way(project):
    workflow = scene.make_workflow(project, LEAD)
    scene.make_execution(workflow)
    lifecycle.archive(workflow=workflow)
    assert WorkflowExecution.objects.get().status == "cancelled"
    with pytest.raises(TransitionError):
        lifecycle.activate(workflow=workflow)


def test_other_steps_are_another_version(project):
    workflow = scene.make_workflow(project, LEAD)
    assert lifecycle.redefine(workflow=workflow, definition=workflow.definition).version == 1
    wait = {"steps": [{"kind": "wait", "seconds": 1}]}
    assert lifecycle.redefine(workflow=workflow, definition=wait).version == 2


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("recipe", sorted(recipes.RECIPES))
def test_a_recipe_is_whole_and_active_in_the_sites_language(recipe, language):
    project = scene.make_project(language=language)
    workflow = recipes.RECIPES[recipe](project=project)
    assert workflow.status == "active"
    assert definition.check_definition(workflow.definition) == []
    mail = workflow.definition["steps"][1]
    assert mail["language"] == language
    assert mail["subject"].isascii() == (language == "en")


@pytest.mark.parametrize(
    ("document", "pointer", "code"),
    [
        (None, "", "no_steps"),
        ([], "", "no_steps"),
        ({"steps": {}}, "", "no_steps"),
        ({"steps": []}, "/steps", "step_count"),
        ({"steps": [LEAD] * 21}, "/steps", "step_count"),
        ({"steps": [LEAD], "a/b": 1}, "/a~1b", "extra_forbidden"),
        ({"steps": [LEAD, {"kind": "teleport"}]}, "/steps/1/kind", "unknown_step"),
        ({"steps": ["wait"]}, "/steps/0/kind", "unknown_step"),
        ({"steps": [{"kind": ["wait"]}]}, "/steps/0/kind", "unknown_step"),
        ({"steps": [{"kind": "wait"}]}, "/steps/0/seconds", "missing"),
        ({"steps": [{"kind": "wait", "seconds": 0}]}, "/steps/0/seconds", "greater_than_equal"),
        ({"steps": [{"kind": "wait", "seconds": 1e9}]}, "/steps/0/seconds", "less_than_equal"),
        ({"steps": [{**LEAD, "colour": "red"}]}, "/steps/0/colour", "extra_forbidden"),
        (
            {"steps": [{**LEAD, "fields": {"company": "{{ form.x"}}]},
            "/steps/0/fields/company",
            "unknown_placeholder",
        ),
        (
            {"steps": [{"kind": "call_webhook", "url": "http://127.0.0.1/"}]},
            "/steps/0/url",
            "url_refused",
        ),
        (
            {"steps": [{"kind": "send_mail", "to": "nobody", "subject": "a", "body": "b"}]},
            "/steps/0/to",
            "no_address",
        ),
        (
            {"steps": [{"kind": "send_mail", "subject": "{{ user.x }}", "body": "b"}]},
            "/steps/0/subject",
            "unknown_placeholder",
        ),
    ],
)
def test_what_is_wrong_with_a_definition_is_told_with_its_place(document, pointer, code):
    faults = definition.check_definition(document)
    assert [(fault.pointer, fault.code) for fault in faults] == [(pointer, code)]


@pytest.mark.parametrize(
    "trigger", [None, {"event": "moonrise"}, {"event": "form_submitted", "x": 1}]
)
def test_a_trigger_names_a_known_event(trigger):
    assert definition.check_trigger(trigger)
    assert definition.check_trigger({"event": "form_submitted"}) == []


def test_the_database_holds_what_the_models_say(project):
    from django.db import IntegrityError, transaction

    workflow = scene.make_workflow(project, LEAD)
    for change in ({"status": "asleep"}, {"ai_confidence_score": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Workflow.objects.filter(pk=workflow.pk).update(**change)
    execution = scene.make_execution(workflow)
    with pytest.raises(IntegrityError), transaction.atomic():
        scene.make_execution(workflow, event_id=execution.event_id)
    stranger = scene.make_project()
    with pytest.raises(IntegrityError), transaction.atomic():
        Workflow.objects.filter(pk=workflow.pk).update(project=stranger)
