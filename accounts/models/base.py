"""What every record stands on: its key, its times, and whose it is."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Func
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7 as _uuid7


def uuid7() -> uuid.UUID:
    """A time-ordered UUID (RFC 9562, version 7)."""
    return _uuid7()


class UUIDv7(Func):
    """PostgreSQL 18's own `uuidv7()`, for rows that SQL inserts."""

    function = "uuidv7"
    template = "%(function)s()"
    output_field = models.UUIDField()
    arity = 0


class BaseModel(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, db_default=UUIDv7(), editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True, db_default=Now())
    updated_at = models.DateTimeField(_("updated at"), auto_now=True, db_default=Now())

    class Meta:
        abstract = True


class TenantModel(BaseModel):
    """A row that belongs to one workspace; its table has row security (accounts.tenancy)."""

    workspace = models.ForeignKey(
        "accounts.Workspace",
        on_delete=models.CASCADE,
        related_name="+",
        editable=False,
        verbose_name=_("workspace"),
    )

    class Meta(BaseModel.Meta):
        abstract = True


class SharedModel(BaseModel):
    """A row of one workspace, or of the platform (workspace null), which all may read."""

    workspace = models.ForeignKey(
        "accounts.Workspace",
        on_delete=models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("workspace"),
        help_text=_("Empty: the platform's own, readable by every workspace."),
    )

    class Meta(BaseModel.Meta):
        abstract = True


class TenantForeignKey(models.ForeignKey[Any, Any]):
    """A key from a tenant's table to another.

    PostgreSQL checks foreign keys as the tables' owner, past row security, so a plain constraint
    could point into another workspace. The constraint is therefore composite,
    `(workspace_id, x_id) -> (workspace_id, id)`, and written by the migration operation
    `accounts.tenancy.operations.TenantForeignKeys`; Django adds none of its own.
    """

    _default: ClassVar[dict[str, Any]] = {"db_constraint": False}

    def __init__(self, to: Any, on_delete: Any, **kwargs: Any) -> None:
        super().__init__(to, on_delete, **{**kwargs, **self._default})
