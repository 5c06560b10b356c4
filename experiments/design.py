"""Tests as they are set up: variations, and their shares of the traffic."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import User, Workspace
from experiments.models import ABTest, TestVariation


def draft(
    *,
    workspace: Workspace,
    name: str,
    variations: Mapping[str, str],
    user: User | None = None,
    **fields: Any,
) -> ABTest:
    """Set up a test of variations, identifier -> name, that share the traffic evenly.

    What does not divide evenly goes to the first, so that all have 100 per cent. `fields` are the
    test's others.
    """
    with transaction.atomic():
        ab_test = ABTest.objects.create(workspace=workspace, name=name, user=user, **fields)
        shares = even_shares(len(variations))
        TestVariation.objects.bulk_create(
            TestVariation(
                workspace=workspace,
                ab_test=ab_test,
                variation_id=identifier,
                name=label,
                traffic_percentage=share,
            )
            for (identifier, label), share in zip(variations.items(), shares, strict=True)
        )
    return ab_test


def even_shares(count: int) -> list[Decimal]:
    """100 per cent in `count` parts of two decimals, the first taking what is left over."""
    if count == 0:
        return []
    part = (Decimal(100) / count).quantize(Decimal("0.01"), rounding="ROUND_FLOOR")
    return [Decimal(100) - part * (count - 1), *[part] * (count - 1)]
