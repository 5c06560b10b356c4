"""Working together over the API: collaborators, comments, versions; what strangers may see."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts import invitations
from accounts.keys import issue_key
from accounts.models import Invitation, Membership
from builder import publishing, versioning
from builder.models import Comment, Project, ProjectCollaborator
from tests.builder.factories import CollaboratorFactory, ProjectFactory
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
API = "/api/v1"


def client_of(membership, kind="personal"):
    user = membership.user if kind == "personal" else None
    _key, secret = issue_key(workspace=membership.workspace, kind=kind, name="t", user=user)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


def codes(response, status):
    assert response.status_code == status, response.content
    return [(each["pointer"], each["code"]) for each in response.json()["errors"]]


def link_of(mailoutbox):
    return re.search(r"/account/invitations/\S+", mailoutbox[-1].body).group()


def accept(person, mailoutbox):
    """The person proves to read their address and presses the button."""
    person.emailaddress_set.get_or_create(email=person.email, verified=True, primary=True)
    client = Client()
    client.force_login(person)
    return client.post(link_of(mailoutbox))


@pytest.fixture
def admin(workspace):
    return client_of(MembershipFactory(workspace=workspace, role="admin"))


@pytest.fixture
def guest():
    """Somebody of another workspace."""
    return MembershipFactory(role="owner")


class TestCollaborators:
    @pytest.fixture
    def url(self, project):
        return f"{API}/projects/{project.pk}/collaborators/"

    @pytest.fixture
    def ask(self, admin, url, django_capture_on_commit_callbacks):
        """An admin asks somebody, and the mail goes out."""

        def post(email, role="viewer"):
            with django_capture_on_commit_callbacks(execute=True):
                return admin.post(url, {"email": email, "role": role})

        return post

    def test_an_admin_asks_somebody_who_accepts_and_works_on_it(
        self, ask, url, guest, project, mailoutbox
    ):
        asked = ask(guest.user.email.upper(), "editor")
        assert asked.status_code == 202, asked.content
        assert asked.json()["guest_of"] == str(project.pk)
        client = client_of(guest)
        assert client.get(f"{API}/projects/").json()["results"] == []
        assert accept(guest.user, mailoutbox).status_code == 302
        (one,) = client.get(url).json()
        assert (one["email"], one["role"]) == (guest.user.email, "editor")
        assert one["name"] == "Noura Al-Harbi"
        (seen,) = client.get(f"{API}/projects/").json()["results"]
        assert seen["id"] == str(project.pk)
        (page, *_) = client.get(f"{API}/wireframes/", {"project": project.pk}).json()["results"]
        assert client.patch(f"{API}/wireframes/{page['id']}/", {"title": "T"}).status_code == 200

    def test_a_colleague_is_added_by_id_and_a_stranger_is_not(self, admin, url, workspace, guest):
        colleague = MembershipFactory(workspace=workspace, role="viewer")
        assert admin.post(url, {"user": str(colleague.user_id)}).status_code == 201
        another = MembershipFactory(workspace=workspace, role="analyst")
        assert admin.post(url, {"email": another.user.email}).status_code == 201
        assert len(admin.get(url).json()) == 2
        assert not Invitation.objects.exists()
        assert codes(admin.post(url, {"user": str(guest.user_id)}), 422) == [
            ("/user", "unknown_user")
        ]

    def test_who_cannot_be_added_is_told_why(self, admin, url, guest, project):
        CollaboratorFactory(project=project, user=guest.user)
        assert codes(admin.post(url, {"email": guest.user.email}), 422) == [
            ("/email", "already_there")
        ]
        assert admin.post(url, {}).status_code == 400
        assert admin.post(url, {"email": "a@b.sa", "role": "owner"}).status_code == 400

    def test_it_is_not_told_whose_account_an_address_is(self, ask, api, url, guest, mailoutbox):
        def asked(email):
            answer = ask(email)
            told = {name: type(value) for name, value in answer.json().items()}
            mail = mailoutbox[-1]
            text = re.sub(r"invitations/\S+", "", mail.body)
            return answer.status_code, told, mail.to == [email], mail.subject, text

        asked("first@example.com")  # what is looked up once
        with CaptureQueriesContext(connection) as of_known:
            known = asked(guest.user.email)
        with CaptureQueriesContext(connection) as of_unknown:
            unknown = asked("nobody@example.com")
        assert known[0] == 202
        assert known == unknown
        assert len(of_known) == len(of_unknown)
        assert api.get(url).json() == []

    def test_who_has_no_account_makes_one_and_accepts(self, ask, api, url, project, mailoutbox):
        ask("new@example.com", "editor")
        assert project.name in mailoutbox[-1].subject
        other = UserFactory()
        assert accept(other, mailoutbox).status_code == 403
        person = UserFactory(email="new@example.com")
        assert accept(person, mailoutbox).status_code == 302
        assert [each["email"] for each in api.get(url).json()] == ["new@example.com"]
        assert not Membership.objects.filter(user=person).exists()
        assert accept(person, mailoutbox).status_code == 403  # once

    def test_an_invitation_is_taken_back_or_goes_with_its_project(self, admin, url, project):
        for email in ("a@example.com", "b@example.com", "b@example.com"):
            assert admin.post(url, {"email": email}).status_code == 202
        waiting = admin.get(f"{API}/invitations/", {"guest_of": str(project.pk)}).json()["results"]
        assert {row["email"] for row in waiting} == {"a@example.com", "b@example.com"}
        assert admin.delete(f"{API}/invitations/{waiting[0]['id']}/").status_code == 204
        Project.objects.filter(pk=project.pk).delete()
        assert not Invitation.objects.exists()

    def test_guests_take_no_seat_and_are_not_asked_without_end(
        self, admin, url, settings, monkeypatch
    ):
        settings.QUOTAS = {"free": {"seats": 1}}
        monkeypatch.setattr(invitations, "MOST_WAITING_GUESTS", 2)
        for email in ("a@example.com", "b@example.com", "a@example.com"):
            assert admin.post(url, {"email": email}).status_code == 202
        assert codes(admin.post(url, {"email": "c@example.com"}), 422) == [
            ("/email", "too_many_invitations")
        ]

    @pytest.mark.parametrize("language", ["en", "ar"])
    def test_the_page_says_what_it_is_to_be_a_guest(
        self, ask, guest, workspace, mailoutbox, language
    ):
        ask(guest.user.email)
        client = Client(headers={"accept-language": language})
        client.force_login(guest.user)
        page = client.get(link_of(mailoutbox)).content.decode()
        assert workspace.name in page
        assert ("Work on a site of" in page) is (language == "en")
        assert f"Join {workspace.name}" not in page

    def test_a_role_is_changed_and_taken_away(self, admin, url, guest, project):
        CollaboratorFactory(project=project, user=guest.user)
        one = f"{url}{guest.user_id}/"
        assert [each["role"] for each in admin.patch(one, {"role": "editor"}).json()] == ["editor"]
        assert admin.delete(one).status_code == 204
        assert admin.delete(one).status_code == 404
        assert admin.patch(one, {"role": "editor"}).status_code == 404
        assert admin.patch(f"{url}{'-' * 36}/", {"role": "editor"}).status_code == 404

    def test_editors_look_and_change_nothing(self, api, url, guest, project):
        CollaboratorFactory(project=project, user=guest.user)
        assert len(api.get(url).json()) == 1
        assert api.post(url, {"email": guest.user.email}).status_code == 403
        assert api.patch(f"{url}{guest.user_id}/", {"role": "editor"}).status_code == 403
        assert api.delete(f"{url}{guest.user_id}/").status_code == 403

    def test_a_guest_finds_themselves_only_and_adds_nobody(self, url, guest, project):
        CollaboratorFactory(project=project, user=guest.user, role="editor")
        CollaboratorFactory(project=project)
        client = client_of(guest)
        assert [each["email"] for each in client.get(url).json()] == [guest.user.email]
        answer = client.post(url, {"email": UserFactory().email})
        assert answer.status_code == 403
        assert client.delete(f"{url}{guest.user_id}/").status_code == 403
        assert ProjectCollaborator.objects.count() == 2

    def test_a_stranger_finds_no_project(self, url, guest):
        client = client_of(guest)
        assert client.get(url).status_code == 404
        assert client.post(url, {"email": guest.user.email}).status_code == 404


class TestComments:
    url = f"{API}/comments/"

    def body(self, project, text="Fees first"):
        return {"project": str(project.pk), "body": text}

    @pytest.mark.parametrize(
        ("role", "status"), [("editor", 201), ("analyst", 201), ("viewer", 403), ("owner", 201)]
    )
    def test_editors_and_analysts_comment(self, workspace, project, role, status):
        member = MembershipFactory(workspace=workspace, role=role)
        answer = client_of(member).post(self.url, self.body(project))
        assert answer.status_code == status
        if status == 201:
            assert answer.json()["author"] == str(member.user_id)

    def test_only_ones_own_words_are_changed_and_anyone_settles(self, api, workspace, project):
        one = f"{self.url}{api.post(self.url, self.body(project)).json()['id']}/"
        other = client_of(MembershipFactory(workspace=workspace, role="owner"))
        assert other.patch(one, {"body": "x"}).status_code == 403
        assert other.delete(one).status_code == 403
        assert other.post(f"{one}resolve/").json()["resolved_at"]
        assert api.patch(one, {"body": "New", "resolved_at": None}).json()["body"] == "New"
        assert Comment.objects.get().resolved_at is not None
        assert api.post(f"{one}reopen/").json()["resolved_at"] is None
        assert api.patch(one, self.body(project)).status_code == 400
        assert api.delete(one).status_code == 204

    def test_they_are_found_by_project_state_and_words(self, api, project):
        one = api.post(self.url, self.body(project)).json()["id"]
        api.post(f"{self.url}{one}/resolve/")
        api.post(self.url, self.body(project, "Another"))

        def found(**query):
            return [each["body"] for each in api.get(self.url, query).json()["results"]]

        assert found(project=project.pk) == ["Another", "Fees first"]
        assert found(resolved_at__isnull="true") == ["Another"]
        assert found(search="fees") == ["Fees first"]
        (shown, *_) = api.get(self.url, {"expand": "project"}).json()["results"]
        assert shown["project"]["name"] == project.name

    def test_a_guest_comments_where_they_edit(self, guest, project):
        work = CollaboratorFactory(project=project, user=guest.user)
        client = client_of(guest)
        assert client.post(self.url, self.body(project)).status_code == 400
        work.role = "editor"
        work.save()
        made = client.post(self.url, self.body(project))
        assert made.status_code == 201
        assert Comment.objects.get().workspace_id == project.workspace_id
        assert client.post(f"{self.url}{made.json()['id']}/resolve/").status_code == 200

    def test_nobody_comments_on_a_strangers_project(self, api):
        assert codes(api.post(self.url, self.body(ProjectFactory())), 400) == [
            ("/project", "does_not_exist")
        ]


class TestVersions:
    def test_they_are_read_by_who_sees_the_project(self, api, project, guest):
        versioning.save_named(entity=project, message="Before the season")
        url = f"{API}/versions/"
        query = {"entity_type": "projects", "entity_id": str(project.pk)}
        seen, *_rest, first = api.get(url, query).json()["results"]
        assert (seen["version_number"], seen["message"]) == (3, "Before the season")
        assert (first["version_number"], first["is_major"]) == (1, True)
        assert api.post(url, {}).status_code == 405
        client = client_of(guest)
        assert client.get(url).json()["results"] == []
        CollaboratorFactory(project=project, user=guest.user)
        assert len(client.get(url, query).json()["results"]) == 3


class TestStatus:
    def test_a_project_is_put_aside_and_taken_up_as_it_was(self, api, project):
        url = f"{API}/projects/{project.pk}/"
        assert api.post(f"{url}archive/").json()["status"] == "archived"
        assert api.post(f"{url}archive/").json()["status"] == "archived"
        assert api.post(f"{url}restore/").json()["status"] == "draft"
        publishing.publish(project=project, user=None)
        assert api.post(f"{url}archive/").json()["is_live"] is False
        restored = api.post(f"{url}restore/").json()
        assert (restored["status"], restored["is_live"]) == ("active", True)
        assert api.post(f"{url}restore/").json()["status"] == "active"

    def test_who_only_reads_archives_nothing(self, workspace, project):
        client = client_of(MembershipFactory(workspace=workspace, role="analyst"))
        assert client.post(f"{API}/projects/{project.pk}/archive/").status_code == 403


class TestPublicProjects:
    url = f"{API}/public/projects/"

    @pytest.fixture
    def stranger(self, db):
        return APIClient()

    def shown(self, client):
        return client.get(self.url).json()["results"]

    def test_a_stranger_sees_the_name_and_description_and_nothing_else(self, stranger, project):
        assert self.shown(stranger) == []
        project.is_public = True
        project.save()
        assert self.shown(stranger) == [
            {"id": str(project.pk), "name": project.name, "description": project.description}
        ]
        assert stranger.get(f"{API}/projects/").status_code == 401
        assert stranger.get(f"{API}/projects/{project.pk}/").status_code == 401
        assert stranger.get(f"{API}/sitemaps/").status_code == 401

    def test_being_public_opens_nothing_to_other_workspaces(self, guest, project):
        project.is_public = True
        project.save()
        client = client_of(guest)
        assert len(self.shown(client)) == 1
        for path in ("projects", "sitemaps", "wireframes", "releases", "components", "comments"):
            assert client.get(f"{API}/{path}/").json()["results"] == [], path
        assert client.get(f"{API}/projects/{project.pk}/").status_code == 404

    def test_what_is_archived_is_shown_no_more(self, stranger, project):
        project.is_public, project.status = True, "archived"
        project.save()
        assert self.shown(stranger) == []

    def test_pages_follow_each_other(self, stranger, project):
        for _ in range(2):
            ProjectFactory(workspace=project.workspace, owner=project.owner)
        project.__class__.objects.update(is_public=True)
        first = stranger.get(self.url, {"limit": 2}).json()
        assert len(first["results"]) == 2
        last = stranger.get(first["next"]).json()
        assert ([each["id"] for each in last["results"]], last["next"]) == (
            [str(project.pk)],
            None,
        )
        assert stranger.get(self.url, {"limit": 0}).status_code == 400
        assert stranger.get(self.url, {"before": "x"}).status_code == 400
        assert stranger.post(self.url, {}).status_code == 405
