"""Webhooks are signed with a credential of the workspace, which is shown once."""

import json
import re

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import connection
from django.test import Client

from accounts.models import AuditEntry, Credential
from journeys.models import Workflow
from journeys.workflows import engine, recipes, signatures, signing
from tests.factories import MembershipFactory, UserFactory
from tests.journeys import workflow_scene as scene
from tests.journeys.receiver import receiver

pytestmark = pytest.mark.django_db

API = "/api/v1"
OURS = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="


@pytest.fixture
def hook(settings):
    with receiver() as played:
        settings.WEBHOOK_ALLOWED_HOSTS = [played.host]
        yield played


@pytest.fixture
def project(workspace):
    return scene.make_project(workspace)


@pytest.fixture
def steps(hook):
    return {"steps": [{"kind": "call_webhook", "url": hook.url}]}


@pytest.fixture
def workflow(project, steps):
    return scene.make_workflow(project, *steps["steps"])


def run(workflow, clock=None):
    execution = scene.make_execution(workflow)
    engine.advance_due(clock=clock or scene.Clock())
    execution.refresh_from_db()
    return execution


def is_signed(call, secret):
    _path, headers, body = call
    return headers["Webhook-Signature"] == signatures.sign(
        secret=secret,
        webhook_id=headers["Webhook-Id"],
        timestamp=int(headers["Webhook-Timestamp"]),
        body=body,
    )


def kept(workflow):
    return Credential.objects.get(kind="webhook", name=str(workflow.pk))


def stored(workflow):
    with connection.cursor() as cursor:
        cursor.execute("select secret from accounts_credential where name = %s", [str(workflow.pk)])
        return cursor.fetchone()[0]


def test_a_webhook_is_signed_and_bears_the_form(workflow, hook):
    secret = signing.give_secret(workflow=workflow)
    execution = run(workflow)
    assert execution.status == "succeeded"
    (call,) = hook.received
    told = json.loads(call[2])
    assert told["type"] == "form_submitted"
    assert told["data"]["form"] == scene.FORM
    assert told["data"]["contact"]["email"] == scene.FORM["email"]
    assert call[1]["Webhook-Id"] == f"msg_{execution.id.hex}_0"
    assert is_signed(call, secret)
    assert not is_signed(call, OURS)


def test_whoever_brings_the_first_webhook_sees_the_secret_once(api, project, steps, user):
    made = api.post(
        f"{API}/workflows/", {"name": "CRM", "project": str(project.id), "definition": steps}
    )
    secret = made.json()["signing_secret"]
    assert secret.startswith("whsec_")
    assert made["Cache-Control"] == "no-store"
    url = f"{API}/workflows/{made.json()['id']}/"
    for answer in (
        api.get(url),
        api.patch(url, {"definition": steps}),
        api.post(f"{url}activate/"),
    ):
        assert answer.status_code == 200
        assert answer.json()["signing_secret"] is None
        assert secret not in answer.content.decode()
    assert Credential.objects.get().created_by == user
    assert signing.secret_of(Workflow.objects.get(pk=made.json()["id"])) == secret


def test_a_webhook_that_comes_later_brings_its_secret_then(api, project, steps):
    workflow = recipes.lead_capture(project=project)
    assert not Credential.objects.exists()
    changed = api.patch(f"{API}/workflows/{workflow.id}/", {"definition": steps})
    assert changed.json()["signing_secret"] == signing.secret_of(workflow)


def test_the_secret_lies_encrypted_and_goes_with_its_workflow(workflow):
    secret = signing.give_secret(workflow=workflow)
    assert secret not in stored(workflow)
    assert secret.removeprefix("whsec_") not in stored(workflow)
    assert kept(workflow).last_four == secret[-4:]
    workflow.delete()
    assert not Credential.objects.exists()


def test_a_workflow_without_one_is_signed_too(workflow, hook):
    assert run(workflow).status == "succeeded"
    assert is_signed(hook.received[0], signing.secret_of(workflow))
    assert Credential.objects.count() == 1


def test_admins_replace_it_like_every_credential(api, workspace, workflow, hook):
    first = signing.give_secret(workflow=workflow)
    admin = Client()
    admin.force_login(MembershipFactory(workspace=workspace, role="admin").user)
    headers = {"X-Workspace": workspace.slug}
    url = f"{API}/credentials/{kept(workflow).pk}/"
    listed = admin.get(f"{API}/credentials/", {"kind": "webhook"}, headers=headers)
    assert [row["name"] for row in listed.json()["results"]] == [str(workflow.pk)]
    assert first not in listed.content.decode()

    def replace(client, secret):
        return client.patch(
            url, {"secret": secret}, content_type="application/json", headers=headers
        )

    assert replace(admin, OURS).status_code == 200
    assert api.patch(url, {"secret": OURS}).status_code == 403  # an editor
    run(workflow)
    assert is_signed(hook.received[0], OURS)
    refused = replace(admin, "hunter2")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/secret"
    assert signing.secret_of(workflow) == OURS
    assert AuditEntry.objects.filter(action="credential_stored").count() == 2


def test_the_console_shows_it_once_and_replaces_it(workspace, project, steps):
    person = UserFactory(is_staff=True)
    MembershipFactory(workspace=workspace, role="admin", user=person)
    client = Client()
    client.force_login(person)
    workflow = recipes.lead_capture(project=project)
    page = f"/console/journeys/workflow/{workflow.pk}/change/"
    form = {
        "name": "CRM", "category": "integration", "project": str(project.pk),
        "trigger": json.dumps(workflow.trigger), "definition": json.dumps(steps),
        "connections-TOTAL_FORMS": 0, "connections-INITIAL_FORMS": 0, "_continue": "1",
    }  # fmt: skip
    told = client.post(page, form, follow=True)
    (secret,) = set(re.findall(r"whsec_[\w+/]+=", told.content.decode().replace("&#x3D;", "=")))
    assert secret == signing.secret_of(workflow)
    assert "whsec_" not in client.get(page).content.decode()
    place = f"/console/accounts/credential/{kept(workflow).pk}/change/"
    refused = client.post(place, {"new_secret": "hunter2"})
    assert refused.status_code == 200
    assert "whsec_ and base64" in refused.content.decode()
    assert client.post(place, {"new_secret": OURS}).status_code == 302
    assert signing.secret_of(workflow) == OURS


def test_it_comes_under_a_new_key_with_the_others(workflow, settings):
    secret = signing.give_secret(workflow=workflow)
    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode()]
    before = stored(workflow)
    call_command("rotate_credentials", verbosity=0)
    assert stored(workflow) != before
    assert signing.secret_of(workflow) == secret


def test_a_call_whose_key_is_missing_waits_until_it_is_back(workflow, hook, settings):
    key = Fernet.generate_key().decode()
    settings.CREDENTIAL_KEYS = [key]
    secret = signing.give_secret(workflow=workflow)
    settings.CREDENTIAL_KEYS = []
    clock = scene.Clock()
    execution = run(workflow, clock)
    assert execution.status == "waiting"
    assert hook.received == []
    assert "key is missing" in execution.log[-1]["error"]
    settings.CREDENTIAL_KEYS = [key]
    clock.now = execution.due_at
    engine.advance_due(clock=clock)
    assert is_signed(hook.received[0], secret)
