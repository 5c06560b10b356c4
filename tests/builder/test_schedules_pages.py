"""Schedules over the API and in the console."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.keys import issue_key
from builder import publishing, schedules
from builder.models import Release, ReleaseFile, ReleaseSchedule
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

API = "/api/v1/release-schedules/"


@pytest.fixture(autouse=True)
def _owner_at_work(project):
    MembershipFactory(workspace=project.workspace, user=project.owner, role="owner")


@pytest.fixture
def editor(workspace):
    return MembershipFactory(workspace=workspace, role="editor").user


@pytest.fixture
def api(workspace, editor):
    _key, secret = issue_key(workspace=workspace, kind="personal", name="s", user=editor)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}", HTTP_X_WORKSPACE=workspace.slug)
    return client


@pytest.fixture
def console(client, workspace):
    staff = MembershipFactory(workspace=workspace, role="admin", user=UserFactory(is_staff=True))
    client.force_login(staff.user)
    return client


def tomorrow():
    return timezone.now() + datetime.timedelta(days=1)


def plan(project, **given):
    return schedules.schedule(
        project=project, action="publish", due_at=tomorrow(), user=project.owner,
        now=timezone.now(), **given,
    )  # fmt: skip


def order(api, project, **given):
    body = {"project": str(project.pk), "due_at": tomorrow().isoformat(), **given}
    return api.post(API, body, format="json")


def dialog(project):
    return reverse("admin:builder_project_schedule", args=[project.pk])


def test_a_schedule_is_made_and_called_off(api, project, editor):
    made = order(api, project, note="The new fees")
    assert made.status_code == 201, made.json()
    told = made.json()
    assert (told["status"], told["action"], told["note"]) == ("pending", "publish", "The new fees")
    assert told["timezone"] == project.workspace.timezone
    assert told["created_by"] == str(editor.pk)
    off = api.post(f"{API}{told['id']}/cancel/")
    assert (off.status_code, off.json()["status"]) == (200, "cancelled")
    assert [each["status"] for each in api.get(API).json()["results"]] == ["cancelled"]


def test_what_cannot_be_is_told_with_its_place(api, project):
    past = order(api, project, due_at="2020-01-01T00:00:00Z")
    assert past.status_code == 400
    assert [(e["pointer"], e["code"]) for e in past.json()["errors"]] == [("/due_at", "past")]
    other = order(api, project, locales=["ar"])
    assert [(e["pointer"], e["code"]) for e in other.json()["errors"]] == [
        ("/locales/0", "unknown_locale")
    ]
    assert order(api, project, locales=["xx"]).json()["errors"][0]["pointer"] == "/locales/0"
    assert not ReleaseSchedule.objects.exists()


def test_what_was_carried_out_is_not_called_off(api, project):
    made = plan(project)
    schedules.run_due(now=tomorrow())
    answer = api.post(f"{API}{made.pk}/cancel/")
    assert answer.status_code == 422
    assert api.get(f"{API}{made.pk}/").json()["release"] == str(Release.objects.get().pk)


def test_a_schedule_is_not_changed_or_deleted(api, project):
    made = plan(project)
    assert api.patch(f"{API}{made.pk}/", {"note": "x"}).status_code == 405
    assert api.delete(f"{API}{made.pk}/").status_code == 405


def test_publishing_some_languages_over_the_api(api, project):
    url = f"/api/v1/projects/{project.pk}/publish/"
    answer = api.post(url, {"locales": ["ar"]}, format="json")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/locales/0"
    assert api.post(url, {"locales": []}, format="json").status_code == 400
    answer = api.post(url, {"locales": ["en"]}, format="json")
    assert list(answer.json()["locales"]) == ["en"]


def test_languages_in_a_projects_settings_are_checked(api, project):
    url = f"/api/v1/projects/{project.pk}/"
    answer = api.patch(url, {"settings": {"locales": {"fr": {}}}}, format="json")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/settings/locales/fr"
    fine = {"locales": {"ar": {"name": "بيت"}}, "anything": [1]}
    assert api.patch(url, {"settings": fine}, format="json").json()["settings"] == fine


def test_a_release_whose_file_is_gone_is_refused_with_its_place(api, project):
    release = publishing.publish(project=project, user=None)
    ReleaseFile.objects.filter(sha256=release.manifest["/"]["sha256"]).delete()
    body = {"release": str(release.pk)}
    answer = api.post(f"/api/v1/projects/{project.pk}/rollback/", body, format="json")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/release/manifest/~1"


# --- console ---


def test_the_console_asks_for_a_time_of_the_workspaces_clock(console, project):
    project.workspace.timezone = "Asia/Riyadh"
    project.workspace.save()
    shown = console.get(dialog(project)).content.decode()
    assert "Asia/Riyadh" in shown
    assert "datetime-local" in shown
    wanted = tomorrow().astimezone(ZoneInfo("Asia/Riyadh")).replace(second=0, microsecond=0)
    data = {
        "_form_submitted": "on", "action": "publish", "note": "Fees",
        "due_at": wanted.strftime("%Y-%m-%dT%H:%M"),
    }  # fmt: skip
    answer = console.post(dialog(project), data)
    made = ReleaseSchedule.objects.get()
    assert answer.headers["location"].endswith(f"/releaseschedule/{made.pk}/change/")
    assert (made.due_at, made.note, made.status) == (wanted, "Fees", "pending")
    page = console.get(answer.headers["location"]).content.decode()
    assert "(Asia/Riyadh)" in page
    assert str(wanted.hour % 12 or 12) in page


def test_the_console_refuses_a_time_that_has_passed(console, project):
    data = {"_form_submitted": "on", "action": "publish", "due_at": "2020-01-01T10:00"}
    assert "This time has passed." in console.post(dialog(project), data).content.decode()
    assert not ReleaseSchedule.objects.exists()


def test_languages_are_asked_for_where_there_are_several(console, project):
    publish = reverse("admin:builder_project_publish", args=[project.pk])
    assert 'name="locales"' not in console.get(publish).content.decode()
    project.settings = {"locales": {"ar": {}}}
    project.save()
    project.current_sitemap.pages["home"]["translations"] = {"ar": {"title": "الرئيسية"}}
    project.current_sitemap.save()
    assert "Only Arabic" in console.get(publish).content.decode()
    console.post(publish, {"_form_submitted": "on", "locales": "en"})
    assert list(Release.objects.get().locales) == ["en"]
    console.post(publish, {"_form_submitted": "on", "locales": ""})
    assert set(Release.objects.get(number=2).locales) == {"en", "ar"}


def test_the_console_calls_a_schedule_off_once_it_is_confirmed(console, project):
    made = plan(project)
    url = reverse("admin:builder_releaseschedule_become", args=[made.pk, "cancelled"])
    assert "Call off" in console.get(url).content.decode()
    made.refresh_from_db()
    assert made.status == "pending"
    console.post(
        url, {"post": "yes", "action": "become_cancelled", "_selected_action": [str(made.pk)]}
    )
    made.refresh_from_db()
    assert made.status == "cancelled"


def test_the_console_says_why_a_schedule_failed(console, project):
    made = plan(project)
    project.current_sitemap.pages["home"]["path"] = "/elsewhere"
    project.current_sitemap.save()
    schedules.run_due(now=tomorrow())
    url = reverse("admin:builder_releaseschedule_change", args=[made.pk])
    assert "/sitemap/pages" in console.get(url).content.decode()
    listed = console.get(reverse("admin:builder_releaseschedule_changelist"))
    assert "failed" in listed.content.decode()


def test_the_console_gives_a_release_as_files(console, project):
    release = publishing.publish(project=project, user=None)
    url = reverse("admin:builder_release_download", args=[release.pk])
    answer = console.get(url)
    assert answer.headers["content-type"] == "application/zip"
    compare = console.get(reverse("admin:builder_release_compare", args=[release.pk]))
    assert compare.headers["location"].endswith(f"/release/{release.pk}/comparison/")


def test_who_only_reads_schedules_nothing(client, workspace, project):
    viewer = MembershipFactory(workspace=workspace, role="viewer", user=UserFactory(is_staff=True))
    client.force_login(viewer.user)
    data = {"_form_submitted": "on", "action": "publish", "due_at": "2099-01-01T10:00"}
    assert client.post(dialog(project), data).status_code == 403
    assert not ReleaseSchedule.objects.exists()
