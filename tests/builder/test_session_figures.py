"""What sessions and projects come to, and the end of old sessions."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.keys import issue_key
from accounts.tenancy import tenant
from builder import comments, publishing, sessions
from builder.models import BuilderSession
from builder.project_stats import project_stats
from builder.session_figures import get_session_analytics
from builder.tasks import cleanup_old_sessions
from tests.builder.factories import CollaboratorFactory
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
SESSIONS = "/api/v1/builder-sessions/"
NOW = datetime.datetime(2026, 3, 20, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


def client_of(membership, kind="personal"):
    user = membership.user if kind == "personal" else None
    _key, secret = issue_key(workspace=membership.workspace, kind=kind, name="t", user=user)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


@pytest.fixture
def sit(workspace, user):
    """A session begun some days before NOW, of so many seconds where it ended."""

    def make(days, status="active", seconds=None, step="sitemap-generation", **fields):
        begun = NOW - days * DAY
        fields = {"workspace": workspace, "user": user, **fields}
        ended = None if seconds is None else begun + datetime.timedelta(seconds=seconds)
        made = BuilderSession.objects.create(
            status=status, current_step=step, started_at=begun, ended_at=ended, **fields
        )
        BuilderSession.objects.filter(pk=made.pk).update(created_at=begun)
        return made

    return make


class TestAnalytics:
    def test_each_figure_as_it_is_defined(self, workspace, user, sit):
        sit(1, "completed", 600)
        sit(1, "completed", 1200, step="done")
        sit(3, "cancelled", 60, step="done")
        sit(5, step="done")
        sit(5, "paused")
        sit(30, step="not counted")  # exactly 30 days are over
        sit(2, user=UserFactory())
        sit(2, workspace=MembershipFactory(user=user).workspace)
        found = get_session_analytics(user=user, workspace_id=workspace.pk, days=30, now=NOW)
        assert (found.total_sessions, found.completed_sessions, found.cancelled_sessions) == (
            5, 2, 1,
        )  # fmt: skip
        assert found.open_sessions == 2
        assert found.avg_duration == pytest.approx((600 + 1200 + 60) / 3)
        assert found.completion_rate == pytest.approx(2 / 3)
        assert found.most_common_step == "done"
        assert found.sessions_per_day == pytest.approx(5 / 30)
        days = [(each.day.day, each.count) for each in found.by_day]
        assert days == [(15, 2), (17, 1), (19, 2)]
        assert found.every_day(NOW.date())[-6:] == [2, 0, 1, 0, 2, 0]
        assert len(found.every_day(NOW.date())) == 30

    def test_nothing_is_nothing(self, workspace, user):
        found = get_session_analytics(user=user, workspace_id=workspace.pk, days=7, now=NOW)
        assert (found.total_sessions, found.sessions_per_day, found.by_day) == (0, 0, [])
        assert (found.avg_duration, found.most_common_step, found.completion_rate) == (
            None, None, None,
        )  # fmt: skip

    def test_a_tie_is_the_first_by_name(self, workspace, user, sit):
        sit(1, step="b")
        sit(1, step="a")
        found = get_session_analytics(user=user, workspace_id=workspace.pk, now=NOW)
        assert found.most_common_step == "a"

    def test_nobody_counts_anothers(self, workspace, user, sit):
        sit(1)
        with tenant(workspace_id=workspace.pk, user_id=UserFactory().pk, role="owner"):
            found = get_session_analytics(user=user, workspace_id=workspace.pk, now=NOW)
        assert found.total_sessions == 0

    def test_over_the_api_with_its_bounds(self, api, sit, monkeypatch):
        api.post(SESSIONS, {})
        url = f"{SESSIONS}analytics/"
        shown = api.get(url).json()
        assert (shown["days"], shown["total_sessions"], shown["open_sessions"]) == (30, 1, 1)
        assert shown["by_day"][0]["count"] == 1
        assert api.get(url, {"days": 366}).status_code == 200
        for days in ("0", "367", "-1", "x", "", "1.5", "\u0663", "9" * 40):
            answer = api.get(url, {"days": days})
            assert answer.status_code == 400, days
        assert api.get(url, {"user": "x"}).status_code == 400

    def test_a_program_has_none(self, member):
        assert client_of(member, "server").get(f"{SESSIONS}analytics/").status_code == 403


class TestProjectStats:
    def test_each_figure_as_it_is_defined(self, project, sit):
        publishing.publish(project=project, user=project.owner)
        CollaboratorFactory(project=project)
        thread = comments.write(project=project, author_id=None, body="a", now=NOW)
        comments.write(project=project, author_id=None, body="b", now=NOW, parent=thread)
        settled = comments.write(project=project, author_id=None, body="c", now=NOW)
        comments.resolve(comment=settled, by=None, now=NOW)
        now = timezone.now() + datetime.timedelta(minutes=1)
        sessions.create(user=project.owner, workspace_id=project.workspace_id, project=project)
        with tenant(workspace_id=project.workspace_id, user_id=project.owner_id, role="owner"):
            found = project_stats(project=project, now=now)
        pages = list(project.current_sitemap.wireframes.all())
        assert (found.pages, found.components) == (
            len(pages), sum(len(page.layout["content"]) for page in pages),
        )  # fmt: skip
        assert found.connectable_components == project.components.present().count()
        assert (found.collaborators, found.releases) == (1, 1)
        assert found.last_published_at == project.releases.get().published_at
        assert (found.threads, found.open_threads) == (2, 1)
        assert found.versions == project.versions.count() > 0
        assert (found.my_sessions, found.my_seconds) == (1, 0)
        assert sum(each.count for each in found.by_day) == found.versions

    def test_over_the_api_it_costs_the_same_however_much_there_is(self, api, project):
        url = f"/api/v1/projects/{project.pk}/stats/"

        def cost():
            with CaptureQueriesContext(connection) as queries:
                answer = api.get(url, {"days": 7})
            assert (answer.status_code, answer.json()["days"]) == (200, 7)
            return len(queries)

        cost()
        few = cost()
        for _ in range(5):
            comments.write(project=project, author_id=None, body="a", now=NOW)
        assert cost() == few

    def test_a_guest_reads_them_and_a_stranger_does_not(self, project):
        guest = MembershipFactory(role="owner")
        url = f"/api/v1/projects/{project.pk}/stats/"
        assert client_of(guest).get(url).status_code == 404
        CollaboratorFactory(project=project, user=guest.user)
        assert client_of(guest).get(url).json()["pages"] == 3


class TestCleaningUp:
    def test_only_what_ended_and_is_old_goes(self, sit):
        kept = [sit(40), sit(40, "paused"), sit(29, "completed", 1), sit(30, "cancelled", 1)]
        for _ in range(5):
            sit(31, "completed", 1)
        sit(400, "cancelled", 1)
        told = []
        done = sessions.cleanup_old_sessions(now=NOW, batch=2, tell=told.append)
        assert (done, told) == (6, [2, 4, 6])
        assert set(BuilderSession.objects.all()) == set(kept)
        assert sessions.cleanup_old_sessions(now=NOW) == 0

    def test_by_command_with_a_trial_first(self, sit):
        sit(10, "completed", 1)
        BuilderSession.objects.update(created_at=timezone.now() - 10 * DAY)

        def run(*arguments):
            said = StringIO()
            call_command("cleanup_old_sessions", *arguments, stdout=said)
            return said.getvalue().splitlines()[-1]

        assert run().startswith("0 sessions deleted")
        assert run("--days", "9", "--dry-run").startswith("1 sessions would be deleted")
        assert BuilderSession.objects.count() == 1
        assert run("--days", "9", "--batch", "1").startswith("1 sessions deleted")
        assert not BuilderSession.objects.exists()
        with pytest.raises(CommandError):
            run("--days", "0")

    def test_by_task(self, sit):
        sit(1, "completed", 1)
        BuilderSession.objects.update(created_at=timezone.now() - 31 * DAY)
        assert cleanup_old_sessions() == 1
