"""Privacy in the console: from a person's page, and the pages of what was asked for."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import DataExport, ErasureRequest, User
from accounts.privacy import archives, erasure
from journeys.models import Contact
from tests.factories import MembershipFactory, UserFactory
from tests.journeys.factories import ContactFactory

pytestmark = pytest.mark.django_db

CONFIRMED = {"_form_submitted": "on"}


@pytest.fixture(autouse=True)
def _exports_of_this_test(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "exports": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "exports"},
        },
    }


def signed_in(client, workspace, role):
    staff = UserFactory(is_staff=True)
    MembershipFactory(workspace=workspace, role=role, user=staff)
    client.force_login(staff)
    return client


@pytest.fixture
def contact():
    return ContactFactory(email="layan@example.com")


@pytest.fixture
def console(client, contact):
    return signed_in(client, contact.workspace, "admin")


def test_an_erasure_asks_first(console, contact):
    address = reverse("admin:journeys_contact_erase_person", args=[contact.pk])
    asked = console.get(address)
    assert "cannot be undone" in asked.content.decode()
    assert ErasureRequest.objects.count() == 0
    answer = console.post(address, CONFIRMED)
    job = ErasureRequest.objects.get()
    assert answer.headers["Location"] == reverse(
        "admin:accounts_erasurerequest_change", args=[job.pk]
    )
    erasure.run_due()
    page = console.get(answer.headers["Location"]).content.decode()
    assert "public_key" in page
    assert "layan" not in page
    assert not Contact.objects.filter(pk=contact.pk).exists()


def test_an_archive_is_downloaded_by_admins_of_the_workspace_only(console, contact, client):
    console.post(reverse("admin:journeys_contact_export_person", args=[contact.pk]), CONFIRMED)
    archives.make_due(now=timezone.now())
    export = DataExport.objects.get()
    address = reverse("admin:accounts_dataexport_file", args=[export.pk])
    assert (
        address
        in console.get(
            reverse("admin:accounts_dataexport_change", args=[export.pk])
        ).content.decode()
    )
    body = b"".join(console.get(address).streaming_content)
    assert body.startswith(b"PK")
    stranger = signed_in(client, ContactFactory().workspace, "admin")
    assert stranger.get(address).status_code == 404


@pytest.mark.parametrize("role", ["editor", "analyst", "viewer"])
def test_others_may_not(client, contact, role):
    staff = signed_in(client, contact.workspace, role)
    for name in ("erase_person", "export_person"):
        address = reverse(f"admin:journeys_contact_{name}", args=[contact.pk])
        assert staff.post(address, CONFIRMED).status_code == 403
    assert ErasureRequest.objects.count() == DataExport.objects.count() == 0
    assert staff.get(reverse("admin:accounts_dataexport_changelist")).status_code == 403


def test_a_strangers_contact_is_not_found(console):
    other = ContactFactory()
    for name in ("erase_person", "export_person"):
        address = reverse(f"admin:journeys_contact_{name}", args=[other.pk])
        assert console.post(address, CONFIRMED).status_code == 404
    assert Contact.objects.filter(pk=other.pk).exists()


def test_a_superuser_erases_a_user_and_is_told_of_a_sole_owner(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    user, owner = UserFactory(), MembershipFactory(role="owner")
    refused = client.post(
        reverse("admin:accounts_user_erase_person", args=[owner.user.pk]), CONFIRMED, follow=True
    )
    assert owner.workspace.slug in refused.content.decode()
    client.post(reverse("admin:accounts_user_erase_person", args=[user.pk]), CONFIRMED)
    assert erasure.run_due() == 1
    assert not User.with_deleted.filter(pk=user.pk).exists()
    assert User.objects.filter(pk=owner.user.pk).exists()
