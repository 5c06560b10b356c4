"""Secrets of a workspace: encrypted, used, never shown, brought under new keys."""

import io

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client

from accounts import credentials, encryption
from accounts.models import AuditEntry, Credential
from accounts.tenancy import tenant
from tests.factories import MembershipFactory, UserFactory, WorkspaceFactory

pytestmark = pytest.mark.django_db

PATH = "/api/v1/credentials/"
SECRET = "sk-proj-abcdefghijklmnop-wxyz"


def stored(credential):
    with connection.cursor() as cursor:
        cursor.execute("select secret from accounts_credential where id = %s", [credential.pk])
        return cursor.fetchone()[0]


@pytest.fixture
def kept(workspace):
    return credentials.store(workspace=workspace, kind="openai", secret=SECRET)


def test_a_secret_lies_encrypted_and_is_handed_to_what_needs_it(kept, workspace):
    assert SECRET not in stored(kept)
    assert credentials.reveal(workspace_id=workspace.pk, kind="openai") == SECRET
    assert credentials.reveal(workspace_id=workspace.pk, kind="anthropic") is None
    kept.refresh_from_db()
    assert kept.last_used_at is not None
    assert kept.last_four == "wxyz"


@pytest.mark.parametrize("role", ["owner", "viewer", "server"])
def test_within_a_scope_code_has_its_workspaces_secret_and_no_other(kept, workspace, role):
    with tenant(workspace_id=workspace.pk, role=role):
        assert credentials.reveal(workspace_id=workspace.pk, kind="openai") == SECRET
    with tenant(workspace_id=WorkspaceFactory().pk, role=role):
        assert credentials.reveal(workspace_id=workspace.pk, kind="openai") is None


def test_no_tenant_reads_the_column(kept, workspace):
    with tenant(workspace_id=workspace.pk, role="owner"):
        assert Credential.objects.get(pk=kept.pk).secret is None
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            stored(kept)
    with tenant(workspace_id=workspace.pk, role="editor"):
        assert not Credential.objects.exists()


def test_a_short_secret_shows_nothing_of_itself(workspace):
    assert not credentials.store(workspace=workspace, kind="smtp", secret="hunter2").last_four


def test_storing_again_replaces(kept, workspace):
    again = credentials.store(workspace=workspace, kind="openai", secret="another-secret-entirely")
    assert again.pk == kept.pk
    assert again.replaced_at is not None
    assert Credential.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Credential.objects.create(workspace=workspace, kind="openai", secret="x", last_four="")


def test_the_api_takes_secrets_and_gives_none(acting):
    owner = acting("owner")
    made = owner.post(PATH, {"kind": "openai", "name": "main", "secret": SECRET})
    assert made.status_code == 201, made.json()
    path = f"{PATH}{made.json()['id']}/"
    replaced = owner.patch(path, {"secret": "a-new-secret-for-openai"})
    assert replaced.status_code == 200
    assert replaced.json()["last_four"] == "enai"
    listed = owner.get(PATH)
    for answer in (made, replaced, listed, owner.get(path)):
        assert SECRET not in answer.content.decode()
        assert "secret" not in answer.json()
    assert "secret" not in listed.json()["results"][0]
    assert owner.delete(path).status_code == 204
    actions = AuditEntry.objects.filter(subject__contains=made.json()["id"])
    assert sorted(actions.values_list("action", flat=True)) == [
        "credential_removed",
        "credential_stored",
        "credential_stored",
    ]


def test_credentials_are_the_admins(acting, kept):
    for role in ("editor", "analyst", "viewer"):
        client = acting(role)
        assert client.get(PATH).status_code == 403
        assert client.post(PATH, {"kind": "openai", "secret": "x"}).status_code == 403
    stranger = acting("owner", within=WorkspaceFactory())
    assert stranger.get(f"{PATH}{kept.pk}/").status_code == 404


def test_the_console_takes_a_secret_and_never_shows_it(workspace):
    admin = MembershipFactory(workspace=workspace, role="admin", user=UserFactory(is_staff=True))
    client = Client()
    client.force_login(admin.user)
    added = client.post(
        "/console/accounts/credential/add/",
        {"kind": "hubspot", "name": "crm", "new_secret": SECRET},
    )
    assert added.status_code == 302, added.content.decode()[-3000:]
    credential = Credential.objects.get(kind="hubspot")
    assert credential.workspace == workspace
    page = client.get(f"/console/accounts/credential/{credential.pk}/change/").content.decode()
    assert SECRET not in page
    assert stored(credential)[:20] not in page
    listed = client.get("/console/accounts/credential/").content.decode()
    assert "wxyz" in listed
    editor = MembershipFactory(workspace=workspace, role="editor", user=UserFactory(is_staff=True))
    client.force_login(editor.user)
    assert client.get("/console/accounts/credential/").status_code == 403


def rotate(*arguments):
    out = io.StringIO()
    call_command("rotate_credentials", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_secrets_come_under_a_new_key_and_the_old_one_can_go(kept, workspace, settings):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    assert encryption.is_current(stored(kept))  # under the one derived from SECRET_KEY
    settings.CREDENTIAL_KEYS = [old]
    assert credentials.reveal(workspace_id=workspace.pk, kind="openai") == SECRET
    credentials.replace(credential=kept, secret=SECRET)
    settings.CREDENTIAL_KEYS = [new, old]
    assert "1 secrets would be" in rotate("--dry-run")
    before = stored(kept)
    assert "1 secrets encrypted anew, 0 unreadable" in rotate()
    assert stored(kept) != before
    assert encryption.is_current(stored(kept))
    assert "0 secrets encrypted anew" in rotate()
    settings.CREDENTIAL_KEYS = [new]
    assert credentials.reveal(workspace_id=workspace.pk, kind="openai") == SECRET


def test_a_secret_under_a_lost_key_is_named_and_the_others_rotate(kept, workspace, settings):
    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode()]
    credentials.replace(credential=kept, secret=SECRET)
    settings.CREDENTIAL_KEYS = []
    other = credentials.store(workspace=workspace, kind="hubspot", secret=SECRET)
    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(CommandError, match=str(kept.pk)):
        rotate()
    assert encryption.is_current(stored(other))
    with pytest.raises(encryption.LostKeyError, match="CREDENTIAL_KEYS"):
        credentials.reveal(workspace_id=workspace.pk, kind="openai")
