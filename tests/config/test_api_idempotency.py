"""A POST with an Idempotency-Key takes effect once, however often it is sent."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.keys import issue_key
from accounts.models import Workspace
from config.api import idempotency
from config.models import IdempotentAnswer
from tests.config import trouble
from tests.factories import MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.config.trouble")]


def client_of(member):
    _key, secret = issue_key(
        workspace=member.workspace, kind="personal", name="tests", user=member.user
    )
    client = APIClient(raise_request_exception=False)
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


@pytest.fixture
def admin(db):
    trouble.RenameView.calls = 0
    return client_of(MembershipFactory(role="admin"))


def rename(client, *, key="k-1", **body):
    headers = {"Idempotency-Key": key} if key is not None else {}
    return client.post("/api/v1/rename/", {"name": "New", **body}, headers=headers)


def test_the_second_answer_is_the_first_ones(admin):
    first, second = rename(admin), rename(admin)
    assert (first.status_code, first.json()) == (201, {"calls": 1})
    assert (second.status_code, second.content) == (201, first.content)
    assert second["Content-Type"] == first["Content-Type"]
    assert second["Location"] == "/there"
    assert "Idempotency-Replayed" not in first
    assert second["Idempotency-Replayed"] == "true"


def test_without_a_key_each_takes_effect(admin):
    assert [rename(admin, key=None).json()["calls"] for _ in range(2)] == [1, 2]


def test_another_key_is_another_request(admin):
    assert rename(admin, key="a").json() != rename(admin, key="b").json()


def test_a_key_with_another_body_is_refused(admin):
    rename(admin)
    response = rename(admin, name="Other")
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "idempotency_key_reused"


def test_someone_else_with_the_same_key_gets_an_answer_of_their_own(admin):
    rename(admin)
    stranger = client_of(MembershipFactory(role="admin"))
    response = rename(stranger, name="Theirs")
    assert response.json() == {"calls": 2}


def test_a_colleague_with_the_same_key_and_words_is_not_answered_for(admin):
    rename(admin)
    colleague = MembershipFactory(workspace=Workspace.objects.get(), role="admin")
    response = rename(client_of(colleague))
    assert response.json() == {"calls": 2}
    assert "Idempotency-Replayed" not in response


def test_a_request_that_failed_has_spent_no_key(admin):
    assert rename(admin, answer=400).status_code == 400
    assert rename(admin).json() == {"calls": 2}


def test_a_request_that_broke_is_undone_and_may_be_sent_again(admin):
    assert rename(admin, name="Half", answer="broken").status_code == 500
    assert not Workspace.objects.filter(name="Half").exists()
    assert rename(admin, name="Half").status_code == 201
    assert Workspace.objects.filter(name="Half").exists()


def test_an_answer_with_a_secret_is_not_kept(admin):
    assert rename(admin, secret=True).status_code == 201
    assert IdempotentAnswer.objects.get().body is None
    again = rename(admin, secret=True)
    assert again.status_code == 409
    assert again.json()["code"] == "idempotency_answer_not_kept"
    assert trouble.RenameView.calls == 1


def test_a_key_that_was_just_made_is_not_written_down(admin):
    """The real thing: the answer to making an API key holds its secret."""
    admin.post(
        "/api/v1/api-keys/",
        {"name": "ci", "kind": "server"},
        headers={"Idempotency-Key": "make-a-key"},
    )
    assert IdempotentAnswer.objects.get().body is None


def test_a_stream_is_let_through(admin):
    assert rename(admin, answer="stream").getvalue() == b"12"
    assert not IdempotentAnswer.objects.exists()


@pytest.mark.parametrize("key", ["", "with space", "x" * 256, "schlüssel"])
def test_a_key_that_is_none(admin, key):
    response = rename(admin, key=key.encode().decode("latin-1"))
    assert response.status_code == 400
    assert response.json()["code"] == "idempotency_key_invalid"


def test_nobody_signed_in_is_told_so():
    assert rename(APIClient()).status_code == 401


def test_a_body_too_large_to_compare(admin, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    assert rename(admin, name="x" * 200).status_code == 413


def test_answers_are_kept_for_a_day(admin):
    rename(admin)
    IdempotentAnswer.objects.update(created_at=timezone.now() - timedelta(hours=25))
    again = rename(admin)
    assert again.json() == {"calls": 2}
    assert idempotency.forget_old() == 0
    IdempotentAnswer.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert idempotency.forget_old() == 1


def test_a_person_without_a_workspace_makes_only_one(client, user):
    client.force_login(user)
    answers = [
        client.post(
            "/api/v1/workspaces/",
            {"name": "First"},
            content_type="application/json",
            headers={"Idempotency-Key": "k"},
        )
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert Workspace.objects.filter(name="First").count() == 1


def test_a_tenant_reaches_no_answer_by_plain_sql(admin):
    from django.db import ProgrammingError, transaction

    from accounts import tenancy

    rename(admin)
    workspace = IdempotentAnswer.objects.get().workspace_id
    for statement in (
        "select * from config_idempotentanswer",
        "delete from config_idempotentanswer",
    ):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            tenancy.tenant(workspace_id=workspace, role="owner"),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_an_answer_is_had_only_in_its_own_workspace(admin):
    from accounts import tenancy

    rename(admin)
    answer = IdempotentAnswer.objects.get()
    found = {}
    for workspace in (answer.workspace_id, MembershipFactory().workspace_id):
        with (
            tenancy.tenant(workspace_id=workspace, role="owner"),
            connection.cursor() as cursor,
        ):
            cursor.execute("select * from config_recall_answer(%s)", [answer.digest])
            found[workspace] = len(cursor.fetchall())
    assert sorted(found.values()) == [0, 1]
    assert found[answer.workspace_id] == 1


class Held:
    """A request that stands still in its view until it is let go."""

    def __init__(self, monkeypatch):
        self.entered, self.release = threading.Event(), threading.Event()
        post = trouble.RenameView.post

        def held(view, request):
            response = post(view, request)
            with connection.cursor() as cursor:
                cursor.execute("select pg_backend_pid()")
                self.pid = cursor.fetchone()[0]
            self.entered.set()
            assert self.release.wait(10)
            return response

        monkeypatch.setattr(trouble.RenameView, "post", held)

    def send(self, client):
        def run():
            try:
                self.response = rename(client)
            finally:
                connections.close_all()

        self.thread = threading.Thread(target=run)
        self.thread.start()
        assert self.entered.wait(10)

    def finish(self):
        self.release.set()
        self.thread.join(10)
        return self.response


@pytest.mark.django_db(transaction=True)
def test_the_same_request_at_the_same_time_is_told_to_wait(admin, monkeypatch):
    first = Held(monkeypatch)
    first.send(admin)
    second = rename(admin)
    assert second.status_code == 409
    assert second.json()["code"] == "idempotency_key_in_use"
    assert second["Retry-After"] == "1"
    assert first.finish().status_code == 201
    assert rename(admin)["Idempotency-Replayed"] == "true"
    assert trouble.RenameView.calls == 1


@pytest.mark.django_db(transaction=True)
def test_a_request_killed_under_way_leaves_nothing_and_may_be_sent_again(admin, monkeypatch):
    first = Held(monkeypatch)
    first.send(admin)
    with connection.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(%s, 5000)", [first.pid])
    assert first.finish().status_code in (500, 503)
    assert not Workspace.objects.filter(name="New").exists()
    again = rename(admin)
    assert again.status_code == 201
    assert "Idempotency-Replayed" not in again
