"""Privacy as an operator does it, and what is wrong with rows."""

import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command

from accounts import checking
from accounts.models import ErasureRequest, Membership, User
from accounts.privacy import erasure, receipts
from accounts.privacy.subjects import user_subject
from journeys.models import Contact
from tests.factories import MembershipFactory, UserFactory, WorkspaceFactory
from tests.journeys.factories import ContactFactory, EventFactory, IdentityFactory

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_export_user_writes_an_archive(tmp_path):
    user = UserFactory(email="hind@example.com")
    path = tmp_path / "hind.zip"
    told = run("export_user", "Hind@example.com", "--output", str(path))
    assert "rows written to" in told.splitlines()[-1]
    assert path.stat().st_mode & 0o077 == 0
    assert "manifest.json" in zipfile.ZipFile(path).namelist()
    with pytest.raises(CommandError, match="--force"):
        run("export_user", str(user.pk), "--output", str(path))
    run("export_user", str(user.pk), "--output", str(path), "--force")
    assert [each.name for each in tmp_path.iterdir()] == ["hind.zip"]


def test_export_contact_finds_them_by_any_of_their_names(tmp_path):
    contact = ContactFactory(email="layan@example.com")
    IdentityFactory(contact=contact, kind="user_id", value="customer 7")
    slug = contact.workspace.slug
    for number, name in enumerate(["customer 7", "Layan@example.com", str(contact.pk)]):
        run("export_contact", slug, name, "--output", str(tmp_path / f"{number}.zip"))
    with pytest.raises(CommandError, match="no contact"):
        run("export_contact", slug, "nobody")
    with pytest.raises(CommandError, match="no workspace"):
        run("export_contact", "nowhere", "customer 7")


def test_two_contacts_of_one_name_are_not_taken_for_each_other():
    first = ContactFactory(email="same@example.com")
    ContactFactory(workspace=first.workspace, email="same@example.com")
    with pytest.raises(CommandError, match="name one by its id"):
        run("erase_contact", first.workspace.slug, "same@example.com", "--yes")


def test_a_dry_run_says_what_would_go_and_changes_nothing():
    contact = ContactFactory()
    EventFactory(contact=contact)
    told = run("erase_contact", contact.workspace.slug, str(contact.pk), "--dry-run")
    assert "journeys.Event" in told
    assert told.splitlines()[-1] == "2 rows would be changed; nothing was."
    assert Contact.objects.filter(pk=contact.pk).exists()
    assert ErasureRequest.objects.count() == 0


def test_erase_contact_writes_the_receipt(tmp_path):
    contact = ContactFactory()
    path = tmp_path / "receipt.json"
    told = run(
        "erase_contact", contact.workspace.slug, str(contact.pk), "--yes", "--receipt", str(path)
    )
    assert told.splitlines()[-1].startswith("Erased: 1 rows of 1 tables")
    assert receipts.verify_receipt(json.loads(path.read_text()))


def test_nobody_is_erased_without_a_yes():
    user = UserFactory()
    with pytest.raises(CommandError, match="--yes"):
        run("erase_user", user.email)
    assert User.objects.filter(pk=user.pk).exists()


def test_erase_user_says_why_a_sole_owner_stays():
    owner = MembershipFactory(role="owner")
    with pytest.raises(CommandError, match=owner.workspace.slug):
        run("erase_user", owner.user.email, "--yes")


def test_erase_user_finds_who_is_deleted_already():
    user = UserFactory()
    User.objects.filter(pk=user.pk).update(deleted_at="2026-01-01T00:00Z")
    run("erase_user", user.email, "--yes")
    assert not User.with_deleted.filter(pk=user.pk).exists()


def findings(name):
    ((_check, found),) = checking.run([name])
    return [finding.key for finding in found]


def test_check_data_finds_nothing_in_a_sound_workspace():
    MembershipFactory(role="owner")
    assert run("check_data", "accounts.workspace_has_an_owner").splitlines()[-1] == (
        "1 checks, 0 findings."
    )


def test_check_data_finds_and_tells_how_to_mend():
    workspace = WorkspaceFactory()
    assert findings("accounts.workspace_has_an_owner") == [str(workspace.pk)]
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("check_data", stdout=out)
    assert ended.value.code == 1
    assert "create_staff" in out.getvalue()


def test_check_data_speaks_to_programs():
    workspace = WorkspaceFactory()
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("check_data", "accounts.workspace_has_an_owner", "--json", stdout=out)
    (told,) = json.loads(out.getvalue())
    assert told["findings"][0]["key"] == str(workspace.pk)
    assert told["mend"]


def test_check_data_knows_its_checks():
    told = run("check_data", "--list")
    assert "accounts.credential_opens" in told
    with pytest.raises(CommandError, match="There is no check"):
        run("check_data", "accounts.nothing")


def test_a_member_who_was_deleted_is_found():
    membership = MembershipFactory()
    User.objects.filter(pk=membership.user_id).update(deleted_at="2026-01-01T00:00Z")
    assert findings("accounts.member_is_present") == [str(membership.pk)]


def test_a_key_of_somebody_who_left_is_found():
    from accounts.keys import issue_key

    membership = MembershipFactory()
    key, _secret = issue_key(
        workspace=membership.workspace, kind="personal", name="x", user=membership.user
    )
    assert findings("accounts.personal_key_has_a_member") == []
    Membership.objects.filter(pk=membership.pk).delete()
    assert findings("accounts.personal_key_has_a_member") == [str(key.pk)]


def test_a_credential_that_no_key_opens_is_found(settings):
    from cryptography.fernet import Fernet

    from tests.examples import Scene

    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode()]
    membership = MembershipFactory(role="owner")
    from accounts.models import Credential

    credential = Scene(workspace=membership.workspace, user=membership.user).one(Credential)
    assert findings("accounts.credential_opens") == []
    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode()]
    assert findings("accounts.credential_opens") == [str(credential.pk)]


def test_who_was_erased_and_came_back_from_a_backup_is_found():
    user = UserFactory()
    kept = User.with_deleted.filter(pk=user.pk).values()[0]
    job, _ = erasure.request(subject=user_subject(user))
    erasure.run(job.pk)
    assert findings("accounts.erased_is_gone") == []
    User.with_deleted.create(**kept)
    assert findings("accounts.erased_is_gone") == [str(user.pk)]
    run("erase_user", str(user.pk), "--yes")
    assert findings("accounts.erased_is_gone") == []
