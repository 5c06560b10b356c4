"""Which pictures there are, for layouts that are to show some."""

import uuid
from collections.abc import Collection
from typing import Any

from accounts import tenancy
from accounts.faults import Fault
from builder.models import Image
from builder.sections.pictures import image_ids, unknown_images


def known(*, workspace_id: uuid.UUID, ids: Collection[str]) -> set[str]:
    """Those of the ids that are pictures of the workspace; one query, or none.

    As the owner: who edits a page as a guest sees its pictures, though not all of the workspace's.
    """
    if not ids:
        return set()
    with tenancy.owner(reason="known_images"):
        mine = Image.objects.filter(workspace_id=workspace_id, pk__in=ids)
        return {str(pk) for pk in mine.values_list("pk", flat=True)}


def unknown(layout: Any, *, workspace_id: uuid.UUID) -> list[Fault]:
    """The pictures of a layout that the workspace has not; pointers are into the layout."""
    ids = image_ids(layout)
    there = known(workspace_id=workspace_id, ids=ids)
    return list(unknown_images(layout, there)) if ids - there else []
