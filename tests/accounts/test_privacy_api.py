"""Privacy over the API: of oneself, and of contacts by their workspace's admins."""

import io
import json
import zipfile

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.keys import issue_key
from accounts.models import AuditEntry, DataExport, ErasureRequest, User
from accounts.privacy import archives, erasure, receipts
from accounts.privacy.subjects import user_subject
from journeys.models import Contact
from tests.factories import MembershipFactory, UserFactory
from tests.journeys.factories import ContactFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _exports_of_this_test(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "exports": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "exports"},
        },
    }


def client_of(membership):
    _key, secret = issue_key(
        workspace=membership.workspace, kind="personal", name="tests", user=membership.user
    )
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


@pytest.fixture
def admin():
    membership = MembershipFactory(role="admin")
    membership.client = client_of(membership)
    return membership


def test_one_gets_an_archive_of_oneself(api, user):
    asked = api.post("/api/v1/privacy/exports/")
    assert asked.status_code == 202, asked.content
    address = f"/api/v1/privacy/exports/{asked.json()['id']}/"
    assert api.get(address).json()["status"] == "requested"
    assert api.get(f"{address}file/").status_code == 404
    archives.make_due(now=timezone.now())
    told = api.get(address).json()
    assert told["status"] == "ready"
    assert told["file"] == f"{address}file/"
    answer = api.get(told["file"])
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert user.email in archive.read("data/accounts.user.ndjson").decode()
    assert AuditEntry.objects.filter(action="exported", user=user).exists()


def test_a_strangers_archive_and_erasure_are_not_found(api):
    other = UserFactory()
    export = archives.request(subject=user_subject(other), requested_by=other)
    job, _ = erasure.request(subject=user_subject(other), requested_by=other)
    archives.make_due(now=timezone.now())
    assert api.get(f"/api/v1/privacy/exports/{export.pk}/").status_code == 404
    assert api.get(f"/api/v1/privacy/exports/{export.pk}/file/").status_code == 404
    assert api.get(f"/api/v1/privacy/erasures/{job.pk}/").status_code == 404
    assert api.get("/api/v1/privacy/exports/").json()["results"] == []
    assert api.get("/api/v1/privacy/erasures/").json()["results"] == []


def test_one_has_oneself_erased_and_reads_the_receipt_without_an_account(api, user):
    body = {"email": user.email, "password": "correct horse battery"}
    asked = api.post("/api/v1/privacy/erasures/", body)
    assert asked.status_code == 202, asked.content
    address = asked.json()["receipt_url"]
    assert APIClient().get(address).json() == {"status": "requested", "receipt": None}
    assert erasure.run_due() == 1
    assert not User.with_deleted.filter(pk=user.pk).exists()
    assert api.get("/api/v1/me/").status_code == 401
    told = APIClient().get(address).json()
    key = APIClient().get("/api/v1/privacy/receipts/key/").json()["public_key"]
    assert told["status"] == "completed"
    assert receipts.verify_receipt(told["receipt"], key=key)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"email": "somebody@example.com", "password": "correct horse battery"},
        {"email": "{own}", "password": "wrong"},
        {"email": "{own}"},
    ],
)
def test_one_is_not_erased_without_ones_word(api, user, body):
    told = {name: value.format(own=user.email) for name, value in body.items()}
    assert api.post("/api/v1/privacy/erasures/", told).status_code == 400
    assert ErasureRequest.objects.count() == 0


def test_a_password_is_not_to_be_guessed_here(api, user):
    codes = {
        api.post("/api/v1/privacy/erasures/", {"email": user.email, "password": "x"}).status_code
        for _ in range(12)
    }
    assert codes == {400, 429}


def test_a_sole_owner_is_told_what_to_do(db):
    owner = MembershipFactory(role="owner")
    body = {"email": owner.user.email, "password": "correct horse battery"}
    answer = client_of(owner).post("/api/v1/privacy/erasures/", body)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["code"] == "sole_owner"
    assert owner.workspace.slug in error["detail"]


def test_somebody_without_a_workspace_has_the_same_rights(client):
    user = UserFactory()
    client.force_login(user)
    asked = client.post("/api/v1/privacy/exports/")
    assert asked.status_code == 202, asked.content
    assert client.get(f"/api/v1/privacy/exports/{asked.json()['id']}/").status_code == 200


def test_a_program_has_no_self(member):
    _key, secret = issue_key(workspace=member.workspace, kind="server", name="program")
    program = APIClient()
    program.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert program.post("/api/v1/privacy/exports/").status_code == 403
    contact = ContactFactory(workspace=member.workspace)
    assert program.post(f"/api/v1/contacts/{contact.pk}/erase/").status_code == 403


def test_an_admin_exports_and_erases_a_contact(admin):
    contact = ContactFactory(workspace=admin.workspace, email="layan@example.com")
    asked = admin.client.post(f"/api/v1/contacts/{contact.pk}/export/")
    assert asked.status_code == 202, asked.content
    archives.make_due(now=timezone.now())
    address = f"/api/v1/privacy/exports/{asked.json()['id']}/"
    assert admin.client.get(address).json()["status"] == "ready"
    assert b"".join(admin.client.get(f"{address}file/").streaming_content).startswith(b"PK")

    asked = admin.client.post(f"/api/v1/contacts/{contact.pk}/erase/")
    assert asked.status_code == 202, asked.content
    erasure.run_due()
    told = admin.client.get(f"/api/v1/privacy/erasures/{asked.json()['id']}/").json()
    assert told["status"] == "completed"
    assert receipts.verify_receipt(told["receipt"])
    assert admin.client.get(f"/api/v1/contacts/{contact.pk}/").status_code == 404
    assert "layan" not in json.dumps(told)


def test_an_editor_may_not_and_sees_none_of_it(api, member):
    contact = ContactFactory(workspace=member.workspace)
    assert api.post(f"/api/v1/contacts/{contact.pk}/export/").status_code == 403
    assert api.post(f"/api/v1/contacts/{contact.pk}/erase/").status_code == 403
    DataExport.objects.create(
        workspace=member.workspace, subject_kind="contact", subject_id=contact.pk
    )
    assert api.get("/api/v1/privacy/exports/").json()["results"] == []


def test_a_strangers_contact_is_not_found(admin):
    contact = ContactFactory()
    for deed in ("export", "erase"):
        answer = admin.client.post(f"/api/v1/contacts/{contact.pk}/{deed}/")
        assert answer.status_code == 404
    assert Contact.objects.filter(pk=contact.pk).exists()
    assert ErasureRequest.objects.count() == DataExport.objects.count() == 0


def test_a_wrong_receipt_address_tells_nothing(db):
    assert APIClient().get("/api/v1/privacy/receipts/guessed/").status_code == 404
