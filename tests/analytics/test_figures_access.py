"""Who reads figures: by row security, and over the API by role."""

import pytest
from django.db import ProgrammingError, transaction
from rest_framework.test import APIClient

from accounts.keys import issue_key
from accounts.tenancy import tenant
from analytics.models import (
    PerformanceMetrics,
    SystemMetrics,
    UserAnalytics,
    WorkflowAnalytics,
)
from tests.examples import Scene
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

ROUTES = {
    "user-analytics": UserAnalytics,
    "performance-metrics": PerformanceMetrics,
    "workflow-analytics": WorkflowAnalytics,
}


@pytest.fixture
def scene(member):
    """The figures of an editor, and of the workspace."""
    made = Scene(workspace=member.workspace, user=member.user)
    for model in (*ROUTES.values(), SystemMetrics):
        made.one(model)
    return made


def acting(scene, role, user=None):
    person = user or MembershipFactory(workspace=scene.workspace, role=role).user
    return tenant(workspace_id=scene.workspace.pk, user_id=person.pk, role=role)


def client_of(workspace, role, **of_user):
    user = MembershipFactory(workspace=workspace, role=role, user=UserFactory(**of_user)).user
    _key, secret = issue_key(workspace=workspace, kind="personal", name="tests", user=user)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


@pytest.mark.parametrize(
    ("role", "seen"), [("owner", 1), ("admin", 1), ("analyst", 1), ("editor", 0), ("viewer", 0)]
)
def test_a_users_days_are_the_users_and_of_those_who_look_after_them(scene, role, seen):
    with acting(scene, role):
        assert UserAnalytics.objects.count() == seen
    with acting(scene, "editor", scene.user):
        assert UserAnalytics.objects.count() == 1
    client = client_of(scene.workspace, role)
    assert len(client.get("/api/v1/user-analytics/").json()["results"]) == seen


@pytest.mark.parametrize("model", [PerformanceMetrics, WorkflowAnalytics])
def test_a_workspaces_figures_are_read_by_its_members_only(scene, model):
    with acting(scene, "viewer"):
        assert model.objects.count() == 1
    stranger = MembershipFactory(role="owner")
    with tenant(workspace_id=stranger.workspace.pk, user_id=stranger.user.pk, role="owner"):
        assert model.objects.count() == 0


def test_the_platforms_measurements_are_read_by_every_workspace(scene):
    PerformanceMetrics.objects.update(workspace=None, project=None)
    with tenant(workspace_id=MembershipFactory().workspace.pk, role="viewer"):
        assert PerformanceMetrics.objects.count() == 1


@pytest.mark.parametrize("model", [*ROUTES.values(), SystemMetrics])
def test_nobody_writes_figures(scene, model):
    with acting(scene, "owner"), pytest.raises(ProgrammingError), transaction.atomic():
        model.objects.update(updated_at="2026-01-01T00:00Z")


def test_the_platforms_hours_are_its_staffs(scene):
    with acting(scene, "owner"):
        assert SystemMetrics.objects.count() == 0
    staff = MembershipFactory(
        workspace=scene.workspace, role="viewer", user=UserFactory(is_staff=True)
    ).user
    with acting(scene, "viewer", staff):
        assert SystemMetrics.objects.count() == 1
    staff.is_active = False
    staff.save()
    with acting(scene, "viewer", staff):
        assert SystemMetrics.objects.count() == 0


@pytest.mark.parametrize(("is_staff", "status"), [(True, 200), (False, 403)])
def test_the_platforms_hours_over_the_api(scene, is_staff, status):
    client = client_of(scene.workspace, "owner", is_staff=is_staff)
    answer = client.get("/api/v1/system-metrics/", {"start": "2026-11-18"})
    assert answer.status_code == status
    if is_staff:
        assert answer.json()["results"][0]["hour"] == 9


@pytest.mark.parametrize(("route", "model"), ROUTES.items())
def test_figures_are_listed_filtered_and_read_only(api, scene, route, model):
    listed = api.get(f"/api/v1/{route}/").json()["results"]
    assert [row["id"] for row in listed] == [str(scene.one(model).pk)]
    assert api.get(f"/api/v1/{route}/{scene.one(model).pk}/").status_code == 200
    assert api.post(f"/api/v1/{route}/", {}, format="json").status_code == 405
    start = {"start": "2030-01-01" if model is UserAnalytics else "2030-01-01T00:00Z"}
    assert api.get(f"/api/v1/{route}/", start).json()["results"] == []


def test_what_a_figure_is_about_can_be_shown_with_it(api, scene):
    (row,) = api.get("/api/v1/workflow-analytics/", {"expand": "workflow"}).json()["results"]
    assert row["workflow"]["name"]
    (row,) = api.get("/api/v1/performance-metrics/", {"expand": "project"}).json()["results"]
    assert row["project"]["name"] == "Their site"


def test_whoever_deletes_a_workflow_deletes_its_figures(scene):
    row = scene.one(WorkflowAnalytics)
    with acting(scene, "editor"):
        assert WorkflowAnalytics.objects.filter(pk=row.pk).delete()[0] == 1
    with acting(scene, "owner"), pytest.raises(ProgrammingError), transaction.atomic():
        PerformanceMetrics.objects.all().delete()
