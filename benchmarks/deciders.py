"""An edge whose pages are decided: DECIDER names one of the deciders here."""

import os
from collections.abc import Mapping, Sequence

import django

os.environ["HALFHOUR_DOOR"] = "edge"
django.setup()

from django.conf import settings  # noqa: E402

settings.BUILDER_PAGE_DECIDERS = [f"{__name__}.{os.environ['DECIDER']}"]

from accounts.tenancy.edge import edge_connection  # noqa: E402
from builder.serving.deciding import DynamicBlock, Visit, needs_visitor_id  # noqa: E402


@needs_visitor_id
async def by_visitor(visit: Visit, blocks: Sequence[DynamicBlock]) -> Mapping[str, str]:
    """What an experiment does that is in memory: the visitor's id leads to a variant."""
    number = int((visit.visitor_id or "0")[:8], 16)
    return {block.id: block.variants[number % len(block.variants)] for block in blocks}


@needs_visitor_id
async def by_visitor_and_row(visit: Visit, blocks: Sequence[DynamicBlock]) -> Mapping[str, str]:
    """What a campaign does that asks the database for a visitor: one statement, one row."""
    async with edge_connection() as connection:
        cursor = await connection.execute("select %s::text as visitor", [visit.visitor_id])
        await cursor.fetchall()
    return await by_visitor(visit, blocks)


# Last: it looks its deciders up here.
from config.edge import application  # noqa: E402

__all__ = ["application", "by_visitor", "by_visitor_and_row"]
