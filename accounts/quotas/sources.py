"""What the database knows of a workspace's use: the floors above say by the setting QUOTA_SOURCES.

A source is a function `(workspace_id, since) -> int`, in the units of its kind; of what stands,
`since` does not count.
"""

import datetime
import uuid
from collections.abc import Callable
from functools import cache
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import Membership
from accounts.quotas.limits import Kind

Source = Callable[[uuid.UUID, datetime.datetime], int]


def known(workspace_id: uuid.UUID, kind: Kind, *, since: datetime.datetime) -> int:
    """The use since a moment; 0 of what the database does not keep."""
    if kind is Kind.SEATS:
        return Membership.objects.filter(workspace_id=workspace_id).count()
    path = settings.QUOTA_SOURCES.get(kind.value)
    return _source(path)(workspace_id, since) if path else 0


@cache
def _source(path: str) -> Source:
    return cast("Source", import_string(path))
