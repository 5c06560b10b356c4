"""Members, invitations, and the owner that remains."""

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from accounts import memberships, quotas
from accounts.models import AuditEntry, Invitation, Membership
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

MEMBERS = "/api/v1/memberships/"


@pytest.fixture
def invited(acting, mailoutbox, django_capture_on_commit_callbacks):
    """A function that has an owner invite an address, and gives the mail's link."""
    owner = acting("owner")

    def invite(email="reem@example.com", role="analyst"):
        with django_capture_on_commit_callbacks(execute=True):
            answer = owner.post(MEMBERS, {"email": email, "role": role})
        assert answer.status_code == 201, answer.json()
        return re.search(r"/account/invitations/\S+", mailoutbox[-1].body).group()

    return invite


def test_an_invitation_is_accepted_by_whoever_reads_the_address(invited, workspace, mailoutbox):
    link = invited("Reem@Example.com")
    assert mailoutbox[-1].to == ["reem@example.com"]
    person = UserFactory(email="reem@example.com")
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    client = Client()
    client.force_login(person)
    assert workspace.name in client.get(link).content.decode()
    assert not Membership.objects.filter(user=person).exists()
    assert client.post(link).status_code == 302
    assert Membership.objects.get(user=person).role == "analyst"
    assert client.post(link).status_code == 403


def test_an_invitation_is_nobody_elses(invited):
    link = invited()
    other = UserFactory()
    other.emailaddress_set.create(email=other.email, verified=True, primary=True)
    client = Client()
    client.force_login(other)
    assert client.post(link).status_code == 403
    unproved = UserFactory(email="reem@example.com")
    client.force_login(unproved)
    assert client.post(link).status_code == 403
    assert not Membership.objects.filter(user__in=[other, unproved]).exists()


def test_an_invitation_does_not_tell_who_has_an_account(acting):
    owner = acting("owner")
    UserFactory(email="known@example.com")
    answers = [
        owner.post(MEMBERS, {"email": email}) for email in ("known@example.com", "new@example.com")
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert {tuple(answer.json()) for answer in answers} == {tuple(answers[0].json())}
    assert "user" not in answers[0].json()


def test_inviting_again_takes_the_first_ones_place(acting):
    owner = acting("owner")
    for role in ("viewer", "editor"):
        assert owner.post(MEMBERS, {"email": "a@example.com", "role": role}).status_code == 201
    rows = owner.get("/api/v1/invitations/").json()["results"]
    assert [row["role"] for row in rows] == ["editor"]
    assert owner.delete(f"/api/v1/invitations/{rows[0]['id']}/").status_code == 204
    assert Invitation.objects.count() == 0


def test_only_admins_invite_and_only_owners_make_owners(acting):
    assert acting("editor").post(MEMBERS, {"email": "a@example.com"}).status_code == 403
    assert acting("editor").get("/api/v1/invitations/").status_code == 403
    admin, owner = acting("admin"), acting("owner")
    assert admin.post(MEMBERS, {"email": "a@example.com", "role": "owner"}).status_code == 403
    assert admin.delete(f"{MEMBERS}{owner.membership.pk}/").status_code == 403
    assert owner.post(MEMBERS, {"email": "a@example.com", "role": "owner"}).status_code == 201


def test_a_role_is_changed_and_written_down(acting):
    owner, editor = acting("owner"), acting("editor")
    changed = owner.patch(f"{MEMBERS}{editor.membership.pk}/", {"role": "viewer"})
    assert changed.json()["role"] == "viewer"
    entry = AuditEntry.objects.get(action="role_changed")
    assert (entry.before, entry.after) == ({"role": "editor"}, {"role": "viewer"})
    assert entry.user == owner.user
    assert entry.workspace == owner.membership.workspace
    assert str(editor.user.pk) in entry.subject


def test_the_last_owner_neither_goes_nor_becomes_less(acting):
    owner = acting("owner")
    path = f"{MEMBERS}{owner.membership.pk}/"
    for refused in (owner.delete(path), owner.patch(path, {"role": "admin"})):
        assert refused.status_code == 422, refused.json()
        assert refused.json()["errors"][0]["code"] == "last_owner"
    acting("owner")
    assert owner.patch(path, {"role": "admin"}).status_code == 200


def test_the_database_itself_keeps_an_owner(workspace):
    owner = MembershipFactory(workspace=workspace, role="owner")

    def at_commit():
        connection.cursor().execute("set constraints all immediate")

    for change in (
        lambda: Membership.objects.filter(pk=owner.pk).delete(),
        lambda: Membership.objects.filter(pk=owner.pk).update(role="viewer"),
    ):
        with transaction.atomic():
            change()
            with pytest.raises(IntegrityError, match="at least one owner"), transaction.atomic():
                at_commit()
            transaction.set_rollback(True)
    with transaction.atomic():
        workspace.delete()
        at_commit()


def test_ownership_changes_hands_in_one_transaction(workspace):
    owner = MembershipFactory(workspace=workspace, role="owner")
    heir = MembershipFactory(workspace=workspace, role="editor")
    with transaction.atomic():
        Membership.objects.filter(pk=owner.pk).update(role="admin")
        Membership.objects.filter(pk=heir.pk).update(role="owner")
        connection.cursor().execute("set constraints all immediate")


def test_seats_are_as_many_as_the_tier_has(acting, settings):
    settings.QUOTAS = {"free": {"seats": 3}}
    owner = acting("owner")
    acting("editor")
    assert owner.post(MEMBERS, {"email": "a@example.com"}).status_code == 201
    refused = owner.post(MEMBERS, {"email": "b@example.com"})
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert "larger tier" in refused.json()["detail"]
    acting("viewer")
    with pytest.raises(quotas.QuotaExceededError):
        memberships.add(workspace=owner.membership.workspace, user=UserFactory(), role="viewer")


def test_every_member_makes_and_revokes_keys_of_their_own(acting):
    viewer, colleague = acting("viewer"), acting("viewer")
    made = viewer.post("/api/v1/api-keys/", {"name": "mine", "kind": "personal"})
    assert made.status_code == 201, made.json()
    for kind in ("server", "ingest"):
        assert viewer.post("/api/v1/api-keys/", {"name": "x", "kind": kind}).status_code == 403
    path = f"/api/v1/api-keys/{made.json()['id']}/revoke/"
    assert colleague.post(path).status_code == 403
    assert viewer.post(path).json()["revoked_at"] is not None
