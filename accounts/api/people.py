"""What is a person's own: who they are, how they work, where they are signed in."""

import uuid
from typing import Any, cast

from allauth.usersessions.models import UserSession
from django.http import Http404
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import generics, mixins, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import onboarding, sessions
from accounts.api.base import WorkspaceViewSet
from accounts.api.permissions import PersonOnly
from accounts.api.serializers import (
    CulturalContextSerializer,
    MeSerializer,
    OnboardingSerializer,
    SessionSerializer,
    UserProfileSerializer,
)
from accounts.models import ADMINS, CulturalContext, User, UserProfile


class MeView(generics.RetrieveUpdateAPIView[User]):
    """The signed-in person."""

    serializer_class = MeSerializer
    permission_classes = [PersonOnly]
    http_method_names = ["get", "patch", "head", "options"]
    without_workspace = True

    def get_object(self) -> User:
        user: User = self.request.user  # type: ignore[assignment]
        return user


class OnboardingView(APIView):
    """Go on to the next stage of onboarding: personal, business, analysis, complete."""

    permission_classes = [PersonOnly]
    without_workspace = True

    @extend_schema(
        request=OnboardingSerializer,
        responses=MeSerializer,
        examples=[OpenApiExample("On to the business", value={"stage": "business"})],
    )
    def post(self, request: Request) -> Response:
        form = OnboardingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        user: User = request.user  # type: ignore[assignment]
        onboarding.advance(user=user, stage=form.validated_data["stage"])
        return Response(MeSerializer(user).data)


PROFILE = OpenApiExample(
    "A marketing lead in Jeddah",
    request_only=True,
    value={
        "job_title": "Marketing lead",
        "seniority_level": "senior",
        "industry_primary": "hospitality",
        "business_model": "b2c",
        "city": "Jeddah",
        "region": "Makkah",
        "primary_marketing_goals": ["brand_awareness", "lead_generation"],
        "analytics_consent": True,
    },
)
CULTURE = OpenApiExample(
    "Saudi, with English",
    request_only=True,
    value={
        "cultural_background": "saudi",
        "secondary_languages": ["en"],
        "primary_region": "Makkah",
        "local_content_preference": 8,
    },
)


@extend_schema_view(
    create=extend_schema(examples=[PROFILE]), partial_update=extend_schema(examples=[PROFILE])
)
class UserProfileViewSet(WorkspaceViewSet):
    """One's own profile, one a person; admins of a workspace read those of its members.

    Its completion is computed from what it says, and `analytics_consent` decides whether anything
    is recorded of what the person does.
    """

    queryset = UserProfile.objects.order_by("-id")
    serializer_class = UserProfileSerializer
    own_rows = True
    seers = ADMINS
    filterset_fields = ["user", "seniority_level", "business_model", "preferred_language"]
    http_method_names = ["get", "post", "patch", "head", "options"]


@extend_schema_view(
    create=extend_schema(examples=[CULTURE]), partial_update=extend_schema(examples=[CULTURE])
)
class CulturalContextViewSet(WorkspaceViewSet):
    """One's own cultural context, one a person; admins of a workspace read those of its members."""

    queryset = CulturalContext.objects.order_by("-id")
    serializer_class = CulturalContextSerializer
    own_rows = True
    seers = ADMINS
    filterset_fields = ["user", "cultural_background"]
    http_method_names = ["get", "post", "patch", "head", "options"]


class SessionViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[UserSession]
):
    """Where one is signed in with a browser. To delete a session signs that browser out."""

    queryset = UserSession.objects.order_by("-id")
    serializer_class = SessionSerializer
    permission_classes = [PersonOnly]
    without_workspace = True
    lookup_value_regex = r"\d{1,9}"

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return super().get_queryset().none()
        return super().get_queryset().filter(user_id=self._user_id)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: int, **kwargs: Any) -> Response:
        if not sessions.end(session_id=int(pk), user_id=self._user_id):
            raise Http404
        return Response(status=status.HTTP_204_NO_CONTENT)

    @property
    def _user_id(self) -> uuid.UUID:
        return cast("User", self.request.user).pk
