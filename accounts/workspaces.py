"""Making workspaces."""

import secrets
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from accounts import tenancy
from accounts.models import Membership, Role, User, Workspace


def create(*, owner: User, name: str, **fields: Any) -> Workspace:
    """Make a workspace with its owner's membership, under a free slug near to its name."""
    base = slugify(name)[:50] or "workspace"
    with tenancy.owner(reason="create_workspace"):
        workspace = _with_free_slug(base, name=name, **fields)
        Membership.objects.create(workspace=workspace, user=owner, role=Role.OWNER)
    return workspace


def _with_free_slug(base: str, **fields: Any) -> Workspace:
    slug = base
    while True:
        try:
            with transaction.atomic():
                return Workspace.objects.create(slug=slug, **fields)
        except IntegrityError:
            slug = f"{base}-{secrets.token_hex(3)}"
