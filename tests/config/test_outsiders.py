"""Every route of the API, as someone who has no business there."""

import datetime as dt

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.keys import issue_key
from analytics.models import TrafficRollup
from builder import projects, publishing
from builder.library import load_templates
from builder.models import ComponentIntelligence, Template
from config.urls import router
from journeys.models import IngestCount
from journeys.workflows import connections, recipes
from tests.factories import MembershipFactory
from tests.journeys.factories import EventFactory, LeadFactory
from tests.journeys.workflow_scene import make_execution

pytestmark = pytest.mark.django_db

# Of the platform itself, open to every workspace.
SHARED = {"template"}
ROUTES = {basename: (prefix, viewset) for prefix, viewset, basename in router.registry}


@pytest.fixture
def stranger(db):
    """A workspace that has one of everything."""
    member = MembershipFactory(role="owner")
    workspace = member.workspace
    load_templates()
    template = Template.objects.get(slug="marram")
    project = projects.create_from_template(
        workspace=workspace, owner=member.user, template=template, name="Their site"
    )
    publishing.publish(project=project, user=member.user)
    issue_key(workspace=workspace, kind="server", name="theirs")
    workflow = recipes.lead_capture(project=project)
    component = ComponentIntelligence.objects.get(project=project, component_type="contact_form")
    connection = connections.connect(
        project=project, component_id=component.component_id, workflow=workflow
    )
    event = EventFactory(contact__workspace=workspace, project=project)
    LeadFactory(contact=event.contact, project=project)
    execution = make_execution(workflow, contact=event.contact, connection=connection)
    execution.mails.create(
        workspace=workspace,
        step_index=1,
        to_address="x@example.com",
        subject="s",
        text="t",
        due_at=timezone.now(),
    )
    hour = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    IngestCount.objects.create(workspace=workspace, hour=hour, outcome="accepted", count=1)
    TrafficRollup.objects.create(
        workspace=workspace, project=project, granularity="day", bucket_start=hour
    )
    return workspace


def theirs(stranger, viewset):
    model = viewset.queryset.model
    if model is type(stranger):
        return stranger
    found = model._default_manager.filter(workspace=stranger).first()
    assert found is not None, f"the stranger has no {model.__name__}: add one above"
    return found


@pytest.mark.parametrize("basename", sorted(set(ROUTES) - SHARED))
def test_a_strangers_record_is_not_found(api, stranger, basename):
    prefix, viewset = ROUTES[basename]
    record = theirs(stranger, viewset)
    address = f"/api/v1/{prefix}/{record.pk}/"
    answers = {
        "get": api.get(address),
        "patch": api.patch(address, {}),
        "delete": api.delete(address),
    }
    for extra in viewset.get_extra_actions():
        if extra.detail:
            answers[extra.url_path] = api.post(f"{address}{extra.url_path}/", {})
    told = {name: answer.status_code for name, answer in answers.items()}
    # 400: the body is looked at before the record is; it tells nothing of the record.
    assert set(told.values()) <= {400, 403, 404, 405}, told
    assert told["get"] == 404
    listed = api.get(f"/api/v1/{prefix}/").json()
    assert str(record.pk) not in str(listed)


@pytest.mark.parametrize("basename", sorted(ROUTES))
def test_nobody_gets_in_anywhere(db, basename):
    prefix, _viewset = ROUTES[basename]
    nobody = APIClient()
    assert nobody.get(f"/api/v1/{prefix}/").status_code == 401
    posted = nobody.post(f"/api/v1/{prefix}/", {})
    assert posted.status_code in (401, 405)


@pytest.mark.parametrize("basename", sorted(set(ROUTES) - SHARED))
def test_a_viewer_writes_nothing(stranger, basename):
    viewer = MembershipFactory(workspace=stranger, role="viewer")
    _key, secret = issue_key(workspace=stranger, kind="personal", name="viewer", user=viewer.user)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    prefix, viewset = ROUTES[basename]
    record = theirs(stranger, viewset)
    address = f"/api/v1/{prefix}/{record.pk}/"
    assert client.get(address).status_code == 200
    refused = [
        client.post(f"/api/v1/{prefix}/", {}),
        client.patch(address, {}),
        client.delete(address),
        *(
            client.post(f"{address}{extra.url_path}/", {})
            for extra in viewset.get_extra_actions()
            if extra.detail
        ),
    ]
    assert {answer.status_code for answer in refused} <= {403, 405}
