"""What is known of the visitors beside their events: how these came in, and what is predicted."""

import random
from decimal import Decimal
from typing import Final

from django.db import connection

from accounts.models import ApiKey
from config.sample.story import Story, count, near
from config.sample.visits import DAYS
from journeys.models import Contact, IngestCount

# As ingest counts: by hour, all of them accepted.
_COUNT: Final = """
insert into journeys_ingestcount (workspace_id, key_id, hour, outcome, reason, count)
select workspace_id, %s, date_trunc('hour', received_at, 'UTC'), 'accepted', '', count(*)
from journeys_event where workspace_id = %s group by 1, 3
"""
# What a customer of each segment brings in a year (SAR).
_WORTH: Final = {"loyal": 2_400, "returning": 900, "new": 350, "at risk": 500, "": 200}


def fill(story: Story) -> dict[str, int]:
    keys = ApiKey.objects.filter(workspace=story.workspace, kind="ingest").order_by("id")
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [keys.values_list("pk", flat=True)[0], story.workspace.pk])
    _predict(story, story.dice("predictions"))
    return count({}, story, IngestCount)


def _predict(story: Story, dice: random.Random) -> None:
    """Worth by segment, and a risk that grows with the days since somebody was last here."""
    known = list(Contact.objects.filter(workspace=story.workspace).exclude(email=""))
    known.sort(key=lambda contact: contact.pk)
    for contact in known:
        worth = near(dice, _WORTH[contact.segment], 0.4)
        contact.ltv_prediction = Decimal(worth).quantize(Decimal("0.01"))
        away = (story.until - (contact.last_seen or contact.created_at)).days / DAYS
        contact.churn_risk = round(min(0.97, max(0.02, near(dice, 0.1 + 0.8 * away, 0.2))), 3)
    Contact.objects.bulk_update(known, ["ltv_prediction", "churn_risk"])
