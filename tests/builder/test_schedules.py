"""Publishing and taking down at a time, whatever happens to the process that does it."""

import datetime
import threading

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from accounts.models.status import TransitionError
from builder import publishing, schedules, tasks
from builder.models import Project, Release, ReleaseSchedule, Wireframe
from builder.signals import project_published
from tests.builder.factories import ProjectFactory
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 21, 12, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _owner_at_work(project):
    MembershipFactory(workspace=project.workspace, user=project.owner, role="owner")


def plan(project, *, due_at=NOW, action="publish", **more):
    return schedules.schedule(
        project=project, action=action, due_at=due_at, user=project.owner, now=NOW - HOUR, **more
    )


def faults_of(project, **given):
    with pytest.raises(schedules.ScheduleError) as caught:
        plan(project, **given)
    return [(fault.pointer, fault.code) for fault in caught.value.faults]


def spoil(project):
    """Make the project one that cannot be published."""
    wireframe = Wireframe.objects.get(sitemap=project.current_sitemap, page_key="home")
    wireframe.layout["content"][1]["type"] = "Carousel"
    wireframe.save()


def test_what_is_due_is_published_as_its_maker_said(project):
    made = plan(project, note="The new fees")
    assert schedules.run_due(now=NOW - datetime.timedelta(seconds=1)) == 0
    assert not Release.objects.exists()
    assert schedules.run_due(now=NOW) == 1
    made.refresh_from_db()
    project.refresh_from_db()
    assert (made.status, made.finished_at) == ("done", NOW)
    assert project.live_release == made.release
    assert (made.release.note, made.release.created_by) == ("The new fees", project.owner)


def test_a_second_run_finds_nothing_to_do(project):
    plan(project)
    schedules.run_due(now=NOW)
    assert schedules.run_due(now=NOW + HOUR) == 0
    assert Release.objects.count() == 1


def test_a_site_is_taken_down_at_its_time(project):
    publishing.publish(project=project, user=None)
    made = plan(project, action="unpublish")
    schedules.run_due(now=NOW)
    made.refresh_from_db()
    project.refresh_from_db()
    assert (made.status, made.release, project.live_release) == ("done", None, None)


def test_a_projects_schedules_go_in_the_order_of_their_times(project):
    plan(project, action="unpublish", due_at=NOW + HOUR)
    plan(project, due_at=NOW)
    assert schedules.run_due(now=NOW + 2 * HOUR) == 2
    project.refresh_from_db()
    assert project.live_release is None
    assert Release.objects.count() == 1


def test_only_some_languages_are_published(project):
    project.settings["locales"] = {"ar": {}}
    project.save()
    project.current_sitemap.pages["home"]["translations"] = {"ar": {"title": "الرئيسية"}}
    project.current_sitemap.save()
    made = plan(project, languages=["en"])
    schedules.run_due(now=NOW)
    made.refresh_from_db()
    assert list(made.release.locales) == ["en"]


def test_what_cannot_be_is_refused_with_its_place(project):
    assert faults_of(project, due_at=NOW - HOUR) == [("/due_at", "past")]
    assert faults_of(project, languages=["ar"]) == [("/locales/0", "unknown_locale")]
    found = faults_of(project, action="unpublish", languages=["en"])
    assert found == [("/locales", "not_for_unpublish")]
    project.status = "archived"
    project.save()
    assert faults_of(project) == [("/project", "archived")]
    assert not ReleaseSchedule.objects.exists()


def test_a_failure_says_why_and_leaves_what_is_live(project):
    live = publishing.publish(project=project, user=None)
    made = plan(project)
    spoil(project)
    assert schedules.run_due(now=NOW) == 1
    made.refresh_from_db()
    project.refresh_from_db()
    assert (made.status, made.release) == ("failed", None)
    assert made.faults[0]["pointer"] == "/wireframes/home/content/1/type"
    assert made.faults[0]["code"] == "unknown_section"
    assert project.live_release == live


def test_one_that_fails_keeps_no_other_from_its_turn(project):
    other = ProjectFactory(workspace=project.workspace, owner=project.owner)
    plan(project)
    fine = plan(other)
    spoil(project)
    assert schedules.run_due(now=NOW) == 2
    fine.refresh_from_db()
    assert fine.status == "done"


def test_who_made_it_is_told_once_of_a_failure(project):
    now = timezone.now()
    made = schedules.schedule(
        project=project, action="publish", due_at=now + HOUR, user=project.owner, now=now
    )
    spoil(project)
    schedules.run_due(now=now + HOUR)
    assert schedules.tell_failures(now=now + HOUR) == 1
    assert schedules.tell_failures(now=now + HOUR) == 0
    (message,) = mail.outbox
    assert message.to == [project.owner.email]
    assert message.subject == "Dune House was not published"
    assert "/wireframes/home/content/1/type" in message.body
    assert f"/console/builder/releaseschedule/{made.pk}/change/" in message.body
    assert "Asia/Riyadh" in message.body


def test_a_failure_of_long_ago_is_no_news(project):
    plan(project)
    spoil(project)
    schedules.run_due(now=NOW)
    assert schedules.tell_failures(now=NOW + 30 * HOUR) == 0
    assert mail.outbox == []


def test_whoever_is_gone_is_not_written_to(project):
    plan(project)
    spoil(project)
    User.objects.filter(pk=project.owner_id).update(is_active=False)
    ReleaseSchedule.objects.update(created_by=None)
    schedules.run_due(now=NOW)
    assert schedules.tell_failures(now=NOW) == 0
    assert mail.outbox == []


def test_what_is_called_off_is_not_carried_out(project):
    made = plan(project)
    schedules.cancel(schedule=made, now=NOW)
    schedules.cancel(schedule=made, now=NOW)
    assert schedules.run_due(now=NOW) == 0
    assert not Release.objects.exists()


def test_what_was_carried_out_is_not_called_off(project):
    made = plan(project)
    schedules.run_due(now=NOW)
    with pytest.raises(TransitionError):
        schedules.cancel(schedule=made, now=NOW)


def test_what_breaks_is_recorded_and_not_tried_for_ever(project):
    made = plan(project)

    def broken(**_):
        raise RuntimeError("a receiver broke")

    project_published.connect(broken)
    try:
        assert schedules.run_due(now=NOW) == 1
    finally:
        project_published.disconnect(broken)
    made.refresh_from_db()
    assert (made.status, made.faults[0]["code"]) == ("failed", "error")
    assert not Release.objects.exists()


def test_the_clock_runs_it(project):
    made = plan(project)
    ReleaseSchedule.objects.filter(pk=made.pk).update(due_at=timezone.now())
    assert tasks.publish_on_time() == 1


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.django_db(transaction=True)
def test_a_run_that_is_killed_leaves_it_to_the_next(project, moment, monkeypatch):
    made = plan(project)
    step = {"before": "_act", "after": "_finish"}[moment]

    def killed(*_, **__):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(schedules, step, killed)
        with pytest.raises(Killed):
            schedules.run_due(now=NOW)
    made.refresh_from_db()
    assert made.status == "pending"
    assert not Release.objects.exists()
    assert schedules.run_due(now=NOW) == 1
    assert Release.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_runs_at_once_carry_each_out_once(project):
    others = [ProjectFactory(workspace=project.workspace, owner=project.owner) for _ in range(3)]
    for each in [project, *others]:
        plan(each)
    finished, gate = [], threading.Barrier(4)

    def run():
        gate.wait()
        try:
            finished.append(schedules.run_due(now=NOW))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(finished) == 4
    assert Release.objects.count() == 4
    assert set(ReleaseSchedule.objects.values_list("status", flat=True)) == {"done"}


@pytest.mark.django_db(transaction=True)
def test_what_another_run_holds_is_passed_over(project):
    plan(project)
    held, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            list(ReleaseSchedule.objects.select_for_update())
            held.set()
            done.wait(10)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    try:
        assert schedules.run_due(now=NOW) == 0
    finally:
        done.set()
        holder.join()
    assert schedules.run_due(now=NOW) == 1


@pytest.mark.django_db(transaction=True)
def test_publishing_at_once_with_changes_between_numbers_each_once(project):
    """Each publish sees its own title or another's: numbers have no gap and none twice."""
    numbers, errors, gate = [], [], threading.Barrier(4)

    def run(title):
        gate.wait()
        try:
            wireframe = Wireframe.objects.get(sitemap=project.current_sitemap, page_key="home")
            wireframe.layout["content"][1]["props"]["title"] = title
            wireframe.save()
            mine = Project.objects.get(pk=project.pk)
            numbers.append(publishing.publish(project=mine, user=None).number)
        except Exception as error:  # noqa: BLE001
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(f"Title {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    found = sorted(Release.objects.values_list("number", flat=True))
    assert found == list(range(1, len(found) + 1))
    assert set(numbers) <= set(found)
    project.refresh_from_db()
    assert project.live_release.number == found[-1]
