"""How many events a workspace has had, by the ledger: what its quota is healed from."""

import datetime
import uuid

from django.db.models import Sum

from accounts.tenancy.edge import edge_tenant
from journeys.models import IngestCount

_THIS_MONTH = """select coalesce(sum(count), 0) as accepted from journeys_ingestcount
    where workspace_id = %s and outcome = 'accepted'
    and hour >= date_trunc('month', now() at time zone 'utc') at time zone 'utc'"""


def accepted_since(workspace_id: uuid.UUID, since: datetime.datetime) -> int:
    """Events of the workspace that were accepted since an hour began."""
    accepted = IngestCount.objects.filter(
        workspace_id=workspace_id, outcome=IngestCount.Outcome.ACCEPTED, hour__gte=since
    )
    return accepted.aggregate(total=Sum("count"))["total"] or 0


async def accepted_this_month(workspace_id: uuid.UUID) -> int:
    """The same of this month (UTC), on the edge's connection."""
    async with edge_tenant(workspace_id=workspace_id, role="ingest") as connection:
        row = await (await connection.execute(_THIS_MONTH, (workspace_id,))).fetchone()
    return int(row["accepted"]) if row else 0
