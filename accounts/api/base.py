"""What every endpoint of a workspace's records stands on."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.db import models
from rest_framework import serializers, viewsets
from rest_framework.utils.field_mapping import ClassLookupDict

from accounts.api.actions import install
from accounts.api.bulk import is_key, plain
from accounts.api.permissions import (
    ANALYSTS,
    MEMBERS,
    READERS,
    SEERS,
    WRITERS,
    RolePermission,
    StaffOnly,
    own_path,
    tenancy_of,
    workspace_id_of,
)
from accounts.models import TenantForeignKey

__all__ = [
    "ANALYSTS",
    "MEMBERS",
    "READERS",
    "SEERS",
    "WRITERS",
    "ReadOnlyWorkspaceViewSet",
    "Records",
    "RolePermission",
    "StaffOnly",
    "WorkspaceQueryset",
    "WorkspaceRelatedField",
    "WorkspaceSerializer",
    "WorkspaceViewSet",
    "tenancy_of",
    "workspace_id_of",
]


class Records:
    """What a viewset of records may say of itself; everything has a default that is right.

    `own_rows` is True (or a look-up such as "conversation__user") where a row is its user's own:
    the user sees and writes it, `seers` see everybody's. `expandable` maps a relation to the
    serializer that `?expand=` shows it with. `bulk_create` opens `POST bulk/`; `bulk_key` names
    the fields by which a row that is sent again is known. `fast_list = False` keeps lists to the
    serializer where a plan over columns would not show the same (accounts.api.lists).
    """

    readers: ClassVar[Collection[str]] = READERS
    writers: ClassVar[Collection[str] | None] = None
    own_rows: ClassVar[bool | str] = False
    seers: ClassVar[Collection[str]] = SEERS
    fast_list: ClassVar[bool] = True
    expandable: ClassVar[Mapping[str, type[serializers.Serializer[Any]]]] = {}
    ordering_fields: ClassVar[Sequence[str]] = ()
    search_fields: ClassVar[Sequence[str]] = ()
    bulk_create: ClassVar[bool] = False
    bulk_key: ClassVar[Sequence[str]] = ()
    request: Any

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        install(cls)


class WorkspaceQueryset(Records):
    """Limit a viewset to the request's workspace, on top of the row security beneath it.

    A table without a workspace is limited by row security alone, and by `own_rows`.
    """

    def get_queryset(self) -> models.QuerySet[Any]:
        queryset: models.QuerySet[Any] = super().get_queryset()  # type: ignore[misc]
        if getattr(self, "swagger_fake_view", False):
            return queryset.none()
        if has_workspace(queryset.model):
            queryset = queryset.filter(mine(queryset.model, workspace_id_of(self.request)))
        tenancy = tenancy_of(self.request)
        path = own_path(self)
        if path and tenancy.role not in self.seers:
            if tenancy.user_id is None:
                return queryset.none()
            queryset = queryset.filter(**{f"{path}_id": tenancy.user_id})
        return queryset

    @plain
    def perform_create(self, serializer: serializers.BaseSerializer[Any]) -> None:
        """Save the record as the workspace's, and as the caller's own where rows are people's."""
        serializer.save(**self.stamp(serializer.Meta.model))  # type: ignore[attr-defined]

    def stamp(self, model: type[models.Model]) -> dict[str, Any]:
        """What a new record gets from the request: its workspace, and the user whose own it is."""
        stamp: dict[str, Any] = {}
        if has_workspace(model):
            stamp["workspace_id"] = workspace_id_of(self.request)
        if self.own_rows is True:
            stamp["user_id"] = tenancy_of(self.request).user_id
        return stamp


def has_workspace(model: type[models.Model]) -> bool:
    return any(field.name == "workspace" for field in model._meta.concrete_fields)


def mine(model: type[models.Model], workspace_id: uuid.UUID) -> models.Q:
    """The workspace's rows, and the platform's own where the table holds both."""
    rows = models.Q(workspace_id=workspace_id)
    if model._meta.get_field("workspace").null:
        rows |= models.Q(workspace_id__isnull=True)
    return rows


class WorkspaceViewSet(WorkspaceQueryset, viewsets.ModelViewSet[Any]):
    permission_classes = [RolePermission]
    http_method_names = ["get", "post", "patch", "delete", "head", "options"]


class ReadOnlyWorkspaceViewSet(WorkspaceQueryset, viewsets.ReadOnlyModelViewSet[Any]):
    permission_classes = [RolePermission]


class WorkspaceRelatedField(serializers.PrimaryKeyRelatedField[Any]):
    """A key to another record, which must be of the request's workspace (or the platform's)."""

    known: dict[str, Any] | None = None

    def get_queryset(self) -> models.QuerySet[Any] | None:
        queryset: models.QuerySet[Any] | None = super().get_queryset()
        request = self.context.get("request")
        if queryset is None or request is None or not hasattr(request._request, "tenancy"):
            return queryset
        return queryset.filter(mine(queryset.model, workspace_id_of(request)))

    def learn(self, keys: Iterable[Any]) -> None:
        """Look up many keys at once; only these are found from then on."""
        queryset = self.get_queryset()
        if queryset is not None:
            wanted = {key.lower() for key in keys if is_key(key)}
            self.known = {str(one.pk): one for one in queryset.filter(pk__in=wanted)}

    def to_internal_value(self, data: Any) -> Any:
        if self.known is None or not is_key(data):
            return super().to_internal_value(data)
        found = self.known.get(str(uuid.UUID(data)))
        return self.fail("does_not_exist", pk_value=data) if found is None else found


class WorkspaceSerializer(serializers.ModelSerializer[Any]):
    """A model serializer whose keys to other records stay within the workspace."""

    def build_relational_field(self, field_name: str, relation_info: Any) -> tuple[Any, Any]:
        field_class, kwargs = super().build_relational_field(field_name, relation_info)
        if isinstance(relation_info.model_field, TenantForeignKey):
            field_class = WorkspaceRelatedField
        return field_class, kwargs

    def build_standard_field(self, field_name: str, model_field: Any) -> tuple[Any, Any]:
        """What the database derives is shown as what it is of; REST framework knows no such."""
        if not isinstance(model_field, models.GeneratedField):
            return super().build_standard_field(field_name, model_field)
        derived: Any = model_field.output_field
        kwargs: dict[str, Any] = {"read_only": True, "help_text": model_field.help_text}
        if isinstance(derived, models.DecimalField):
            kwargs |= {name: getattr(derived, name) for name in ("max_digits", "decimal_places")}
        known: Any = ClassLookupDict(self.serializer_field_mapping)
        return known[derived], kwargs
