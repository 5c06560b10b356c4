"""What people say to each other about a project, and whom they call."""

from typing import ClassVar

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Erasure, PersonalData, TenantForeignKey, TenantModel, User

COMMENTS = "builder_comment"


class Place(models.TextChoices):
    """What a comment is about, and whether that is still there."""

    PROJECT = "project", _("the project")
    PAGE = "page", _("a page")
    COMPONENT = "component", _("a component")
    COMPONENT_REMOVED = "component_removed", _("a component that was removed")
    PAGE_REMOVED = "page_removed", _("a page that was removed")


class CommentQuerySet(models.QuerySet["Comment"]):
    def open(self) -> "CommentQuerySet":
        """Comments that nobody has resolved."""
        return self.filter(resolved_at__isnull=True)

    def threads(self) -> "CommentQuerySet":
        """Comments that are no replies."""
        return self.filter(parent__isnull=True)

    def with_place(self) -> "CommentQuerySet":
        """With `place`: whether what they are about is still there (`Place`)."""
        named = models.Func(
            models.Value("id"),
            models.OuterRef("component_id"),
            function="jsonb_build_object",
            output_field=models.JSONField(),
        )
        has_it = models.Func(
            models.F("layout"),
            named,
            function="jsonb_path_exists",
            arg_joiner=", '$.content[*].props ? (@.id == $id)', ",
            output_field=models.BooleanField(),
        )
        pages = apps.get_model("builder", "Wireframe").objects
        page = pages.filter(pk=models.OuterRef("wireframe_id"))
        return self.annotate(
            place=models.Case(
                models.When(page_key="", then=models.Value(Place.PROJECT)),
                models.When(~models.Exists(page), then=models.Value(Place.PAGE_REMOVED)),
                models.When(component_id="", then=models.Value(Place.PAGE)),
                models.When(models.Exists(page.filter(has_it)), then=models.Value(Place.COMPONENT)),
                default=models.Value(Place.COMPONENT_REMOVED),
                output_field=models.CharField(),
            )
        )


class Comment(TenantModel):
    """A remark on a project, or a reply to one; its words are its author's to change.

    A thread is a comment with its replies, on one level. It may be about a page (`wireframe`) or a
    component of it; when these go, `page_key` and `component_id` still say where it was. A thread
    is settled as a whole. One that is deleted while it has replies keeps its place without its
    words. The database holds all of this, and that a comment stays in its project and thread.
    """

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="author", erasure=Erasure.DETACH),
        PersonalData(subject="user", link="resolved_by", erasure=Erasure.DETACH),
    )

    project = TenantForeignKey(
        "builder.Project",
        on_delete=models.CASCADE,
        related_name="comments",
        verbose_name=_("project"),
    )
    parent = TenantForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        db_index=False,
        related_name="replies",
        verbose_name=_("in reply to"),
    )
    wireframe = TenantForeignKey(
        "builder.Wireframe",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="comments",
        verbose_name=_("page"),
    )
    page_key = models.CharField(
        _("name of the page"), max_length=64, blank=True, default="", db_default=""
    )
    component_id = models.CharField(
        _("component"), max_length=128, blank=True, default="", db_default=""
    )
    author = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("author"),
    )
    body = models.TextField(_("comment"), max_length=10_000)
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("resolved by"),
    )
    deleted_at = models.DateTimeField(_("deleted at"), null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.CheckConstraint(
                condition=Q(body="", deleted_at__isnull=False)
                | ~Q(body="") & Q(deleted_at__isnull=True),
                name=f"{COMMENTS}_body",
            ),
            models.CheckConstraint(
                condition=Q(Q(parent__isnull=True) | Q(resolved_at__isnull=True))
                & Q(Q(resolved_by__isnull=True) | Q(resolved_at__isnull=False)),
                name=f"{COMMENTS}_settled",
            ),
            models.CheckConstraint(
                condition=Q(Q(wireframe__isnull=True) | ~Q(page_key=""))
                & Q(Q(component_id="") | ~Q(page_key=""))
                & Q(Q(parent__isnull=True) | Q(page_key="")),
                name=f"{COMMENTS}_anchor",
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "project", "-id"], name="builder_comment_of_project"),
            models.Index(fields=["workspace", "author", "-id"], name="builder_comment_by_author"),
            models.Index(
                fields=["workspace", "parent", "id"],
                name="builder_comment_replies",
                condition=Q(parent__isnull=False),
            ),
            models.Index(
                fields=["workspace", "wireframe", "component_id"],
                name="builder_comment_on_page",
                condition=Q(wireframe__isnull=False),
            ),
            models.Index(
                fields=["resolved_by"],
                name="builder_comment_mine_settled",
                condition=Q(resolved_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.body[:60] or str(_("deleted"))

    @property
    def is_reply(self) -> bool:
        return self.parent_id is not None


class MentionQuerySet(models.QuerySet["CommentMention"]):
    def untold(self) -> "MentionQuerySet":
        """Those whose person has had no mail yet."""
        return self.filter(mailed_at__isnull=True)


class CommentMention(TenantModel):
    """That a comment calls somebody who may see it; written by the platform, once a person.

    `mailed_at` is when they were told by mail, or when it was found that they are not to be.
    """

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="user", erasure=Erasure.DELETE),
    )

    # The database deletes a comment's mentions with it: a tenant may write none.
    comment = TenantForeignKey(
        Comment,
        on_delete=models.DO_NOTHING,
        db_index=False,
        related_name="mentions",
        verbose_name=_("comment"),
    )
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="+", verbose_name=_("user")
    )
    mailed_at = models.DateTimeField(_("mailed at"), null=True, blank=True)

    objects = MentionQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "comment", "user"], name="builder_commentmention_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                name="builder_mention_untold",
                condition=Q(mailed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.user_id}"
