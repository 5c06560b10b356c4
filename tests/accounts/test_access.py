"""Who gets in, as whom: keys, sessions, workspaces, the console."""

import pytest
from django.db import connection
from django.test import Client
from rest_framework.test import APIClient

from accounts.keys import issue_key, revoke_key
from accounts.models import ApiKey, AuditEntry, User
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def with_key(secret, **headers):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}", **headers)
    return client


def test_a_personal_key_acts_as_its_person(api, user, workspace):
    assert api.get("/api/v1/me/").json()["email"] == user.email
    assert [row["id"] for row in api.get("/api/v1/workspace/").json()["results"]] == [
        str(workspace.id)
    ]


def test_a_server_key_needs_no_person(workspace):
    _key, secret = issue_key(workspace=workspace, kind="server", name="job")
    rows = with_key(secret).get("/api/v1/workspace/").json()["results"]
    assert rows[0]["slug"] == workspace.slug


@pytest.mark.parametrize("secret", ["hh_server_nonsense", "x", "null"])
def test_an_unknown_key_is_told_so(secret, db):
    answer = with_key(secret).get("/api/v1/workspace/")
    assert answer.status_code == 401
    assert "unknown" in answer.json()["detail"]


def test_a_revoked_key_no_longer_works(workspace):
    key, secret = issue_key(workspace=workspace, kind="server", name="job")
    revoke_key(key=key)
    assert with_key(secret).get("/api/v1/workspace/").status_code == 401
    first = key.revoked_at
    revoke_key(key=key)
    assert key.revoked_at == first


def test_an_ingest_key_reads_nothing(workspace):
    _key, secret = issue_key(workspace=workspace, kind="ingest", name="site")
    assert with_key(secret).get("/api/v1/workspace/").status_code == 401


def test_the_key_of_someone_who_left_reads_nothing(member):
    _key, secret = issue_key(
        workspace=member.workspace, kind="personal", name="k", user=member.user
    )
    member.delete()
    assert with_key(secret).get("/api/v1/workspace/").status_code == 403


def test_a_key_is_kept_as_a_hash_only(workspace):
    key, secret = issue_key(workspace=workspace, kind="server", name="job")
    with connection.cursor() as cursor:
        cursor.execute("select to_jsonb(k)::text from accounts_apikey k where id = %s", [key.id])
        assert secret not in cursor.fetchone()[0]


def test_use_of_a_key_is_noted_at_most_once_a_minute(workspace):
    key, secret = issue_key(workspace=workspace, kind="server", name="job")
    client = with_key(secret)
    client.get("/api/v1/workspace/")
    key.refresh_from_db()
    first = key.last_used_at
    client.get("/api/v1/workspace/")
    key.refresh_from_db()
    assert first is not None
    assert key.last_used_at == first


def test_someone_in_several_workspaces_names_one(user, workspace):
    MembershipFactory(user=user, workspace=workspace)
    other = MembershipFactory(user=user, role="viewer")
    client = APIClient()
    client.force_login(user)
    refused = client.get("/api/v1/workspace/")
    assert refused.status_code == 400
    assert workspace.slug in refused.json()["detail"]
    named = client.get("/api/v1/workspace/", headers={"X-Workspace": other.workspace.slug})
    assert named.json()["results"][0]["slug"] == other.workspace.slug
    stranger = MembershipFactory()
    wrong = client.get("/api/v1/workspace/", headers={"X-Workspace": stranger.workspace.slug})
    assert wrong.status_code == 403


def test_nobody_is_401(db):
    assert APIClient().get("/api/v1/workspace/").status_code == 401


def test_an_admin_makes_a_key_and_sees_it_once(workspace):
    admin = MembershipFactory(workspace=workspace, role="admin")
    client = APIClient()
    client.force_login(admin.user)
    made = client.post("/api/v1/api-keys/", {"name": "crm", "kind": "server"})
    assert made.status_code == 201
    secret = made.json()["secret"]
    assert with_key(secret).get("/api/v1/workspace/").status_code == 200
    again = client.get(f"/api/v1/api-keys/{made.json()['id']}/").json()
    assert again["secret"] is None
    assert AuditEntry.objects.filter(action="key_issued", user=admin.user).exists()


def test_an_editor_makes_no_server_key(api):
    refused = api.post("/api/v1/api-keys/", {"name": "crm", "kind": "server"})
    assert refused.status_code == 403
    assert ApiKey.objects.filter(kind="server").count() == 0


def test_another_workspaces_key_is_not_found(api):
    stranger = MembershipFactory()
    key, _secret = issue_key(workspace=stranger.workspace, kind="server", name="theirs")
    assert api.get(f"/api/v1/api-keys/{key.id}/").status_code == 404


def test_making_a_workspace_makes_one_its_owner(user):
    client = APIClient()
    client.force_login(user)
    made = client.post("/api/v1/workspaces/", {"name": "Bayt Studio"})
    assert made.status_code == 201
    assert made.json()["slug"] == "bayt-studio"
    assert user.memberships.get().role == "owner"


def test_the_console_shows_staff_its_own_workspace_only(workspace):
    staff = MembershipFactory(workspace=workspace, role="admin", user=UserFactory(is_staff=True))
    stranger = MembershipFactory()
    issue_key(workspace=workspace, kind="server", name="ours alone")
    issue_key(workspace=stranger.workspace, kind="server", name="theirs alone")
    client = Client()
    client.force_login(staff.user)
    page = client.get("/console/accounts/apikey/").content.decode()
    assert "ours alone" in page
    assert "theirs alone" not in page


def test_a_superusers_console_request_is_written_down(db):
    root = User.objects.create_superuser("root@example.com", "x")
    MembershipFactory()
    client = Client()
    client.force_login(root)
    assert client.get("/console/accounts/workspace/").status_code == 200
    entry = AuditEntry.objects.get(action="owner_scope")
    assert entry.user == root
    assert entry.subject == "GET /console/accounts/workspace/"


def test_staff_without_a_workspace_are_told_what_to_do(db):
    client = Client()
    client.force_login(UserFactory(is_staff=True))
    page = client.get("/console/")
    assert page.status_code == 403
    assert "Ask the owner" in page.content.decode()


def test_csv_comes_out_streamed_and_harmless(workspace):
    staff = MembershipFactory(workspace=workspace, role="admin", user=UserFactory(is_staff=True))
    key, _secret = issue_key(workspace=workspace, kind="server", name="=1+1")
    client = Client()
    client.force_login(staff.user)
    answer = client.post(
        "/console/accounts/apikey/", {"action": "export_as_csv", "_selected_action": [key.id]}
    )
    body = b"".join(answer.streaming_content).decode()
    assert "'=1+1" in body
    assert "hashed_key" not in body


@pytest.mark.parametrize("language", ["en", "ar"])
def test_signing_in_and_out_works_in_both_languages(user, language):
    client = Client(headers={"accept-language": language})
    page = client.get("/account/login/").content.decode()
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    entered = client.post(
        "/account/login/", {"login": user.email.upper(), "password": "correct horse battery"}
    )
    assert entered.status_code == 302
    assert client.get("/").status_code == 200
    client.post("/account/logout/")
    assert client.get("/").status_code == 302


def test_a_password_reset_arrives_by_mail_and_tells_no_one_who_has_an_account(user, mailoutbox):
    client = Client()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    answers = [
        client.post("/account/password/reset/", {"email": email})
        for email in (user.email, "nobody@example.com")
    ]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert [mail.to for mail in mailoutbox] == [[user.email], ["nobody@example.com"]]
    assert "/account/password/reset/key/" in mailoutbox[0].body


def test_the_switcher_turns_the_console_to_another_workspace_of_ones_own(db):
    person = UserFactory(is_staff=True)
    for name in ("Aa", "Bb"):
        membership = MembershipFactory(user=person, role="admin", workspace__name=name)
        issue_key(workspace=membership.workspace, kind="server", name=f"key of {name}")
    stranger = MembershipFactory()
    client = Client()
    client.force_login(person)
    assert "key of Aa" in client.get("/console/accounts/apikey/").content.decode()
    client.get(f"/console/workspace/?slug={membership.workspace.slug}")
    assert "key of Bb" in client.get("/console/accounts/apikey/").content.decode()
    client.get(f"/console/workspace/?slug={stranger.workspace.slug}")
    assert "key of Bb" in client.get("/console/accounts/apikey/").content.decode()


def test_a_scope_that_names_a_project_is_kept_whole(workspace):
    scope = f"project:{workspace.id}"
    key, _secret = issue_key(workspace=workspace, kind="ingest", name="site", scopes=[scope])
    key.refresh_from_db()
    assert key.scopes == [scope]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("get", "/api/v1/me/", None),
        ("patch", "/api/v1/me/", {"first_name": "Robot"}),
        ("post", "/api/v1/workspaces/", {"name": "Robots"}),
    ],
)
def test_what_only_a_person_can_do_is_refused_to_a_program(workspace, method, path, body):
    _key, secret = issue_key(workspace=workspace, kind="server", name="job")
    refused = getattr(with_key(secret), method)(path, body)
    assert refused.status_code == 403
    assert "person" in refused.json()["detail"]


@pytest.mark.parametrize("signed_in", ["by session", "by token"])
def test_a_person_changes_their_own_name_and_nothing_else(api, user, signed_in):
    client = api
    if signed_in == "by session":
        client = APIClient()
        client.force_login(user)
    changed = client.patch("/api/v1/me/", {"preferred_name": "Nono", "email": "x@example.com"})
    assert changed.status_code == 200
    user.refresh_from_db()
    assert user.preferred_name == "Nono"
    assert user.email != "x@example.com"
