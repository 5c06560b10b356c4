"""Superusers act as somebody else, within what that person may, and it is written down."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from accounts.keys import issue_key
from accounts.models import AuditEntry, User
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

ACQUIRE, RELEASE = "/account/impersonation/acquire/", "/account/impersonation/release/"


@pytest.fixture
def root(db):
    return User.objects.create_superuser("root@example.com", "x")


@pytest.fixture
def staff(workspace):
    return MembershipFactory(
        workspace=workspace, role="editor", user=UserFactory(is_staff=True)
    ).user


@pytest.fixture
def client(root):
    client = Client()
    client.force_login(root)
    return client


def as_(client, person):
    return client.post(ACQUIRE, {"user_pk": str(person.pk), "next": "/"})


@pytest.mark.parametrize(("language", "words"), [("en", "You act as"), ("ar", "أنت تتصرّف")])
def test_one_sees_what_they_see_under_a_banner_and_comes_back(client, staff, language, words):
    workspace = staff.memberships.get().workspace
    issue_key(workspace=workspace, kind="server", name="ours alone")
    stranger = MembershipFactory()
    issue_key(workspace=stranger.workspace, kind="server", name="theirs alone")
    assert as_(client, staff).status_code == 302
    page = client.get(
        "/console/accounts/apikey/", headers={"accept-language": language}
    ).content.decode()
    assert "ours alone" in page
    assert "theirs alone" not in page
    assert words in page
    assert RELEASE in page
    assert client.get("/console/accounts/user/").status_code == 403
    client.post(RELEASE)
    page = client.get("/console/accounts/user/")
    assert page.status_code == 200
    assert words not in page.content.decode()
    entries = AuditEntry.objects.filter(action__startswith="impersonation").order_by("id")
    assert [entry.action for entry in entries] == [
        "impersonation_started",
        "impersonation_stopped",
    ]
    assert {entry.user.email for entry in entries} == {"root@example.com"}
    assert {entry.subject for entry in entries} == {f"accounts.user {staff.pk}"}


def test_it_is_no_arrival_of_the_person(client, staff):
    as_(client, staff)
    client.get("/console/accounts/apikey/")
    staff.refresh_from_db()
    assert (staff.login_count, staff.last_login, staff.last_activity_at) == (0, None, None)
    assert not AuditEntry.objects.filter(user=staff, action="signed_in").exists()


def test_what_is_done_meanwhile_bears_both_names(client, root, workspace):
    owner = MembershipFactory(
        workspace=workspace, role="owner", user=UserFactory(is_staff=True)
    ).user
    key, _secret = issue_key(workspace=workspace, kind="server", name="job")
    as_(client, owner)
    client.post(
        "/console/accounts/apikey/", {"action": "revoke", "_selected_action": [str(key.pk)]}
    )
    entry = AuditEntry.objects.get(action="key_revoked")
    assert (entry.user, entry.impersonator) == (owner, root)


def test_nobody_becomes_a_superuser_or_themselves(client, root):
    other = User.objects.create_superuser("other@example.com", "x")
    gone = UserFactory(is_active=False)
    for person in (other, root, gone):
        assert as_(client, person).status_code == 403
    assert not AuditEntry.objects.filter(action="impersonation_started").exists()


def test_only_superusers_do_it(staff, user):
    client = Client()
    client.force_login(staff)
    assert as_(client, user).status_code == 403


def test_one_who_is_impersonated_leads_no_further(client, staff, user):
    as_(client, staff)
    assert as_(client, user).status_code == 403


def test_the_factor_was_the_superusers(client, root, staff, settings):
    settings.STAFF_NEEDS_MFA = True
    root.authenticator_set.create(type="totp", data={"secret": "x"})
    as_(client, staff)
    assert client.get("/console/accounts/apikey/").status_code == 200


def test_the_button_is_on_the_page_of_whoever_it_may_be(client, root, staff):
    other = User.objects.create_superuser("other@example.com", "x")
    page = client.get(f"/console/accounts/user/{staff.pk}/change/").content.decode()
    assert ACQUIRE in page
    assert "profile-0-job_title" in page
    assert ACQUIRE not in client.get(f"/console/accounts/user/{other.pk}/change/").content.decode()


def test_the_banner_keeps_the_strictest_policy_and_stays_out_of_frames(client, staff):
    as_(client, staff)
    answer = client.get("/studio/")
    page = answer.content.decode()
    assert "You act as" in page
    assert "style-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"]
    assert "style=" not in page
    assert "<style" not in page
    (sheet,) = re.findall(r'href="([^"]*accounts/impersonation[^"]*\.css)"', page)
    assert finders.find(sheet.removeprefix(settings.STATIC_URL))
    framed = client.get("/studio/frame/", headers={"sec-fetch-dest": "iframe"})
    assert framed.status_code == 200
    assert RELEASE not in framed.content.decode()
