"""Who comes into the studio, and what each may do there."""

import pytest
from django.urls import reverse

from accounts.tenancy.resolution import SESSION_KEY
from builder.models import Project
from tests.builder.factories import CollaboratorFactory, ProjectFactory, built_in
from tests.factories import MembershipFactory, UserFactory, WorkspaceFactory

pytestmark = pytest.mark.django_db

# Every page about a project, by its method; what is sent is right or is found out to be wrong.
READS = [
    "editor", "picture", "pages", "style", "comments", "versions?page=home", "layout:home",
    "compare:home:1", "version-picture:home:1", "kind-picture:Hero:en",
]  # fmt: skip
WRITES = ["pages", "name-version:home", "revert:home:1", "publish", "unpublish", "schedule"]


def address(name, project):
    name, _mark, query = name.partition("?")
    name, *more = name.split(":")
    args = [int(each) if each.isdigit() else each for each in more]
    return reverse(f"studio:{name}", args=[project.pk, *args]) + (f"?{query}" if query else "")


@pytest.mark.parametrize("role", ["owner", "admin", "editor", "analyst", "viewer"])
def test_every_member_looks_at_the_workspaces_sites(visiting, project, role):
    client = visiting(role)
    told = {name: client.get(address(name, project)).status_code for name in READS}
    assert set(told.values()) == {200}, told
    assert project.name in client.get("/studio/").content.decode()


@pytest.mark.parametrize("name", [*READS, *WRITES])
def test_a_stranger_finds_nothing(visiting, project, name):
    stranger = visiting("owner", within=WorkspaceFactory())
    where = address(name, project)
    answer = stranger.get(where) if name in READS else stranger.post(where, {})
    assert answer.status_code == 404
    assert project.name not in stranger.get("/studio/").content.decode()


@pytest.mark.parametrize("name", READS)
def test_nobody_is_asked_to_sign_in(client, project, name):
    answer = client.get(address(name, project), headers={"accept": "text/html"})
    assert answer.status_code == 302
    assert answer.url.startswith("/account/login/")
    told = client.get(address(name, project), headers={"accept": "application/json"})
    assert told.status_code == 401


@pytest.mark.parametrize("role", ["viewer", "analyst"])
def test_who_may_not_edit_changes_nothing(visiting, project, role):
    client = visiting(role)
    told = {name: client.post(address(name, project), {}).status_code for name in WRITES}
    told["layout"] = client.put(address("layout:home", project)).status_code
    told["style"] = client.put(address("style", project)).status_code
    assert set(told.values()) == {403}, told
    assert "data-ready" not in client.get(address("editor", project)).content.decode()
    made = client.post(reverse("studio:choose", args=[built_in().pk]), {"name": "X"})
    assert made.status_code == 403
    assert Project.objects.count() == 1


def test_an_analyst_comments_and_a_viewer_does_not(visiting, project):
    sent = {"page": "home", "body": "Too long."}
    assert visiting("analyst").post(address("comments", project), sent).status_code == 200
    assert visiting("viewer").post(address("comments", project), sent).status_code == 403
    assert [comment.body for comment in project.comments.all()] == ["Too long."]


@pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("editor", 422)])
def test_a_guest_does_what_they_were_asked_to(visiting, project, role, status):
    guest = visiting("owner", within=WorkspaceFactory())
    CollaboratorFactory(project=project, user=guest.user, role=role)
    assert project.name in guest.get("/studio/").content.decode()
    assert guest.get(address("editor", project)).status_code == 200
    saved = guest.put(
        address("layout:home", project), {"layout": {}}, content_type="application/json"
    )
    # 422: they may, and what they sent is no layout; 409 would tell that it is stale.
    assert saved.status_code in (status, 409 if status == 422 else status)
    # What visitors see is for those of the project's own workspace.
    assert guest.get(address("publish", project)).status_code == 403


def test_without_a_workspace_one_is_told_so(client):
    client.force_login(UserFactory(), "django.contrib.auth.backends.ModelBackend")
    answer = client.get("/studio/")
    assert answer.status_code == 403
    assert "No workspace yet" in answer.content.decode()


def test_members_begin_in_the_studio_and_staff_in_the_console(editor):
    assert editor.get("/").url == "/studio/"
    editor.user.is_staff = True
    editor.user.save()
    assert editor.get("/").url == "/console/"


def test_of_several_workspaces_one_is_chosen(visiting, project):
    client = visiting("editor")
    other = MembershipFactory(user=client.user, workspace=WorkspaceFactory(name="A first"))
    theirs = ProjectFactory(workspace=other.workspace, owner=client.user, name="Palm Court")
    assert client.post("/studio/workspace/", {"workspace": other.workspace.slug}).status_code == 302
    assert client.session[SESSION_KEY] == other.workspace.slug
    told = client.get("/studio/").content.decode()
    assert theirs.name in told
    assert project.name not in told
    client.post("/studio/workspace/", {"workspace": "nobodys"})
    assert client.session[SESSION_KEY] == other.workspace.slug


def test_what_is_in_the_bin_is_not_in_the_studio(editor, project):
    from django.utils import timezone

    from builder import trash

    trash.put(project=project, by=editor.user, now=timezone.now())
    assert project.name not in editor.get("/studio/").content.decode()
    assert editor.get(address("editor", project)).status_code == 404


@pytest.mark.parametrize(("role", "gone"), [("editor", False), ("admin", True)])
def test_who_is_no_admin_removes_their_own_sites_only(visiting, project, role, gone):
    client = visiting(role)
    answer = client.post(address("remove", project))
    assert answer.status_code == (302 if gone else 404)
    project.refresh_from_db()
    assert (project.trashed_at is not None) is gone


def test_the_policy_is_strict(editor, project):
    for where in ("/studio/", "/studio/new/", address("editor", project)):
        policy = editor.get(where).headers["Content-Security-Policy"]
        assert "script-src 'self';" in f"{policy};"
        assert "unsafe" not in policy
    frame = editor.get("/studio/frame/")
    assert "sandbox allow-scripts;" in frame.headers["Content-Security-Policy"]
    assert "allow-same-origin" not in frame.headers["Content-Security-Policy"]
    assert frame.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_pages_have_no_script_of_their_own(editor, project):
    import re

    for where in ("/studio/", "/studio/new/", address("editor", project)):
        html = editor.get(where).content.decode()
        scripts = re.findall(r"<script\b([^>]*)>", html)
        assert all("src=" in each or "application/json" in each for each in scripts)
        assert not re.search(r"\son[a-z]+=", html)
        assert " style=" not in html
