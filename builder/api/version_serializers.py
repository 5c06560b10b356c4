"""Versions as the API shows them."""

from typing import Any, Final

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.base import WorkspaceSerializer
from builder import comparing, versioning
from builder.models import VersionHistory

_BRIEF: Final = [
    "id", "version_number", "is_major", "is_deletion", "message", "user", "changes",
    "created_at", "saved_at",
]  # fmt: skip


class VersionSerializer(WorkspaceSerializer):
    class Meta:
        model = VersionHistory
        fields = [*_BRIEF, "project", "entity_type", "entity_id", "data"]


class VersionSummary(WorkspaceSerializer):
    """A version without what it holds."""

    class Meta:
        model = VersionHistory
        fields = _BRIEF


class PatchOperationSerializer(serializers.Serializer[Any]):
    """An operation of a JSON Patch (RFC 6902)."""

    op = serializers.ChoiceField(choices=["add", "remove", "replace", "move", "copy", "test"])
    path = serializers.CharField(allow_blank=True, help_text="JSON Pointer (RFC 6901).")
    value = serializers.JSONField(required=False, allow_null=True)

    def get_fields(self) -> dict[str, Any]:
        # A word of Python's, which no class body can name.
        return {**super().get_fields(), "from": serializers.CharField(required=False)}


class VersionDetail(VersionSerializer):
    """A version with the patch that makes it of the one before (of `{}`, the first)."""

    patch = serializers.SerializerMethodField()

    class Meta(VersionSerializer.Meta):
        fields = [*VersionSerializer.Meta.fields, "patch"]

    @extend_schema_field(PatchOperationSerializer(many=True))
    def get_patch(self, version: VersionHistory) -> list[dict[str, Any]]:
        before = versioning.before(version=version)
        return comparing.patch(before.data if before else {}, version.data)


class VersionChangeSerializer(serializers.Serializer[comparing.Change]):
    """A change for people; `component` is the id of the page's component that it is in."""

    pointer = serializers.CharField(help_text="JSON Pointer (RFC 6901) into the later version.")
    kind = serializers.ChoiceField(choices=["added", "removed", "moved", "changed"])
    text = serializers.CharField()
    component = serializers.CharField(allow_blank=True)
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)


class VersionComparisonSerializer(serializers.Serializer[Any]):
    patch = serializers.SerializerMethodField()
    changes = serializers.SerializerMethodField()

    def get_fields(self) -> dict[str, Any]:
        ends = {name: VersionSummary(read_only=True) for name in ("from", "to")}
        return {**ends, **super().get_fields()}

    @extend_schema_field(PatchOperationSerializer(many=True))
    def get_patch(self, pair: dict[str, VersionHistory]) -> list[dict[str, Any]]:
        return comparing.patch(pair["from"].data, pair["to"].data)

    @extend_schema_field(VersionChangeSerializer(many=True))
    def get_changes(self, pair: dict[str, VersionHistory]) -> Any:
        found: Any = versioning.changes(pair["from"], pair["to"])
        return VersionChangeSerializer(found, many=True).data


class NameSerializer(serializers.Serializer[VersionHistory]):
    message = serializers.CharField(max_length=500, help_text="What the version is called.")


class RevertSerializer(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)


class RestoredSerializer(serializers.Serializer[Any]):
    entity_type = serializers.ChoiceField(choices=[*versioning.PARENTS])
    id = serializers.UUIDField(help_text="The document's, as it was.")
    version = serializers.IntegerField()


class DocumentThenSerializer(serializers.Serializer[VersionHistory]):
    """A document as of a time: its id, its version then, and what it held."""

    def to_representation(self, version: VersionHistory) -> dict[str, Any]:
        return {
            "id": version.entity_id,
            "version": version.version_number,
            "saved_at": version.saved_at,
            **version.data,
        }
