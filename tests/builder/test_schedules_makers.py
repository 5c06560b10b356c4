"""When a schedule falls due, its maker must still be one who may publish."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.keys import issue_key, revoke_key
from accounts.models import ApiKey, Membership
from builder import projects, publishing, schedules, trash
from builder.models import Release, ReleaseSchedule
from tests.builder.factories import CollaboratorFactory
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

API = "/api/v1/release-schedules/"
NOW = timezone.now().replace(microsecond=0)
HOUR = datetime.timedelta(hours=1)
DUE = NOW + HOUR


@pytest.fixture(autouse=True)
def owner(workspace, user):
    """The project's owner, who owns the workspace too."""
    return MembershipFactory(workspace=workspace, user=user, role="owner").user


@pytest.fixture
def maker(workspace):
    return MembershipFactory(workspace=workspace, role="editor")


def plan(project, user, **more):
    given = {"action": "publish", "due_at": DUE, "now": NOW, **more}
    return schedules.schedule(project=project, user=user, **given)


def ran(made):
    """What became of a schedule once its time came: status and the codes of its faults."""
    schedules.run_due(now=DUE)
    made.refresh_from_db()
    return made.status, [(fault["pointer"], fault["code"]) for fault in made.faults]


def told():
    schedules.tell_failures(now=DUE)
    return sorted(address for message in mail.outbox for address in message.to)


def leaves(member):
    member.delete()


def is_an_analyst_now(member):
    Membership.objects.filter(pk=member.pk).update(role="analyst")


def is_suspended(member):
    member.user.is_active = False
    member.user.save()


def is_erased(member):
    member.user.delete()


# What the maker may become: the fault's code, and whether they still hear of it.
BECOMES = {
    leaves: ("maker_left", False),
    is_an_analyst_now: ("maker_may_not_publish", True),
    is_suspended: ("maker_suspended", False),
    is_erased: ("maker_gone", False),
}


@pytest.mark.parametrize("action", ["publish", "unpublish"])
@pytest.mark.parametrize("becomes", BECOMES)
def test_a_maker_who_may_publish_no_more_changes_nothing(project, owner, maker, action, becomes):
    address = maker.user.email
    code, still_told = BECOMES[becomes]
    live = publishing.publish(project=project, user=owner)
    project.current_sitemap.pages["home"]["title"] = "Another"
    project.current_sitemap.save()
    made = plan(project, maker.user, action=action)
    becomes(maker)
    assert ran(made) == ("failed", [("/created_by", code)])
    project.refresh_from_db()
    assert project.live_release == live
    assert Release.objects.count() == 1
    assert told() == sorted([owner.email, *([address] if still_told else [])])
    assert made.faults[0]["detail"] in mail.outbox[0].body


def test_a_maker_who_still_may_is_asked_nothing(project, maker):
    assert ran(plan(project, maker.user)) == ("done", [])


def test_a_maker_who_is_an_admin_now_may_all_the_more(project, maker):
    made = plan(project, maker.user)
    Membership.objects.filter(pk=maker.pk).update(role="admin")
    assert ran(made) == ("done", [])


def test_a_superuser_may_without_a_role(project):
    assert ran(plan(project, UserFactory(is_superuser=True, is_staff=True))) == ("done", [])


def test_who_left_and_is_asked_to_edit_the_project_still_does_not_publish_it(project, owner, maker):
    made = plan(project, maker.user)
    CollaboratorFactory(project=project, user=maker.user, role="editor")
    maker.delete()
    assert ran(made) == ("failed", [("/created_by", "maker_left")])
    assert told() == sorted([owner.email, maker.user.email])


@pytest.mark.parametrize("action", ["publish", "unpublish"])
def test_an_archived_project_is_left_alone(project, owner, action):
    publishing.publish(project=project, user=owner)
    made = plan(project, owner, action=action)
    projects.archive(project=project)
    assert ran(made) == ("failed", [("/project", "archived")])
    project.refresh_from_db()
    assert project.live_release is not None
    assert told() == [owner.email]


@pytest.mark.parametrize("action", ["publish", "unpublish"])
def test_a_project_in_the_bin_comes_back_as_it_went(project, owner, action):
    live = publishing.publish(project=project, user=owner)
    made = plan(project, owner, action=action)
    trash.put(project=project, by=owner, now=NOW)
    assert ran(made) == ("failed", [("/project", "in_bin")])
    trash.restore(project=project, by=owner)
    project.refresh_from_db()
    assert (project.status, project.live_release) == ("active", live)
    assert told() == [owner.email]


def test_with_no_owner_of_the_project_left_the_workspaces_owner_is_told(project, workspace, maker):
    chief = MembershipFactory(workspace=workspace, role="owner").user
    Membership.objects.filter(workspace=workspace, user=project.owner).delete()
    made = plan(project, maker.user)
    maker.delete()
    ran(made)
    assert told() == [chief.email]


def test_the_reason_is_in_the_workspaces_language(project, workspace, maker):
    workspace.default_language = "ar"
    workspace.save()
    made = plan(project, maker.user)
    maker.delete()
    ran(made)
    assert made.faults[0]["detail"] == "غادر من حدّد هذا الموعد مساحة العمل."


class TestAKey:
    """A program of the workspace sets times too, for as long as its key holds."""

    @pytest.fixture
    def order(self, workspace, project):
        _key, secret = issue_key(workspace=workspace, kind="server", name="deploys")
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        body = {"project": str(project.pk), "due_at": DUE.isoformat()}
        answer = client.post(API, body, format="json")
        assert answer.status_code == 201, answer.json()
        key = ApiKey.objects.get(kind="server")
        assert (answer.json()["api_key"], answer.json()["created_by"]) == (str(key.pk), None)
        return ReleaseSchedule.objects.get()

    def test_publishes_at_its_time(self, order):
        assert ran(order) == ("done", [])

    def test_no_longer_does_once_it_is_revoked(self, order, owner):
        revoke_key(key=ApiKey.objects.get(kind="server"))
        assert ran(order) == ("failed", [("/api_key", "key_revoked")])
        assert told() == [owner.email]

    def test_no_longer_does_once_it_is_gone(self, order):
        ApiKey.objects.filter(kind="server").delete()
        assert ran(order) == ("failed", [("/created_by", "maker_gone")])

    def test_of_a_person_is_that_person(self, workspace, project, maker):
        _key, secret = issue_key(workspace=workspace, kind="personal", name="p", user=maker.user)
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}", HTTP_X_WORKSPACE=workspace.slug)
        body = {"project": str(project.pk), "due_at": DUE.isoformat()}
        made = client.post(API, body, format="json").json()
        assert (made["api_key"], made["created_by"]) == (None, str(maker.user_id))


def test_api_and_console_say_why(project, workspace, maker, client):
    admin = MembershipFactory(workspace=workspace, role="admin", user=UserFactory(is_staff=True))
    made = plan(project, maker.user)
    maker.delete()
    ran(made)
    text = "Whoever set this time has left the workspace."
    client.force_login(admin.user)
    page = reverse("admin:builder_releaseschedule_change", args=[made.pk])
    assert text in client.get(page).content.decode()
    shown = client.get(f"{API}{made.pk}/", HTTP_X_WORKSPACE=workspace.slug).json()
    assert shown["status"] == "failed"
    assert shown["faults"] == [{"pointer": "/created_by", "code": "maker_left", "detail": text}]
