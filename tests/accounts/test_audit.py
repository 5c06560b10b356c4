"""The audit trail: what is written, who reads it, and that nobody changes it."""

import uuid

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, connection, transaction
from django.test import Client

from accounts import audit, profiles
from accounts.keys import issue_key
from accounts.models import AuditEntry, User, UserProfile
from accounts.tenancy import tenant
from tests.factories import MembershipFactory, UserFactory, WorkspaceFactory

pytestmark = pytest.mark.django_db

PATH = "/api/v1/audit-entries/"
ADDRESS = "203.0.113.9"


def entry(**fields):
    audit.record(action="console_write", **fields)
    return AuditEntry.objects.latest("id")


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(subject="never mind"),
        lambda rows: rows.update(user=None),
        lambda rows: rows.delete(),
    ],
    ids=["changed", "anonymized", "deleted"],
)
def test_nobody_changes_an_entry_the_owner_neither(user, change):
    made = entry(subject="accounts.user 1", user_id=user.pk)
    with pytest.raises(IntegrityError, match="only ever added to"), transaction.atomic():
        change(AuditEntry.objects.filter(pk=made.pk))
    made.refresh_from_db()
    assert made.subject == "accounts.user 1"


def test_erasure_empties_what_is_personal_by_one_function_only(user):
    mine = entry(subject="x", user_id=user.pk, after={"name": "Noura"})
    about = entry(subject=f"accounts.user {user.pk}", user_id=UserFactory().pk, before={"n": 1})
    other = entry(subject="y", user_id=UserFactory().pk, after={"kept": True})
    with connection.cursor() as cursor:
        cursor.execute("select accounts_redact_audit(%s)", [user.pk])
        assert cursor.fetchone() == (2,)
    for row in (mine, about, other):
        row.refresh_from_db()
    assert (mine.user_id, mine.subject, mine.after) == (None, "", None)
    assert mine.action == "console_write"
    assert about.user_id is not None
    assert str(user.pk) not in about.subject
    assert about.before is None
    assert other.after == {"kept": True}
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.filter(pk=mine.pk).update(subject="x")


def test_an_entry_outlives_its_person_and_its_workspace(user, workspace):
    made = entry(user_id=user.pk, workspace_id=workspace.pk)
    workspace.delete()
    User.with_deleted.filter(pk=user.pk).delete()
    made.refresh_from_db()
    assert made.user_id == user.pk


def test_within_a_scope_nobody_writes_in_anothers_name(workspace, user):
    other = UserFactory()
    with tenant(workspace_id=workspace.pk, user_id=user.pk, role="editor"):
        audit.record(
            action="console_write", user_id=other.pk, workspace_id=WorkspaceFactory.build().pk
        )
    made = AuditEntry.objects.latest("id")
    assert (made.user, made.workspace) == (user, workspace)


def test_an_address_is_kept_only_of_whoever_agrees(user):
    with audit.during(audit.Deed(ip_address=ADDRESS)):
        assert entry(user_id=user.pk).ip_address == ADDRESS
        profiles.save(profile=UserProfile(user=user, analytics_consent=False))
        assert entry(user_id=user.pk).ip_address is None
        assert entry().ip_address is None


def test_admins_read_and_search_their_workspaces_entries(acting, workspace):
    owner = acting("owner")
    entry(subject="builder.project one", workspace_id=workspace.pk)
    entry(subject="builder.project 100%_two", workspace_id=workspace.pk)
    entry(subject="builder.project theirs", workspace_id=WorkspaceFactory().pk)
    found = owner.get(PATH, {"search": "PROJECT"}).json()["results"]
    assert {row["subject"] for row in found} == {"builder.project one", "builder.project 100%_two"}
    assert len(owner.get(PATH, {"search": "0%_t"}).json()["results"]) == 1
    assert owner.get(PATH, {"search": "%"}).json()["results"][0]["subject"].endswith("two")
    assert owner.get(PATH, {"action": "key_issued"}).json()["results"]
    assert acting("editor").get(PATH).status_code == 403


def test_use_of_a_key_is_written_once_an_hour(acting):
    owner = acting("owner")
    for _ in range(3):
        owner.get("/api/v1/workspace/")
    entries = AuditEntry.objects.filter(action="key_used")
    assert entries.count() == 1
    assert entries[0].user == owner.user
    assert entries[0].key is not None


def test_what_is_written_in_the_console_is_written_down(workspace):
    admin = MembershipFactory(workspace=workspace, role="owner", user=UserFactory(is_staff=True))
    issue_key(workspace=workspace, kind="server", name="job")
    client = Client()
    client.force_login(admin.user)
    page = f"/console/accounts/workspace/{workspace.pk}/change/"
    form = {
        "name": "A new name",
        "slug": workspace.slug,
        "subscription_tier": "free",
        "subscription_status": "active",
        "timezone": "Asia/Riyadh",
        "country": "SA",
        "default_language": "en",
        "currency": "SAR",
        "week_start": "6",
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "1",
        "memberships-0-id": str(admin.pk),
        "memberships-0-workspace": str(workspace.pk),
        "memberships-0-user": str(admin.user.pk),
        "memberships-0-role": "owner",
    }
    saved = client.post(page, form)
    assert saved.status_code == 302, saved.content.decode()[-2000:]
    made = AuditEntry.objects.get(action="console_write")
    assert made.subject == f"accounts.workspace {workspace.pk}"
    assert made.after["did"] == "changed"
    assert len(made.after["fields"]) == 1
    assert (made.user, made.workspace) == (admin.user, workspace)
    refused = client.post(page, {**form, "memberships-0-role": "viewer"})
    assert "keeps an owner" in refused.content.decode()


def test_bulk_entries_of_the_admin_are_written_down_too(user):
    LogEntry.objects.log_actions(user.pk, [user, UserFactory()], 3)
    assert AuditEntry.objects.filter(action="console_write", user=user).count() == 2


def test_the_console_shows_admins_their_workspaces_entries(workspace):
    admin = MembershipFactory(workspace=workspace, role="admin", user=UserFactory(is_staff=True))
    ours = entry(subject="ours entry", workspace_id=workspace.pk, after={"name": "مشروع"})
    entry(subject="theirs entry", workspace_id=WorkspaceFactory().pk)
    client = Client()
    client.force_login(admin.user)
    page = client.get("/console/accounts/auditentry/?q=entry").content.decode()
    assert "ours entry" in page
    assert "theirs entry" not in page
    assert "مشروع" in client.get(f"/console/accounts/auditentry/{ours.pk}/change/").content.decode()
    root = User.objects.create_superuser("root@example.com", "x")
    client.force_login(root)
    page = client.get("/console/accounts/auditentry/?q=entry").content.decode()
    assert "ours entry" in page
    assert "theirs entry" in page


def test_an_action_that_nobody_knows_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        audit.record(action="danced", user_id=uuid.uuid4())
