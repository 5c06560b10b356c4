"""Versions, comments and publishing, beside the page."""

import datetime

import pytest
from django.utils import timezone

from builder import publishing, versioning
from builder.models import Comment, ReleaseSchedule, VersionHistory
from tests.builder.studio.documents import address, layout_with, page_of, save

pytestmark = pytest.mark.django_db


def told(answer):
    return answer.content.decode()


def test_a_page_goes_back_to_an_earlier_version(editor, project):
    versioning.save_named(entity=page_of(project), message="As in the template")
    number = page_of(project).version
    before = page_of(project).layout
    save(editor, project, layout_with(project, title="Another title"))
    assert "As in the template" in told(editor.get(address("versions", project) + "?page=home"))
    compared = told(editor.get(address("compare", project, "home", number)))
    assert "<iframe sandbox" in compared
    shown = editor.get(address("version-picture", project, "home", number))
    assert shown.headers["Content-Security-Policy"].startswith("sandbox;")
    answer = editor.post(address("revert", project, "home", number))
    assert answer.url.endswith("?page=home")
    assert page_of(project).layout == before
    assert editor.get(address("compare", project, "home", 4_000_000_000)).status_code == 404


def test_many_versions_come_a_page_at_a_time(editor, project):
    for number in range(25):
        versioning.save_named(entity=page_of(project), message=f"Step {number}")
    first = told(editor.get(address("versions", project) + "?page=home"))
    assert "Step 24" in first
    assert "Step 2<" not in first
    before = VersionHistory.objects.of(page_of(project)).get(message="Step 5").version_number
    assert "Step 2<" in told(
        editor.get(f"{address('versions', project)}?page=home&before={before}")
    )


def test_a_thread_is_begun_answered_and_settled(editor, project):
    section = page_of(project).layout["content"][1]["props"]["id"]
    where = address("comments", project)
    begun = editor.post(where, {"page": "home", "section": section, "body": "<b>Too</b> long"})
    assert "&lt;b&gt;Too&lt;/b&gt; long" in told(begun)
    thread = Comment.objects.get()
    assert (thread.component_id, thread.author) == (section, editor.user)
    editor.post(where, {"page": "home", "parent": str(thread.pk), "body": "Shorter now"})
    assert thread.replies.get().body == "Shorter now"
    editor.post(address("comment-resolve", project, thread.pk), {"page": "home"})
    thread.refresh_from_db()
    assert thread.resolved_by == editor.user
    assert "Take up again" in told(editor.get(where + "?page=home"))
    editor.post(address("comment-reopen", project, thread.pk), {"page": "home"})
    thread.refresh_from_db()
    assert thread.resolved_at is None


def test_a_comment_is_deleted_by_its_author_alone(editor, visiting, project):
    editor.post(address("comments", project), {"page": "home", "body": "Mine"})
    comment = Comment.objects.get()
    where = address("comment-delete", project, comment.pk)
    assert visiting("owner").post(where).status_code == 403
    assert editor.post(where, {"page": "home"}).status_code == 200
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "form",
    [{"body": ""}, {"body": "a\x00b"}, {"body": "x" * 10_001},
     {"body": "x", "section": "nothing"}, {"body": "x", "parent": "nobody"}],
)  # fmt: skip
def test_what_is_no_comment_is_refused(editor, project, form):
    answer = editor.post(address("comments", project), {"page": "home", **form})
    assert answer.status_code == 422
    assert 'class="fault"' in told(answer)
    assert not Comment.objects.exists()


def test_a_site_goes_live_and_its_changes_are_listed(editor, project):
    where = address("publish", project)
    assert "These pages go live" in told(editor.get(where))
    done = told(editor.post(where, {"note": "First", "locales": ["en", "ar"]}))
    assert "The site is live." in done
    project.refresh_from_db()
    assert project.is_live
    assert "nothing has changed" in told(editor.get(where))
    save(editor, project, layout_with(project, title="Houses for wind"))
    listed = told(editor.get(where))
    assert "Visitors will see these changes" in listed
    assert "Houses for wind" in listed


def test_faults_lead_to_where_they_are_mended(editor, project):
    page = page_of(project, "contact")
    layout = page.layout
    section = layout["content"][0]["props"]["id"]
    layout["content"][0]["props"]["tone"] = "loud"
    page.layout = layout
    page.save()
    answer = editor.post(address("publish", project), {})
    assert answer.status_code == 422
    assert 'data-goes-page="contact"' in told(answer)
    assert f'data-goes-section="{section}"' in told(answer)
    project.refresh_from_db()
    assert not project.is_live


def test_an_earlier_release_is_made_live_again_and_the_site_taken_down(editor, project):
    first = publishing.publish(project=project, user=editor.user)
    save(editor, project, layout_with(project, title="Second"))
    editor.post(address("publish", project), {})
    project.refresh_from_db()
    assert project.live_release != first
    editor.post(address("rollback", project, first.pk))
    project.refresh_from_db()
    assert project.live_release == first
    assert editor.post(address("rollback", project, project.pk)).status_code == 404
    editor.post(address("unpublish", project))
    project.refresh_from_db()
    assert not project.is_live


def test_publishing_is_set_for_a_time_of_the_workspaces_clock(editor, project):
    project.workspace.timezone = "Asia/Riyadh"
    project.workspace.save()
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    due = tomorrow.astimezone(datetime.timezone(datetime.timedelta(hours=3)))
    form = {"action": "publish", "due_at": due.strftime("%Y-%m-%dT%H:%M")}
    assert "It is scheduled." in told(editor.post(address("schedule", project), form))
    schedule = ReleaseSchedule.objects.get()
    assert abs(schedule.due_at - tomorrow) < datetime.timedelta(minutes=1)
    answer = editor.post(address("call-off", project, schedule.pk))
    assert "It is called off." in told(answer)
    schedule.refresh_from_db()
    assert schedule.status == ReleaseSchedule.Status.CANCELLED


@pytest.mark.parametrize(
    "form",
    [{}, {"action": "publish", "due_at": "never"}, {"action": "x", "due_at": "2099-01-01T10:00"},
     {"action": "publish", "due_at": "2001-01-01T10:00"}],
)  # fmt: skip
def test_a_time_that_is_none_is_refused(editor, project, form):
    answer = editor.post(address("schedule", project), form)
    assert answer.status_code == 422
    assert 'class="fault"' in told(answer)
    assert not ReleaseSchedule.objects.exists()


def test_the_publish_dialog_asks_a_bounded_number_of_queries(
    editor, project, django_assert_max_num_queries
):
    publishing.publish(project=project, user=editor.user)
    save(editor, project, layout_with(project, title="Second"))
    with django_assert_max_num_queries(40):
        editor.get(address("publish", project))
