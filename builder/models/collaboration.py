"""Versions of a project and of its documents."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import (
    Erasure,
    PersonalData,
    TenantForeignKey,
    TenantModel,
    User,
    between,
    one_of,
)

VERSIONS = "builder_versionhistory"


class VersionQuerySet(models.QuerySet["VersionHistory"]):
    def of(self, entity: TenantModel) -> "VersionQuerySet":
        """The versions of a project or of one of its documents."""
        kind = VersionedEntity.of(entity)
        workspace_id = entity.workspace_id
        return self.filter(workspace_id=workspace_id, entity_type=kind, entity_id=entity.pk)

    def later(self) -> "VersionQuerySet":
        """For a subquery: the versions of the outer version's record that came after it."""
        same = {name: OuterRef(name) for name in ("workspace_id", "entity_type", "entity_id")}
        return self.filter(**same, version_number__gt=OuterRef("version_number"))

    def was_deleted(self) -> "VersionQuerySet":
        """With `was_deleted`: whether the record was deleted after this version."""
        return self.annotate(
            was_deleted=Exists(VersionHistory.objects.later().filter(is_deletion=True))
        )


class VersionedEntity(models.TextChoices):
    PROJECTS = "projects", _("project")
    SITEMAPS = "sitemaps", _("sitemap")
    WIREFRAMES = "wireframes", _("page")
    STYLE_GUIDES = "style_guides", _("style guide")

    @classmethod
    def of(cls, entity: models.Model) -> "VersionedEntity":
        """The type of a record. Raises KeyError for one that has no versions."""
        return {
            "project": cls.PROJECTS,
            "sitemap": cls.SITEMAPS,
            "wireframe": cls.WIREFRAMES,
            "styleguide": cls.STYLE_GUIDES,
        }[str(entity._meta.model_name)]


class VersionHistory(TenantModel):
    """A document as it was: written by the database's triggers, read by who sees the project.

    A version is written once, but for a minor one: its person's saves within the window bring it
    up to the last of them (builder.models.versioned). `created_at` is when it began, `saved_at`
    when what it holds was saved. A deletion holds what the document was last.
    """

    EntityType = VersionedEntity

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="user", erasure=Erasure.DETACH),
    )

    updated_at = None  # type: ignore[assignment]  # a version is written once
    project = TenantForeignKey(
        "builder.Project",
        on_delete=models.CASCADE,
        related_name="versions",
        verbose_name=_("project"),
    )
    entity_type = models.CharField(_("kind"), max_length=12, choices=EntityType)
    entity_id = models.UUIDField(_("document"))
    version_number = models.PositiveIntegerField(_("version"))
    user = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name=_("user"),
    )
    changes = models.JSONField(
        _("changes"),
        default=dict,
        blank=True,
        help_text=_("What was saved since the last version: {“columns”: [“layout”]}."),
    )
    data = models.JSONField(
        _("data"), default=dict, blank=True, help_text=_("The whole document at this version.")
    )
    message = models.TextField(_("message"), blank=True, default="", db_default="")
    is_major = models.BooleanField(_("major"), default=False, db_default=False)
    is_deletion = models.BooleanField(
        _("deletion"),
        default=False,
        db_default=False,
        help_text=_("The document was deleted; this is what it was last."),
    )
    saved_at = models.DateTimeField(_("saved at"), db_default=Now())

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "entity_type", "entity_id", "version_number"],
                name=f"{VERSIONS}_number_once",
            ),
            one_of(VERSIONS, "entity_type", VersionedEntity),
            *between(VERSIONS, 1, 2**31 - 1, "version_number"),
            models.CheckConstraint(
                condition=~Q(entity_type="projects") | Q(entity_id=F("project")),
                name=f"{VERSIONS}_of_its_project",
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "user", "-id"], name="builder_version_by_user"),
            models.Index(fields=["workspace", "project", "-id"], name="builder_version_of_project"),
            models.Index(fields=["workspace", "-id"], name="builder_version_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.get_entity_type_display()} {self.version_number}"
