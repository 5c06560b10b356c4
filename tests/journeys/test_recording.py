"""A journey is written down as it is made; only its user's, and only with their consent."""

import pytest

from accounts.models import UserProfile
from accounts.tenancy import tenant
from builder import documents, previews, projects, publishing
from builder.library import load_templates
from builder.models import ComponentIntelligence, Template, Wireframe
from journeys.builder_journey import recording
from journeys.models import JourneyEvent, UserJourneyTracking
from journeys.workflows import connections, recipes
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def template():
    load_templates()
    return Template.objects.get(slug="marram")


@pytest.fixture
def scope(member):
    """The scope of a request of `user`, an editor."""
    with tenant(workspace_id=member.workspace_id, user_id=member.user_id, role="editor"):
        yield member


def make(member, template):
    return projects.create_from_template(
        workspace=member.workspace, owner=member.user, template=template, name="Dune Coffee"
    )


def steps():
    return list(JourneyEvent.objects.order_by("timestamp", "id").values_list("event_type", flat=1))


def customize(project):
    page = Wireframe.objects.filter(sitemap__project=project)[0]
    page.title = "Welcome"
    documents.save_wireframe(wireframe=page)


def test_the_whole_way_from_a_template_to_the_magic_moment(template, scope):
    project = make(scope, template)
    journey = UserJourneyTracking.objects.get()
    assert (journey.user, journey.project, journey.template) == (scope.user, project, template)
    assert journey.template_selected_at == journey.journey_started_at
    assert not journey.customization_started

    customize(project)
    customize(project)
    previews.create(project=project, user=scope.user)
    publishing.publish(project=project, user=scope.user)
    journey.refresh_from_db()
    assert journey.customization_count == 2
    assert (journey.site_previewed, journey.site_published) == (True, True)
    assert not journey.magic_moment_achieved
    assert journey.total_time_minutes >= 0
    assert journey.final_template_config["template"] == "marram"

    workflow = recipes.lead_capture(project=project)
    component = ComponentIntelligence.objects.get(
        project=project, component_type="contact_form"
    ).component_id
    connections.connect(project=project, component_id=component, workflow=workflow)
    connections.connect(project=project, component_id=component, workflow=workflow)
    journey.refresh_from_db()
    assert (journey.workflow_connected, journey.workflows_created) == (True, 1)
    assert journey.magic_moment_achieved_at == journey.first_workflow_connected_at
    assert steps() == [
        "template_selected",
        "customized",
        "customized",
        "site_previewed",
        "site_published",
        "workflow_connected",
        "magic_moment",
    ]

    customize(project)
    assert len(steps()) == 7, "a journey ends with its magic moment"


def test_what_a_colleague_does_is_not_the_persons_journey(template, scope):
    project = make(scope, template)
    colleague = MembershipFactory.build(workspace=scope.workspace, role="editor")
    with tenant(workspace_id=scope.workspace_id, user_id=None, role="owner"):
        assert (
            recording.record(
                project_id=project.pk,
                event_type="customized",
                details={"document": "sitemap"},
                user_id=colleague.user.pk,
            )
            is None
        )
        customize(project)
    assert steps() == ["template_selected"]


def test_nothing_is_recorded_of_whoever_does_not_consent(template, member):
    profile, _made = UserProfile.objects.get_or_create(user=member.user)
    profile.analytics_consent = False
    profile.save()
    with tenant(workspace_id=member.workspace_id, user_id=member.user_id, role="editor"):
        make(member, template)
    assert not UserJourneyTracking.objects.exists()


def test_recording_ends_when_the_consent_is_withdrawn(template, member, monkeypatch):
    with tenant(workspace_id=member.workspace_id, user_id=member.user_id, role="editor"):
        project = make(member, template)
        monkeypatch.setattr(recording, "allows_analytics", lambda _user_id: False)
        customize(project)
    assert steps() == ["template_selected"]


def test_somebody_elses_journey_is_seen_by_admins_and_analysts_only(template, scope):
    make(scope, template)
    other = MembershipFactory.build().user.pk
    for role, seen in (("viewer", 0), ("editor", 0), ("analyst", 1), ("admin", 1), ("server", 1)):
        with tenant(workspace_id=scope.workspace_id, user_id=other, role=role):
            assert UserJourneyTracking.objects.count() == seen, role
