"""A list as NDJSON: as the list shows it, in bounded memory."""

import json
import tracemalloc

import pytest

from journeys.api.visitors import LeadViewSet
from journeys.models import Lead

pytestmark = pytest.mark.django_db
ROWS = 50_000


def lines(answer):
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/x-ndjson"
    return [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]


@pytest.fixture
def leads(workspace):
    sources = ["fair", "site", "site"]
    return Lead.objects.bulk_create(
        [Lead(workspace=workspace, source=source, company=f"{source} & 1") for source in sources]
    )


@pytest.mark.parametrize("fast", [True, False])
def test_each_row_is_as_the_list_shows_it(api, leads, monkeypatch, fast):
    monkeypatch.setattr(LeadViewSet, "fast_list", fast)
    listed = api.get("/api/v1/leads/").json()["results"]
    assert lines(api.get("/api/v1/leads/export/")) == listed
    chosen = lines(api.get("/api/v1/leads/export/?source=site&fields=source"))
    assert [set(row) for row in chosen] == [{"id", "source"}] * 2


def test_it_is_refused_like_a_list(api, leads):
    assert api.get("/api/v1/leads/export/?nonsense=1").status_code == 400
    assert api.get("/api/v1/leads/export/?limit=5").status_code == 400
    never = "created_after=1374-06-14T06:16:14-16:07"  # a displacement PostgreSQL has not
    assert api.get(f"/api/v1/leads/export/?{never}").status_code == 400
    asked = api.get("/api/v1/leads/export/", headers={"Accept": "application/x-ndjson"})
    assert "RateLimit" in asked
    assert len(lines(asked)) == 3


@pytest.mark.parametrize("fast", [True, False])
def test_memory_does_not_grow_with_the_rows(api, workspace, monkeypatch, fast):
    monkeypatch.setattr(LeadViewSet, "fast_list", fast)
    rows = ROWS if fast else ROWS // 10
    Lead.objects.bulk_create(
        (Lead(workspace=workspace, name=f"Lead {n}", company="x" * 200) for n in range(rows)),
        batch_size=5_000,
    )
    answer = api.get("/api/v1/leads/export/")
    tracemalloc.start()
    count = sum(chunk.count(b"\n") for chunk in answer.streaming_content)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == rows
    assert peak < 12_000_000
