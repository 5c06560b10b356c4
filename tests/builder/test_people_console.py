"""Threads, the bin and figures in the console."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from builder import comments, publishing, sessions, trash
from builder.models import BinnedProject, Comment, Project
from tests.builder.factories import ProjectFactory
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
PRESSED = {"_form_submitted": "on"}


def page(model, name, *args):
    return reverse(f"admin:builder_{model}_{name}", args=args)


def staff(workspace, role):
    user = UserFactory(is_staff=True)
    MembershipFactory(workspace=workspace, role=role, user=user)
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def console(workspace):
    return staff(workspace, "owner")


@pytest.fixture
def thread(project):
    made = comments.write(
        project=project, author_id=project.owner_id, body="<script>x</script>", now=NOW
    )
    comments.write(project=project, author_id=None, body="Second", now=NOW, parent=made)
    return made


class TestThreads:
    def test_a_thread_is_shown_whole_and_its_words_are_text(self, console, thread):
        for shown in (thread, thread.replies.get()):
            html = console.get(page("comment", "change", shown.pk)).content.decode()
            assert "&lt;script&gt;x&lt;/script&gt;" in html
            assert "<script>x" not in html
            assert f'id="comment-{thread.replies.get().pk}"' in html
        listed = console.get(page("comment", "changelist")).content.decode()
        assert page("comment", "change", thread.pk) in listed
        assert page("comment", "change", thread.replies.get().pk) not in listed

    def test_it_is_replied_to_settled_and_taken_up_again(self, console, thread):
        one = page("comment", "change", thread.pk)
        body = {"body": "Third", "_form_submitted": "on"}
        assert console.post(page("comment", "reply", thread.pk), body).status_code in (200, 302)
        assert thread.replies.get(body="Third").author == console.user
        assert "Third" in console.get(one).content.decode()
        console.post(page("comment", "settle_thread", thread.pk), PRESSED)
        thread.refresh_from_db()
        assert thread.resolved_by == console.user
        console.post(page("comment", "reopen_thread", thread.pk), PRESSED)
        thread.refresh_from_db()
        assert thread.resolved_at is None

    def test_a_viewer_neither_replies_nor_settles(self, workspace, thread):
        viewer = staff(workspace, "viewer")
        assert viewer.get(page("comment", "change", thread.pk)).status_code == 200
        for action in ("reply", "settle_thread"):
            viewer.post(page("comment", action, thread.pk), {"body": "x", **PRESSED})
        thread.refresh_from_db()
        assert thread.resolved_at is None
        assert thread.replies.count() == 1

    def test_a_flood_of_calls_is_refused_at_its_field(self, console, project):
        body = {"project": str(project.pk), "body": " ".join(f"@p{n}" for n in range(30))}
        answer = console.post(page("comment", "add"), body)
        assert answer.status_code == 200
        assert "at most 20 people" in answer.content.decode()
        assert not Comment.objects.exists()

    def test_ones_own_thread_is_deleted_without_taking_the_replies(self, console, project):
        made = comments.write(project=project, author_id=console.user.pk, body="a", now=NOW)
        comments.write(project=project, author_id=None, body="b", now=NOW, parent=made)
        console.post(page("comment", "delete", made.pk), {"post": "yes"})
        made.refresh_from_db()
        assert (made.body, made.deleted_at is not None) == ("", True)
        assert console.get(page("comment", "change", made.pk)).status_code == 200


class TestTheBin:
    def test_a_deleted_project_goes_there_and_comes_back(self, console, project):
        publishing.publish(project=project, user=None)
        gone = console.post(page("project", "delete", project.pk), {"post": "yes"}, follow=True)
        assert "30 days" in gone.content.decode()
        assert project.name not in console.get(page("project", "changelist")).content.decode()
        assert console.get(page("project", "change", project.pk)).status_code == 302
        listed = console.get(page("binnedproject", "changelist")).content.decode()
        assert project.name in listed
        one = console.get(page("binnedproject", "change", project.pk)).content.decode()
        assert console.user.email in one
        assert (
            console.post(page("binnedproject", "restore", project.pk), PRESSED).status_code == 302
        )
        project.refresh_from_db()
        assert (project.trashed_at, project.is_live) == (None, True)

    def test_many_are_restored_at_once_and_exported(self, console, project):
        other = ProjectFactory(workspace=project.workspace)
        for each in (project, other):
            trash.put(project=each, by=None, now=NOW)
        listing = page("binnedproject", "changelist")
        chosen = {"_selected_action": [str(project.pk), str(other.pk)]}
        exported = console.post(listing, {"action": "export_as_csv", **chosen})
        text = b"".join(exported.streaming_content).decode()
        assert project.name in text
        assert other.name in text
        console.post(listing, {"action": "restore_chosen", **chosen})
        assert Project.objects.standing().count() == 2

    def test_it_is_deleted_for_good_after_being_asked(self, console, project):
        trash.put(project=project, by=None, now=NOW)
        url = page("binnedproject", "delete", project.pk)
        assert console.get(url).status_code == 200
        console.post(url, {"post": "yes"})
        assert not Project.objects.exists()

    def test_an_editor_looks_and_touches_nothing(self, workspace, project):
        editor = staff(workspace, "editor")
        trash.put(project=project, by=None, now=NOW)
        assert project.name in editor.get(page("binnedproject", "changelist")).content.decode()
        editor.post(page("binnedproject", "restore", project.pk), PRESSED)
        editor.post(page("binnedproject", "delete", project.pk), {"post": "yes"})
        assert BinnedProject.objects.get().pk == project.pk

    def test_a_stranger_finds_nothing(self, project):
        trash.put(project=project, by=None, now=NOW)
        stranger = staff(MembershipFactory().workspace, "owner")
        assert (
            project.name not in stranger.get(page("binnedproject", "changelist")).content.decode()
        )
        assert stranger.get(page("binnedproject", "change", project.pk)).status_code == 302

    def test_a_superuser_sees_what_is_where(self, project):
        client = Client()
        client.force_login(UserFactory(is_staff=True, is_superuser=True))
        trash.put(project=project, by=None, now=NOW)
        assert project.name not in client.get(page("project", "changelist")).content.decode()
        assert project.name in client.get(page("binnedproject", "changelist")).content.decode()


class TestFigures:
    def test_a_list_of_sessions_begins_with_what_they_come_to(self, console, workspace):
        for _ in range(3):
            made = sessions.create(user=console.user, workspace_id=workspace.pk)
            sessions.complete(session=made, now=timezone.now())
        html = console.get(page("buildersession", "changelist")).content.decode()
        assert "hh-figures" in html
        assert "initializing" in html
        assert "hh-spark" in html

    def test_a_project_shows_its_figures(self, console, project):
        html = console.get(page("project", "change", project.pk)).content.decode()
        assert "hh-figures" in html
        assert "hh-spark" in html
