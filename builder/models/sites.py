"""The live site: where it is found, what was published, the bytes themselves."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Erasure, PersonalData, TenantForeignKey, TenantModel, User

# A host label (RFC 1035, section 2.3.1), lower-case.
LABEL = r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"


class SiteAddress(TenantModel):
    """A host `<label>.<SITES_DOMAIN>` at which a project's site is found.

    Unique over all workspaces, as host names are: that another has a label is no secret.
    """

    project = TenantForeignKey(
        "builder.Project",
        on_delete=models.CASCADE,
        db_index=False,
        related_name="addresses",
        verbose_name=_("project"),
    )
    label = models.CharField(
        _("label"), max_length=63, unique=True, validators=[RegexValidator(LABEL)]
    )
    is_primary = models.BooleanField(
        _("primary"), default=False, help_text=_("The address that the site gives as its own.")
    )
    redirects = models.BooleanField(
        _("leads on"),
        default=False,
        help_text=_("Visitors are sent on to the site's primary address, where this is another."),
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("site address")
        verbose_name_plural = _("site addresses")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(label__regex=LABEL), name="builder_siteaddress_label"
            ),
            models.UniqueConstraint(
                fields=["workspace", "project"],
                condition=models.Q(is_primary=True),
                name="builder_siteaddress_one_primary",
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "project"], name="builder_address_of_project"),
        ]

    def __str__(self) -> str:
        return self.label


class ReleaseQuerySet(models.QuerySet["Release"]):
    def published(self) -> "ReleaseQuerySet":
        """Releases that are or were live; no previews."""
        return self.filter(kind=Release.Kind.LIVE)

    def previews(self) -> "ReleaseQuerySet":
        return self.filter(kind=Release.Kind.PREVIEW)


class Release(TenantModel):
    """A rendered site, whole; never changed once written (a trigger refuses it)."""

    class Kind(models.TextChoices):
        LIVE = "live", _("published")
        PREVIEW = "preview", _("preview")

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="created_by", erasure=Erasure.DETACH),
    )

    updated_at = None  # type: ignore[assignment]  # a release is written once
    project = TenantForeignKey(
        "builder.Project",
        on_delete=models.CASCADE,
        db_index=False,
        related_name="releases",
        verbose_name=_("project"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.LIVE)
    number = models.PositiveIntegerField(
        _("number"), null=True, help_text=_("1, 2, 3 … within its project; previews have none.")
    )
    manifest = models.JSONField(
        _("manifest"),
        help_text=_("Path to {sha256, content_type, size} of the file that answers for it."),
    )
    forms = models.JSONField(
        _("forms"),
        default=list,
        help_text=_("What each form asks for: component_id, page_key, path, type, fields."),
    )
    inputs = models.JSONField(
        _("inputs"),
        default=dict,
        help_text=_("Path to a hash of all that the file was rendered from."),
    )
    locales = models.JSONField(
        _("languages"),
        default=dict,
        help_text=_("Language to {prefix, assets}: where its pages are, and what they load."),
    )
    created_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("created by")
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    published_at = models.DateTimeField(_("first published at"), null=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "project", "number"], name="builder_release_number"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="live", number__isnull=False, published_at__isnull=False)
                | models.Q(kind="preview", number__isnull=True, published_at__isnull=True),
                name="builder_release_kind",
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "project", "-created_at"], name="builder_release_recent"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.number}" if self.number else str(self.get_kind_display())


_BODY_SIZE = models.Func(
    models.F("body"), function="octet_length", output_field=models.IntegerField()
)


class ReleaseFile(TenantModel):
    """A file, kept once a workspace however many releases have it.

    Its bytes are here, or in the storage (setting BUILDER_RELEASE_STORAGE) under `stored_as`, with
    `.gz` and `.br` beside it where it is `compressed`. What is here and compressed has no `body`:
    its gzip, unzipped, is that (`storing.plain`).
    """

    updated_at = None  # type: ignore[assignment]  # a file is written once
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    content_type = models.CharField(_("content type"), max_length=100)
    body = models.BinaryField(_("body"), null=True)
    gzip = models.BinaryField(_("gzip"), null=True)
    br = models.BinaryField(_("Brotli"), null=True)
    size = models.IntegerField(_("size"), help_text=_("Bytes, not compressed."))
    stored_as = models.CharField(
        _("stored as"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_("The file's name in the storage; empty: its bytes are in the database."),
    )
    compressed = models.BooleanField(_("compressed"), default=False, db_default=False)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints = [
            models.UniqueConstraint(fields=["workspace", "sha256"], name="builder_releasefile_sha"),
            models.CheckConstraint(
                condition=models.Q(stored_as="", body__isnull=False, size=_BODY_SIZE)
                | models.Q(stored_as="", body__isnull=True, gzip__isnull=False)
                | (
                    ~models.Q(stored_as="")
                    & models.Q(body__isnull=True, gzip__isnull=True, br__isnull=True)
                ),
                name="builder_releasefile_place",
            ),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]
