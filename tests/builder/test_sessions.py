"""Sessions of the builder: their life, and that they are their user's alone."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.keys import issue_key
from accounts.models import TransitionError
from accounts.tenancy import tenant
from builder import sessions
from builder.models import BuilderSession
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/builder-sessions/"
NOW = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture
def session(workspace, user):
    return sessions.create(user=user, workspace_id=workspace.pk)


def client_of(membership, kind="personal"):
    user = membership.user if kind == "personal" else None
    _key, secret = issue_key(workspace=membership.workspace, kind=kind, name="t", user=user)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


class TestLife:
    def test_a_session_begins_with_a_token_of_its_own(self, workspace, user, session):
        other = sessions.create(user=user, workspace_id=workspace.pk)
        assert len(session.session_token) == 43
        assert session.session_token != other.session_token
        assert (session.status, session.current_step) == ("active", "initializing")
        assert sessions.get_by_token(token=session.session_token) == session
        assert sessions.get_by_token(token="no such token") is None

    def test_it_is_paused_taken_up_and_completed(self, session):
        BuilderSession.objects.update(started_at=NOW)
        assert sessions.pause(session=session).status == "paused"
        assert sessions.resume(session=session).status == "active"
        ended = sessions.complete(session=session, now=NOW + datetime.timedelta(minutes=25))
        assert (ended.status, ended.duration) == ("completed", 25 * 60)
        again = sessions.complete(session=session, now=NOW + datetime.timedelta(hours=9))
        assert again.duration == 25 * 60

    @pytest.mark.parametrize("end", [sessions.complete, sessions.cancel])
    def test_what_has_ended_goes_nowhere(self, session, end):
        end(session=session, now=timezone.now())
        for move in (sessions.pause, sessions.resume):
            with pytest.raises(TransitionError):
                move(session=session)
        other = sessions.cancel if end is sessions.complete else sessions.complete
        with pytest.raises(TransitionError):
            other(session=session, now=timezone.now())
        with pytest.raises(sessions.SessionFaultsError, match="ended"):
            sessions.update_progress(session=session, changes={"current_step": "x"})

    def test_a_clock_that_went_back_ends_it_at_its_start(self, session):
        assert (
            sessions.cancel(session=session, now=NOW - datetime.timedelta(days=9000)).duration == 0
        )

    def test_progress_is_kept_and_nothing_else(self, session):
        changes = {
            "current_step": "wireframe-design",
            "progress": {"completed": 25, "total": 100},
            "user": None,
        }
        moved = sessions.update_progress(session=session, changes=changes)
        assert (moved.current_step, moved.progress["completed"]) == ("wireframe-design", 25)
        assert moved.user_id == session.user_id

    @pytest.mark.parametrize(
        ("progress", "pointer"),
        [
            ({"completed": 5}, "/progress/total"),
            ({"completed": 5, "total": 4}, "/progress"),
            ({"completed": -1, "total": 4}, "/progress/completed"),
            ({"completed": "5", "total": 4}, "/progress/completed"),
            ([], "/progress"),
        ],
    )
    def test_a_progress_that_cannot_be_is_named(self, session, progress, pointer):
        with pytest.raises(sessions.SessionFaultsError) as refused:
            sessions.update_progress(session=session, changes={"progress": progress})
        assert [fault.pointer for fault in refused.value.faults] == [pointer]


class TestRules:
    @pytest.mark.parametrize(
        ("change", "rule"),
        [
            ("status = 'asleep'", "status"),
            ("status = 'completed'", "ended_at_by_status"),
            ("ended_at = clock_timestamp()", "ended_at_by_status"),
            ("status = 'cancelled', ended_at = started_at - interval '1 second'", "ended_at_after"),
        ],
    )
    def test_the_database_holds_what_a_session_may_be(self, session, change, rule):
        with (
            pytest.raises(IntegrityError, match=rule),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"update builder_buildersession set {change}")  # noqa: S608

    def test_a_token_is_one_sessions(self, workspace, user, session):
        with pytest.raises(IntegrityError, match="token"), transaction.atomic():
            BuilderSession.objects.create(
                workspace=workspace, user=user, session_token=session.session_token
            )


class TestWhose:
    @pytest.mark.parametrize("role", ["owner", "admin", "editor", "server"])
    def test_nobody_else_sees_a_session(self, workspace, session, role):
        other = UserFactory()
        with tenant(workspace_id=workspace.pk, user_id=other.pk, role=role):
            assert not BuilderSession.objects.exists()
            assert BuilderSession.objects.filter(pk=session.pk).update(current_step="x") == 0

    def test_its_user_sees_it_in_its_workspace_only(self, workspace, user, session):
        with tenant(workspace_id=workspace.pk, user_id=user.pk, role="viewer"):
            assert BuilderSession.objects.get() == session
        elsewhere = MembershipFactory(user=user).workspace
        with tenant(workspace_id=elsewhere.pk, user_id=user.pk, role="owner"):
            assert not BuilderSession.objects.exists()

    def test_nobody_begins_one_for_another(self, workspace):
        other = UserFactory()
        with (
            pytest.raises(Exception, match="row-level security"),
            tenant(workspace_id=workspace.pk, user_id=UserFactory().pk, role="owner"),
        ):
            sessions.create(user=other, workspace_id=workspace.pk)


class TestOverTheApi:
    @pytest.mark.parametrize("role", ["owner", "admin", "editor", "analyst", "viewer"])
    def test_every_member_has_sessions_of_their_own(self, workspace, role):
        member = MembershipFactory(workspace=workspace, role=role)
        client = client_of(member)
        made = client.post(URL, {"current_step": "sitemap-generation"}, HTTP_USER_AGENT="Firefox")
        assert made.status_code == 201, made.content
        body = made.json()
        assert (body["user"], body["user_agent"]) == (str(member.user_id), "Firefox")
        assert body["ip_address"] == "127.0.0.1"
        one = f"{URL}{body['id']}/"
        moved = client.patch(one, {"progress": {"completed": 1, "total": 4}, "status": "completed"})
        assert (moved.json()["progress"]["total"], moved.json()["status"]) == (4, "active")
        assert client.post(f"{one}pause/").json()["status"] == "paused"
        assert client.post(f"{one}resume/").json()["status"] == "active"
        assert client.post(f"{one}complete/").json()["duration"] >= 0
        assert client.post(f"{one}pause/").status_code == 422
        assert client.patch(one, {"current_step": "x"}).status_code == 422
        assert client.get(URL).json()["results"][0]["id"] == body["id"]

    def test_a_session_is_found_by_its_token_by_its_user_only(self, workspace, member, api):
        token = api.post(URL, {}).json()["session_token"]
        found = api.post(f"{URL}by-token/", {"session_token": token})
        assert found.json()["session_token"] == token
        admin = client_of(MembershipFactory(workspace=workspace, role="owner"))
        assert admin.post(f"{URL}by-token/", {"session_token": token}).status_code == 404

    def test_others_find_nothing(self, workspace, api):
        one = f"{URL}{api.post(URL, {}).json()['id']}/"
        admin = MembershipFactory(workspace=workspace, role="owner")
        for client in (client_of(admin), client_of(admin, kind="server")):
            assert client.get(URL).json()["results"] == []
            assert client.get(one).status_code == 404
            assert client.post(f"{one}cancel/").status_code in (403, 404)
        assert client_of(admin, kind="server").post(URL, {}).status_code == 403

    def test_a_progress_that_cannot_be_is_a_400_with_its_place(self, api):
        answer = api.post(URL, {"progress": {"completed": 5, "total": 4}})
        assert answer.status_code == 400
        assert [each["pointer"] for each in answer.json()["errors"]] == ["/progress"]

    def test_a_project_of_another_workspace_is_not_taken(self, api):
        from tests.builder.factories import ProjectFactory

        theirs = ProjectFactory()
        assert api.post(URL, {"project": str(theirs.pk)}).status_code == 400
