"""Comments on projects: threads with their replies."""

import uuid
from typing import Any

from django.db import models
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import WRITERS, WorkspaceSerializer, tenancy_of
from accounts.models import Role
from builder import comments
from builder.api import examples
from builder.api.access import ProjectField, ProjectPermission, ProjectRows
from builder.api.summaries import ProjectSummary
from builder.models import Comment, CommentMention, Wireframe
from builder.models.comments import CommentQuerySet, Place

METHODS = ["get", "post", "patch", "delete", "head", "options"]
SHOWN = [
    "id", "project", "parent", "author", "body", "mentions", "wireframe", "page_key",
    "component_id", "place", "resolved_at", "resolved_by", "deleted_at", "created_at",
    "updated_at",
]  # fmt: skip


class ReplySerializer(WorkspaceSerializer):
    mentions = serializers.SerializerMethodField(help_text="Who is called, of those you see.")

    class Meta:
        model = Comment
        fields = [
            "id", "author", "body", "mentions", "deleted_at", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_mentions(self, comment: Comment) -> list[uuid.UUID]:
        return sorted(mention.user_id for mention in comment.mentions.all())


class CommentSerializer(ReplySerializer):
    project = ProjectField()
    parent = serializers.PrimaryKeyRelatedField(  # type: ignore[assignment]
        queryset=Comment.objects.all(),
        required=False,
        allow_null=True,
        help_text="The thread that is replied to.",
    )
    wireframe = serializers.PrimaryKeyRelatedField(
        queryset=Wireframe.objects.select_related("sitemap"),
        required=False,
        allow_null=True,
        help_text="The page that a thread is about.",
    )
    place = serializers.ChoiceField(
        choices=Place.choices,
        read_only=True,
        help_text="What a thread is about, and whether that is still there.",
    )
    replies = ReplySerializer(many=True, read_only=True)

    class Meta:
        model = Comment
        fields = [*SHOWN, "replies"]
        read_only_fields = [
            "author", "page_key", "resolved_at", "resolved_by", "deleted_at",
        ]  # fmt: skip

    def validate(self, attributes: dict[str, Any]) -> dict[str, Any]:
        fixed = {"project", "parent", "wireframe", "component_id"} & attributes.keys()
        if self.instance is not None and fixed:
            raise serializers.ValidationError(dict.fromkeys(fixed, "A comment stays where it is."))
        return attributes

    def create(self, validated_data: dict[str, Any]) -> Comment:
        author_id = tenancy_of(self.context["request"]).user_id
        return comments.write(author_id=author_id, now=timezone.now(), **validated_data)

    def update(self, instance: Comment, validated_data: dict[str, Any]) -> Comment:
        return comments.change(
            comment=instance, body=validated_data.get("body", instance.body), now=timezone.now()
        )


class CommentPermission(ProjectPermission):
    """A comment's words are its author's; whoever may comment may settle it."""

    def has_object_permission(self, request: Request, view: Any, obj: Any) -> bool:
        if not super().has_object_permission(request, view, obj):
            return False
        if request.method in SAFE_METHODS or view.action in ("resolve", "reopen"):
            return True
        return bool(obj.author_id == tenancy_of(request).user_id)


_NOBODYS = CommentMention.objects.none()


class CommentFilter(filters.FilterSet):
    is_open = filters.BooleanFilter(
        field_name="resolved_at", lookup_expr="isnull", label="Nobody has settled it."
    )
    mentions_me = filters.BooleanFilter(method="calls_me", label="It, or a reply to it, calls you.")

    class Meta:
        model = Comment
        fields = {
            "project": ["exact"],
            "author": ["exact"],
            "wireframe": ["exact"],
            "component_id": ["exact"],
            "resolved_at": ["isnull"],
        }

    def calls_me(
        self, queryset: "models.QuerySet[Any]", name: str, value: bool
    ) -> "models.QuerySet[Any]":
        request: Any = self.request
        user_id = tenancy_of(request).user_id
        mine = CommentMention.objects.filter(user_id=user_id) if user_id else _NOBODYS
        replies = Comment.objects.filter(parent__isnull=False, mentions__in=mine)
        called = models.Q(pk__in=mine.values("comment")) | models.Q(pk__in=replies.values("parent"))
        return queryset.filter(called if value else ~called)


REMARK = OpenApiExample(
    "A remark on a component, that calls a colleague",
    value={
        "project": "0199c2d4-5b7e-7000-8000-000000000001",
        "wireframe": "0199c2d4-5b7e-7000-8000-000000000001",
        "component_id": "fees",
        "body": "@noura The fees should stand above the fold.",
    },
    request_only=True,
)
REPLY = OpenApiExample(
    "A reply",
    value={
        "project": "0199c2d4-5b7e-7000-8000-000000000001",
        "parent": "0199c2d4-5b7e-7000-8000-000000000001",
        "body": "They do now.",
    },
    request_only=True,
)


@examples.shown_by(partial_update={"body": "The fees stand above the fold now."})
class CommentViewSet(ProjectRows, viewsets.ModelViewSet[Comment]):
    """Remarks on projects, by their editors and analysts. Lists show threads with their replies."""

    queryset = Comment.objects.order_by("-id")
    serializer_class = CommentSerializer
    permission_classes = [CommentPermission]
    writers = frozenset({*WRITERS, Role.ANALYST})
    collaborators_write = True
    fast_list = False
    filterset_class = CommentFilter
    search_fields = ["body", "replies__body"]
    expandable = {"project": ProjectSummary}
    http_method_names = METHODS

    def get_queryset(self) -> CommentQuerySet:
        """Threads where there are many; a reply is found by its own id too."""
        found: Any = super().get_queryset()
        shown: CommentQuerySet = found.threads() if self.action == "list" else found
        replies = Comment.objects.order_by("id").prefetch_related("mentions")
        return shown.with_place().prefetch_related(
            models.Prefetch("replies", queryset=replies), "mentions"
        )

    def project_id_of(self, comment: Comment) -> uuid.UUID:
        project_id: uuid.UUID = comment.project_id
        return project_id

    @extend_schema(examples=[REMARK, REPLY])
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Begin a thread, or reply to one. `@name` and `@address` call those who see the project.

        Whoever is called is told once by mail.
        """
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        made: Comment = form.save()
        return self._shown(made.pk, status=201)

    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Give one's own comment other words."""
        comment = self.get_object()
        form = self.get_serializer(comment, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        form.save()
        return self._shown(comment.pk)

    def perform_destroy(self, instance: Comment) -> None:
        comments.remove(comment=instance, now=timezone.now())

    @extend_schema(request=None, responses=CommentSerializer)
    @action(detail=True, methods=["post"])
    def resolve(self, request: Request, **kwargs: Any) -> Response:
        """Settle the thread."""
        by = tenancy_of(request).user_id
        comment = comments.resolve(comment=self.get_object(), by=by, now=timezone.now())
        return self._shown(comment.pk)

    @extend_schema(request=None, responses=CommentSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, **kwargs: Any) -> Response:
        """Take the settled thread up again."""
        comment = comments.reopen(comment=self.get_object(), now=timezone.now())
        return self._shown(comment.pk)

    def _shown(self, pk: uuid.UUID, status: int = 200) -> Response:
        """The comment as it stands now, with all that is found out in reading."""
        comment = self.get_queryset().get(pk=pk)
        return Response(self.get_serializer(comment).data, status)
