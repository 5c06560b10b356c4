"""What is near a vector: exactly while a workspace has few rows, by the index when it has many.

An HNSW index is over the rows of all workspaces. One that has a hundredth of them is passed by:
the index's candidates are mostly others', and half of the nearest are not found. Below EXACT_LIMIT
rows, all of a workspace's are therefore compared, behind its btree; above, the index is walked on
until enough of the candidates are the workspace's (pgvector's iterative scan).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection, models, transaction
from django.db.models.functions import Cast
from pgvector.django import CosineDistance, HalfVectorField

from accounts.models import EmbeddingModel
from accounts.models.embeddings import DIMENSIONS

# Measured on 384 numbers (benchmarks/nearness.py), where the two cross: 10,000 rows are compared in
# 36 ms and the index takes 30; of 5,000 rows both take 14, and the comparison misses nothing.
EXACT_LIMIT: Final = 10_000
# Candidates that the index looks at before it answers; pgvector's own default is 40.
CANDIDATES: Final = 200


def nearest(
    queryset: "models.QuerySet[Any]",
    *,
    embedding: Sequence[float],
    embedding_model: str,
    limit: int,
    exact_limit: int = EXACT_LIMIT,
) -> list[Any]:
    """The `limit` rows nearest to `embedding`, the nearest first, each with its `distance`.

    `queryset` holds one workspace's rows of a model on EmbeddedModel; rows of other embedding
    models are left out. `distance` is that of the cosine, 0 (the same direction) to 2. Raises
    ValueError for a vector of another length than the model's.
    """
    dimensions = DIMENSIONS[EmbeddingModel(embedding_model)]
    if len(embedding) != dimensions:
        raise ValueError(f"{embedding_model} has {dimensions} numbers, not {len(embedding)}.")
    rows = queryset.filter(embedding_model=embedding_model)
    if has_few(rows, exact_limit):
        return list(exactly(rows, embedding)[:limit])
    with _walking(limit):
        return list(by_index(rows, embedding, dimensions)[:limit])


def has_few(rows: "models.QuerySet[Any]", most: int) -> bool:
    """Whether there are at most so many; no more than that are counted."""
    return rows.order_by().values("pk")[: most + 1].count() <= most


def exactly(rows: "models.QuerySet[Any]", embedding: Sequence[float]) -> "models.QuerySet[Any]":
    """All rows by their distance. Without the cast that the index is made over, none is used."""
    ordered: models.QuerySet[Any] = rows.annotate(distance=CosineDistance("embedding", embedding))
    return ordered.order_by("distance")


def by_index(
    rows: "models.QuerySet[Any]", embedding: Sequence[float], dimensions: int
) -> "models.QuerySet[Any]":
    """The rows by their distance as the HNSW index of their model gives them."""
    fixed = Cast("embedding", HalfVectorField(dimensions=dimensions))
    ordered: models.QuerySet[Any] = rows.annotate(distance=CosineDistance(fixed, embedding))
    return ordered.order_by("distance")


@contextmanager
def _walking(limit: int) -> Iterator[None]:
    """Let the index be walked on until `limit` rows have passed the filters, in their order."""
    wanted = {
        "hnsw.iterative_scan": "strict_order",
        "hnsw.ef_search": str(min(max(CANDIDATES, 2 * limit), 1000)),
        # A sort of all rows is the other plan, which the planner takes too long for the better.
        "enable_sort": "off",
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select '[1]'::vector")  # loads the library, which defines the settings
        before = {name: _set(cursor, name, value) for name, value in wanted.items()}
        yield
        for name, value in before.items():
            _set(cursor, name, value)


def _set(cursor: Any, name: str, value: str) -> str:
    """Set a setting for the rest of the transaction; returns what it was."""
    cursor.execute("select current_setting(%s), set_config(%s, %s, true)", [name, name, value])
    was: str = cursor.fetchone()[0]
    return was
