from typing import Any, ClassVar

from allauth.usersessions.models import UserSession
from django.core.validators import EmailValidator
from rest_framework import serializers

from accounts import credentials, profiles, quotas
from accounts.api.base import WorkspaceSerializer
from accounts.models import (
    ApiKey,
    AuditEntry,
    Credential,
    CulturalContext,
    Invitation,
    Membership,
    OnboardingStage,
    User,
    UserProfile,
    Workspace,
)

TIMES = ["created_at", "updated_at"]


class MeSerializer(serializers.ModelSerializer[User]):
    subscription_tier = serializers.ChoiceField(choices=Workspace.Tier.choices, read_only=True)
    subscription_status = serializers.ChoiceField(
        choices=Workspace.SubscriptionStatus.choices, read_only=True
    )
    trial_ends_at = serializers.DateTimeField(read_only=True, allow_null=True)

    class Meta:
        model = User
        fields = [
            "id",
            "email",
            "first_name",
            "last_name",
            "title",
            "preferred_name",
            "is_verified",
            "onboarding_stage",
            "onboarding_completed",
            "onboarding_completed_at",
            "last_login",
            "last_activity_at",
            "login_count",
            "subscription_tier",
            "subscription_status",
            "trial_ends_at",
        ]
        read_only_fields = [
            "id",
            "email",
            "is_verified",
            "onboarding_stage",
            "onboarding_completed",
            "onboarding_completed_at",
            "last_login",
            "last_activity_at",
            "login_count",
        ]

    def update(self, instance: User, validated_data: dict[str, Any]) -> User:
        """Write what was sent and no more: a tenant may change its names, not its rights."""
        for name, value in validated_data.items():
            setattr(instance, name, value)
        instance.save(update_fields=[*validated_data, "updated_at"])
        return instance


class OnboardingSerializer(serializers.Serializer[Any]):
    stage = serializers.ChoiceField(
        choices=OnboardingStage.choices,
        help_text="The next of: personal, business, analysis, complete.",
    )


class UserProfileSerializer(WorkspaceSerializer):
    class Meta:
        model = UserProfile
        fields = [
            "id",
            "user",
            *(
                field.name
                for field in UserProfile._meta.concrete_fields
                if field.name not in {"id", "user", *TIMES}
            ),
            *TIMES,
        ]
        read_only_fields = ["user", "profile_completion_percentage", "last_profile_update"]

    def create(self, validated_data: dict[str, Any]) -> UserProfile:
        return profiles.save(profile=UserProfile(**validated_data))

    def update(self, instance: UserProfile, validated_data: dict[str, Any]) -> UserProfile:
        return profiles.save(profile=instance, **validated_data)


class CulturalContextSerializer(WorkspaceSerializer):
    class Meta:
        model = CulturalContext
        fields = [
            "id",
            "user",
            *(
                field.name
                for field in CulturalContext._meta.concrete_fields
                if field.name not in {"id", "user", *TIMES}
            ),
            *TIMES,
        ]
        read_only_fields = ["user"]


class SessionSerializer(serializers.ModelSerializer[UserSession]):
    is_current = serializers.SerializerMethodField(
        help_text="Whether this very request came in by it."
    )

    class Meta:
        model = UserSession
        fields = ["id", "created_at", "last_seen_at", "ip", "user_agent", "is_current"]

    def get_is_current(self, session: UserSession) -> bool:
        return bool(session.session_key == self.context["request"].session.session_key)


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
        validators: ClassVar[list[Any]] = []


class InvitationSerializer(WorkspaceSerializer):
    class Meta:
        model = Invitation
        fields = [
            "id",
            "email",
            "role",
            "guest_of",
            "invited_by",
            "expires_at",
            "accepted_at",
            "created_at",
        ]
        read_only_fields = ["guest_of", "invited_by", "expires_at", "accepted_at"]
        # One open invitation an address: a second takes the place of the first.
        validators: ClassVar[list[Any]] = []
        extra_kwargs = {"email": {"validators": [EmailValidator()]}}

    def validate_email(self, email: str) -> str:
        return email.strip().lower()


class CredentialSerializer(WorkspaceSerializer):
    secret = serializers.CharField(
        write_only=True, max_length=4000, help_text="Written, and never to be read again."
    )

    class Meta:
        model = Credential
        fields = [
            "id",
            "kind",
            "name",
            "secret",
            "last_four",
            "created_by",
            "replaced_at",
            "last_used_at",
            *TIMES,
        ]
        read_only_fields = ["last_four", "created_by", "replaced_at", "last_used_at"]
        # A second secret of the same kind and name takes the place of the first.
        validators: ClassVar[list[Any]] = []

    def create(self, validated_data: dict[str, Any]) -> Credential:
        return credentials.store(**validated_data)

    def update(self, instance: Credential, validated_data: dict[str, Any]) -> Credential:
        """A credential keeps its kind and name; only its secret is replaced."""
        if "secret" in validated_data:
            credentials.replace(credential=instance, secret=validated_data["secret"])
        return instance


class AuditEntrySerializer(WorkspaceSerializer):
    class Meta:
        model = AuditEntry
        fields = [
            "id",
            "at",
            "user",
            "impersonator",
            "key",
            "action",
            "subject",
            "before",
            "after",
            "ip_address",
        ]


class QuotaSerializer(serializers.Serializer[quotas.Standing]):
    kind = serializers.ChoiceField(choices=quotas.Kind.choices)
    period = serializers.ChoiceField(choices=quotas.Period.choices)
    limit = serializers.DecimalField(
        max_digits=20, decimal_places=6, help_text="In pieces; of AI cost, US dollars."
    )
    used = serializers.DecimalField(max_digits=20, decimal_places=6)
    remaining = serializers.DecimalField(max_digits=20, decimal_places=6)
    resets_at = serializers.DateTimeField(
        allow_null=True, help_text="When a month's count begins anew; null for what stands."
    )


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
