import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from analytics.models import TrafficRollup
from tests.analytics.factories import ProjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def traffic(workspace):
    """Yesterday and today of one site, and a stranger's today."""
    today = timezone.now().replace(minute=0, second=0, microsecond=0)
    project = ProjectFactory(workspace=workspace)
    rows = [
        TrafficRollup.objects.create(
            workspace=site.workspace,
            project=site,
            granularity="day",
            bucket_start=today - dt.timedelta(hours=ago),
            visits=visits,
            visitors=visits,
            submissions=visits // 2,
            leads=visits // 4,
        )
        for site, ago, visits in [(project, 0, 40), (project, 24, 20), (ProjectFactory(), 0, 999)]
    ]
    return project, rows


def test_traffic_is_listed_for_ones_own_workspace(api, traffic):
    project, rows = traffic
    found = api.get("/api/v1/traffic/", {"granularity": "day"}).json()["results"]
    assert sorted(row["visits"] for row in found) == [20, 40]
    one = api.get(f"/api/v1/traffic/{rows[2].id}/")
    assert one.status_code == 404
    since = {"start": rows[0].bucket_start.isoformat(), "project": str(project.id)}
    assert [row["visits"] for row in api.get("/api/v1/traffic/", since).json()["results"]] == [40]


def test_nobody_writes_traffic_over_the_api(api):
    assert api.post("/api/v1/traffic/", {}).status_code == 405


def test_the_funnel_sums_the_days_asked_for(api, traffic):
    project, _rows = traffic
    body = api.get("/api/v1/funnel/", {"days": 7, "project": str(project.id)}).json()
    assert [(step["name"], step["count"]) for step in body["steps"]] == [
        ("visits", 60),
        ("submissions", 30),
        ("leads", 15),
    ]
    assert body["steps"][2]["rate"] == 0.5


@pytest.mark.parametrize("query", [{"days": 0}, {"days": "x"}, {"project": "no-uuid"}])
def test_a_question_without_sense_is_told_where(api, query):
    refused = api.get("/api/v1/funnel/", query)
    assert refused.status_code == 400
    assert refused["Content-Type"].startswith("application/problem+json")
    assert next(iter(query)) in str(refused.json()["errors"])


def test_lists_cost_the_same_however_long(api, workspace):
    project = ProjectFactory(workspace=workspace)

    def fill(count, offset):
        TrafficRollup.objects.bulk_create(
            TrafficRollup(
                workspace=workspace,
                project=project,
                granularity="hour",
                bucket_start=timezone.now() - dt.timedelta(hours=offset + hour),
            )
            for hour in range(count)
        )

    counts = []
    api.get("/api/v1/traffic/")  # what is asked for once and kept
    for count, offset in ((1, 0), (30, 100)):
        fill(count, offset)
        with CaptureQueriesContext(connection) as queries:
            api.get("/api/v1/traffic/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
