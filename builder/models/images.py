"""Pictures that members give to their sites, and the files that visitors are shown of them."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Erasure, PersonalData, TenantForeignKey, TenantModel, User

_SHARE = [MinValueValidator(0.0), MaxValueValidator(1.0)]


class ImageQuerySet(models.QuerySet["Image"]):
    def unfinished(self) -> "ImageQuerySet":
        """Pictures of which some file has not been made yet."""
        return self.filter(rendered_at__isnull=True)


class Image(TenantModel):
    """A picture that somebody uploaded, the workspace's to use on any page.

    Of the upload itself only the hash is kept, so that the same file twice is one picture. What
    is kept of the picture has neither its metadata nor its place; its size is in pixels, upright.
    """

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="uploaded_by", erasure=Erasure.DETACH),
    )

    project = TenantForeignKey(
        "builder.Project",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="images",
        verbose_name=_("project"),
        help_text=_("What it was uploaded for; every project of the workspace may use it."),
    )
    name = models.CharField(_("name"), max_length=200)
    sha256 = models.CharField(
        _("SHA-256"), max_length=64, editable=False, help_text=_("Of the file as it was uploaded.")
    )
    content_type = models.CharField(
        _("content type"),
        max_length=20,
        editable=False,
        help_text=_("Of the file as it was uploaded."),
    )
    size = models.PositiveIntegerField(
        _("size"), editable=False, help_text=_("Bytes of the file as it was uploaded.")
    )
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    has_alpha = models.BooleanField(
        _("transparent"), editable=False, help_text=_("Whether something shows through it.")
    )
    focal_x = models.FloatField(
        _("focal point across"),
        default=0.5,
        db_default=0.5,
        validators=_SHARE,
        help_text=_("What stays in sight when the picture is cut: 0 is its left, 1 its right."),
    )
    focal_y = models.FloatField(
        _("focal point down"),
        default=0.5,
        db_default=0.5,
        validators=_SHARE,
        help_text=_("0 is its top, 1 its bottom."),
    )
    alt = models.JSONField(
        _("alternative text"),
        default=dict,
        blank=True,
        help_text=_("What is in the picture, for those who do not see it, by language."),
    )
    uploaded_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    rendered_at = models.DateTimeField(
        _("ready since"),
        null=True,
        editable=False,
        help_text=_("Since when each of its files has been made."),
    )

    objects = ImageQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.UniqueConstraint(fields=["workspace", "sha256"], name="builder_image_once"),
            models.CheckConstraint(
                condition=Q(focal_x__gte=0.0, focal_x__lte=1.0), name="builder_image_focal_x"
            ),
            models.CheckConstraint(
                condition=Q(focal_y__gte=0.0, focal_y__lte=1.0), name="builder_image_focal_y"
            ),
            models.CheckConstraint(
                condition=Q(width__gte=1, height__gte=1, size__gte=1), name="builder_image_size"
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "project"], name="builder_image_of_project"),
            # Collaborators of other workspaces see those of their projects.
            models.Index(
                fields=["project"],
                name="builder_image_for_guests",
                condition=Q(project__isnull=False),
            ),
            models.Index(
                fields=["created_at"],
                name="builder_image_unfinished",
                condition=Q(rendered_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name


_BODY_SIZE = models.Func(
    models.F("body"), function="octet_length", output_field=models.IntegerField()
)


class ImageRendition(TenantModel):
    """A file of a picture: what it is made from anew (`master`), or one that visitors are shown.

    Its bytes are here, or in the storage of published files under `stored_as`.
    """

    class Format(models.TextChoices):
        MASTER = "master", _("master copy")
        AVIF = "avif", "AVIF"
        WEBP = "webp", "WebP"
        JPEG = "jpeg", "JPEG"
        PNG = "png", "PNG"

    updated_at = None  # type: ignore[assignment]  # a file is written once
    image = TenantForeignKey(
        Image,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="renditions",
        verbose_name=_("picture"),
    )
    format = models.CharField(_("format"), max_length=6, choices=Format)
    width = models.PositiveIntegerField(_("width"))
    content_type = models.CharField(_("content type"), max_length=20)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.IntegerField(_("size"), help_text=_("Bytes."))
    body = models.BinaryField(_("body"), null=True)
    stored_as = models.CharField(
        _("stored as"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_("The file's name in the storage; empty: its bytes are in the database."),
    )

    class Meta:
        verbose_name = _("file of a picture")
        verbose_name_plural = _("files of pictures")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "image", "format", "width"], name="builder_rendition_once"
            ),
            models.CheckConstraint(
                condition=Q(stored_as="", body__isnull=False, size=_BODY_SIZE)
                | (~Q(stored_as="") & Q(body__isnull=True)),
                name="builder_rendition_place",
            ),
            models.CheckConstraint(
                condition=Q(width__gte=1, size__gte=1), name="builder_rendition_size"
            ),
        ]
        indexes = [
            # Which picture a published file is of.
            models.Index(fields=["workspace", "sha256"], name="builder_rendition_by_hash"),
            models.Index(fields=["image"], name="builder_rendition_for_guests"),
        ]

    def __str__(self) -> str:
        return f"{self.format} {self.width}"
