"""What is near a vector, by comparing all of a workspace's or by the index."""

import random

import pytest
from django.db import connection, transaction

from accounts.models import EmbeddingModel
from accounts.tenancy import tenant
from personalization import nearness
from personalization.models import BehaviorPattern
from tests.factories import WorkspaceFactory

pytestmark = pytest.mark.django_db

MODEL = EmbeddingModel.MINILM
LENGTH = 384
# A workspace of few rows beside one of many: a twentieth of the table is its own.
FEW, MANY = 30, 570


def vector(seed, around=0):
    """A direction of its own, near those of the same `around`."""
    chosen = random.Random(seed)  # noqa: S311 - the same directions in every run
    center = random.Random(-1 - around)  # noqa: S311
    return [center.gauss(0, 1) + chosen.gauss(0, 0.5) for _ in range(LENGTH)]


@pytest.fixture
def patterns(workspace):
    rows = [
        BehaviorPattern(
            workspace=owner, embedding=vector(seed, seed % 7), embedding_model=MODEL, segment=seed
        )
        for owner, seeds in (
            (workspace, range(FEW)),
            (WorkspaceFactory(), range(1000, 1000 + MANY)),
        )
        for seed in seeds
    ]
    BehaviorPattern.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.execute("analyze personalization_behaviorpattern")
    return workspace


def near(workspace, sought, *, limit=10, **more):
    """As a tenant; no workspace is named but by the scope."""
    with tenant(workspace_id=workspace.pk, role="viewer"):
        return nearness.nearest(
            BehaviorPattern.objects.all(),
            embedding=sought,
            embedding_model=MODEL,
            limit=limit,
            **more,
        )


def test_the_nearest_come_first_and_only_the_workspaces(patterns):
    found = near(patterns, vector(5, 5))
    assert found[0].segment == "5"
    assert found[0].distance == pytest.approx(0, abs=1e-3)
    assert [row.distance for row in found] == sorted(row.distance for row in found)
    assert len(found) == 10
    assert {row.workspace_id for row in found} == {patterns.pk}


def test_the_index_finds_what_comparing_all_finds(patterns):
    """Recall at 10, over searches of a workspace that has a twentieth of the rows."""
    hits = 0
    for seed in range(10):
        sought = vector(5000 + seed, seed % 7)
        exact = {row.pk for row in near(patterns, sought)}
        by_index = {row.pk for row in near(patterns, sought, exact_limit=0)}
        assert len(by_index) == 10
        hits += len(exact & by_index)
    assert hits >= 95


def plan(queryset):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        return queryset.explain()


def test_few_rows_are_read_behind_the_btree_and_many_by_the_vectors_index(patterns):
    sought = vector(1)
    with tenant(workspace_id=patterns.pk, role="viewer"):
        rows = BehaviorPattern.objects.filter(embedding_model=MODEL)
        exact = plan(nearness.exactly(rows, sought)[:10])
        assert "Index Cond: (workspace_id = " in exact
        assert "hnsw" not in exact
        with nearness._walking(10):
            by_index = plan(nearness.by_index(rows, sought, LENGTH)[:10])
        assert "Index Scan using behaviorpattern_0_hnsw" in by_index
        assert "Sort" not in by_index


def test_the_limit_decides(patterns, monkeypatch):
    asked = []
    real = nearness.by_index
    monkeypatch.setattr(nearness, "by_index", lambda *a: asked.append(1) or real(*a))
    near(patterns, vector(1), exact_limit=FEW)
    assert asked == []
    near(patterns, vector(1), exact_limit=FEW - 1)
    assert asked == [1]


def test_settings_are_as_before_afterwards(patterns):
    near(patterns, vector(1), exact_limit=0)
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('enable_sort'), current_setting('hnsw.ef_search')")
        assert cursor.fetchone() == ("on", "40")


def test_a_vector_has_its_models_length(patterns):
    with pytest.raises(ValueError, match="384"):
        near(patterns, [1.0] * 3)
