"""Projects: a site in the making, and who works on it."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.history import tracked
from accounts.models import (
    Erasure,
    PersonalData,
    StatusMixin,
    TenantForeignKey,
    TenantModel,
    User,
    one_of,
)
from builder.models.languages import RIGHT_TO_LEFT, Language
from builder.models.versioned import Versioned, versioned


class ProjectQuerySet(models.QuerySet["Project"]):
    def live(self) -> "ProjectQuerySet":
        """Projects whose site visitors can reach."""
        return self.filter(live_release__isnull=False).exclude(status=Project.Status.ARCHIVED)

    def standing(self) -> "ProjectQuerySet":
        """Projects that are not in the bin."""
        return self.filter(trashed_at__isnull=True)

    def binned(self) -> "ProjectQuerySet":
        """Projects in the bin."""
        return self.filter(trashed_at__isnull=False)


class ProjectType(models.TextChoices):
    WEBSITE = "website", _("website")
    LANDING_PAGE = "landing-page", _("landing page")
    PORTFOLIO = "portfolio", _("portfolio")
    STORE = "store", _("store")


@versioned(
    kind="projects",
    kept=(
        "name", "description", "type", "language", "data", "settings", "is_public",
        "current_sitemap",
    ),
    project="{row}.id",
)  # fmt: skip
@tracked(
    exclude=("site_changed_at", "version", "saves", "trashed_at", "trashed_by", "trashed_status")
)
class Project(StatusMixin, Versioned):
    """A site in the making, and what became of it.

    One that is deleted goes to the bin first: `trashed_at`, `trashed_by`, and in `trashed_status`
    the status to which it goes back. It is archived meanwhile, so that its site is closed for
    whoever asks. Tenants find neither it nor what belongs to it: restrictive policies of the
    database hide them, and let nothing be written there (builder.trash).
    """

    Type = ProjectType

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        ACTIVE = "active", _("active")
        ARCHIVED = "archived", _("archived")

    # What a person may make of a status; a draft becomes active by being published.
    TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]] = {
        Status.DRAFT: frozenset({Status.ARCHIVED}),
        Status.ACTIVE: frozenset({Status.ARCHIVED}),
        Status.ARCHIVED: frozenset({Status.DRAFT, Status.ACTIVE}),
    }
    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="owner", erasure=Erasure.DETACH),
        PersonalData(subject="user", link="trashed_by", erasure=Erasure.DETACH),
    )

    owner = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name=_("owner"),
        help_text=_("Empty: whoever it was is no longer here; the project is the workspace's."),
    )
    template = TenantForeignKey(
        "builder.Template",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="projects",
        verbose_name=_("template"),
    )
    current_sitemap = TenantForeignKey(
        "builder.Sitemap",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("current sitemap"),
    )
    live_release = TenantForeignKey(
        "builder.Release",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="+",
        verbose_name=_("live release"),
        help_text=_("What visitors see; empty: nothing."),
    )
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=60, db_index=False)
    description = models.TextField(_("description"), blank=True)
    type = models.CharField(_("type"), max_length=20, choices=Type, default=Type.WEBSITE)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.ENGLISH
    )
    data = models.JSONField(_("data"), default=dict, blank=True)
    settings = models.JSONField(_("settings"), default=dict, blank=True)
    collaborators = models.ManyToManyField(
        User, through="builder.ProjectCollaborator", related_name="+", blank=True
    )
    is_public = models.BooleanField(
        _("public"),
        default=False,
        help_text=_("Its name and description may be shown to everyone."),
    )
    site_changed_at = models.DateTimeField(
        _("site changed at"),
        null=True,
        editable=False,
        help_text=_("When what visitors see was last changed; written by the database."),
    )

    trashed_at = models.DateTimeField(_("in the bin since"), null=True, editable=False)
    trashed_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        db_index=False,
        related_name="+",
        verbose_name=_("put into the bin by"),
    )
    trashed_status = models.CharField(
        _("status before"),
        max_length=10,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text=_("What the project is again when it is taken out of the bin."),
    )

    objects = ProjectQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = [
            models.UniqueConstraint(fields=["workspace", "slug"], name="builder_project_slug"),
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "active", "archived"]),
                name="builder_project_status",
            ),
            models.CheckConstraint(
                condition=models.Q(language__in=["en", "ar"]), name="builder_project_language"
            ),
            one_of("builder_project", "type", ProjectType),
            models.CheckConstraint(
                condition=~models.Q(status="draft") | models.Q(live_release__isnull=True),
                name="builder_project_draft_is_not_live",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    trashed_at__isnull=True, trashed_status="", trashed_by__isnull=True
                )
                | models.Q(
                    trashed_at__isnull=False,
                    trashed_status__in=["draft", "active", "archived"],
                    status="archived",
                ),
                name="builder_project_in_bin",
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "status", "-id"], name="builder_project_by_status"),
            models.Index(fields=["workspace", "owner", "status"], name="builder_project_of_owner"),
            models.Index(fields=["workspace", "-updated_at"], name="builder_project_by_change"),
            models.Index(fields=["workspace", "template"], name="builder_project_of_template"),
            models.Index(fields=["workspace", "name"], name="builder_project_by_name"),
            # A sitemap or release that goes is looked for here; most projects have both.
            models.Index(
                fields=["workspace", "current_sitemap"], name="builder_project_of_sitemap"
            ),
            models.Index(
                fields=["workspace", "live_release"],
                name="builder_project_live",
                condition=models.Q(live_release__isnull=False),
            ),
            # Who is public is asked over all workspaces, by whoever is nobody's member.
            models.Index(
                fields=["-id"],
                name="builder_project_public",
                condition=models.Q(is_public=True) & ~models.Q(status="archived"),
            ),
            models.Index(fields=["site_changed_at"], name="builder_project_site_changed"),
            models.Index(
                fields=["workspace", "trashed_at"],
                name="builder_project_in_bin_since",
                condition=models.Q(trashed_at__isnull=False),
            ),
            models.Index(
                fields=["trashed_by"],
                name="builder_project_binned_by",
                condition=models.Q(trashed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    def may_become(self, status: str) -> bool:
        """Whether a person may set this status; a site that visitors see is no draft."""
        if status == self.status:
            return True
        live_draft = status == self.Status.DRAFT and self.live_release_id is not None
        return status in self.TRANSITIONS[self.status] and not live_draft

    @property
    def is_live(self) -> bool:
        return self.live_release_id is not None and self.status != self.Status.ARCHIVED


class BinnedProjectManager(models.Manager["BinnedProject"]):
    def get_queryset(self) -> models.QuerySet["BinnedProject"]:
        return super().get_queryset().filter(trashed_at__isnull=False)


class BinnedProject(Project):
    """A project as the bin shows it. Tenants see it within `builder.trash.opened()` only."""

    objects: ClassVar[Any] = BinnedProjectManager()

    class Meta:
        proxy = True
        base_manager_name = "objects"
        verbose_name = _("project in the bin")
        verbose_name_plural = _("bin")


class ProjectCollaborator(TenantModel):
    """Someone asked to work on a project, of its workspace or of none."""

    class Role(models.TextChoices):
        VIEWER = "viewer", _("viewer")
        EDITOR = "editor", _("editor")

    project = TenantForeignKey(
        Project,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="collaborations",
        verbose_name=_("project"),
    )
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="+", verbose_name=_("user")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.VIEWER)

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="user", erasure=Erasure.DELETE),
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("collaborator")
        verbose_name_plural = _("collaborators")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "project", "user"], name="builder_collaborator_once"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=["viewer", "editor"]), name="builder_collaborator_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.user_id} ({self.role})"
