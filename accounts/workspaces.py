"""Making workspaces."""

import secrets
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from accounts import tenancy
from accounts.models import Membership, Role, User, Workspace


class SlugTakenError(Exception):
    """Another workspace has the slug that was asked for."""


def create(*, owner: User, name: str, slug: str = "", **fields: Any) -> Workspace:
    """Make a workspace with its owner's membership.

    Without a slug it gets a free one near to its name; raises SlugTakenError for one that is taken.
    """
    with tenancy.owner(reason="create_workspace"):
        workspace = _with_slug(slug, name=name, **fields)
        Membership.objects.create(workspace=workspace, user=owner, role=Role.OWNER)
    return workspace


def _with_slug(wanted: str, *, name: str, **fields: Any) -> Workspace:
    base = slugify(name)[:50] or "workspace"
    slug = wanted or base
    while True:
        try:
            with transaction.atomic():
                return Workspace.objects.create(slug=slug, name=name, **fields)
        except IntegrityError as error:
            if wanted:
                raise SlugTakenError(wanted) from error
            slug = f"{base}-{secrets.token_hex(3)}"
