from typing import Any

from rest_framework import serializers

from accounts.api.base import WorkspaceSerializer
from accounts.models import ApiKey, Membership, User, Workspace


class MeSerializer(serializers.ModelSerializer[User]):
    class Meta:
        model = User
        fields = ["id", "email", "first_name", "last_name", "title", "preferred_name"]
        read_only_fields = ["id", "email"]

    def update(self, instance: User, validated_data: dict[str, Any]) -> User:
        """Write what was sent and no more: a tenant may change its names, not its rights."""
        for name, value in validated_data.items():
            setattr(instance, name, value)
        instance.save(update_fields=[*validated_data, "updated_at"])
        return instance


class WorkspaceDetailSerializer(serializers.ModelSerializer[Workspace]):
    class Meta:
        model = Workspace
        fields = [
            "id",
            "name",
            "slug",
            "subscription_tier",
            "subscription_status",
            "trial_ends_at",
            "timezone",
            "country",
            "default_language",
            "currency",
            "week_start",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["slug", "subscription_tier", "subscription_status", "trial_ends_at"]


class MembershipSerializer(WorkspaceSerializer):
    email = serializers.CharField(source="user.email", read_only=True)

    class Meta:
        model = Membership
        fields = ["id", "user", "email", "role", "created_at", "updated_at"]
        read_only_fields = ["user"]


class ApiKeySerializer(WorkspaceSerializer):
    secret = serializers.SerializerMethodField(
        help_text="The key itself, in the answer to its creation and never again."
    )

    class Meta:
        model = ApiKey
        fields = [
            "id",
            "name",
            "kind",
            "prefix",
            "public_token",
            "scopes",
            "user",
            "secret",
            "created_at",
            "last_used_at",
            "revoked_at",
        ]
        read_only_fields = ["prefix", "public_token", "user", "last_used_at", "revoked_at"]

    def get_secret(self, key: ApiKey) -> str | None:
        secret: str | None = self.context.get("secret")
        return secret

    def validate(self, attributes: dict[str, Any]) -> dict[str, Any]:
        request = self.context["request"]
        if attributes.get("kind") == ApiKey.Kind.PERSONAL and not isinstance(request.user, User):
            raise serializers.ValidationError(
                {"kind": "A personal key is made by a person who is signed in."}
            )
        return attributes
