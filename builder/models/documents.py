"""A project's documents: its map of pages, each page's layout, the site's style.

Their JSON is checked by `builder.documents` before it is written. The plain indexes of their keys
are what finds the documents of a collaborator from elsewhere, who has no workspace in common.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import TenantForeignKey, TenantModel, between
from builder.models.versioned import Versioned, versioned


@versioned(
    kind="sitemaps",
    kept=("project", "title", "description", "pages", "metadata"),
    project="{row}.project_id",
)
class Sitemap(Versioned):
    project = TenantForeignKey(
        "builder.Project",
        on_delete=models.CASCADE,
        related_name="sitemaps",
        verbose_name=_("project"),
    )
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    pages = models.JSONField(
        _("pages"),
        default=dict,
        blank=True,
        help_text=_("By key: {“about”: {“title”: …, “path”: “/about”, “order”: 1}}."),
    )
    metadata = models.JSONField(_("metadata"), default=dict, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("sitemap")
        verbose_name_plural = _("sitemaps")
        constraints = [*between("builder_sitemap", 1, 2**31 - 1, "version")]
        indexes = [
            models.Index(
                fields=["workspace", "project", "-updated_at"], name="builder_sitemap_by_change"
            ),
            models.Index(
                fields=["workspace", "project", "-version"], name="builder_sitemap_by_version"
            ),
        ]

    def __str__(self) -> str:
        return self.title


@versioned(
    kind="wireframes",
    kept=("sitemap", "page_key", "title", "description", "layout", "style_guide"),
    project="(select project_id from builder_sitemap where id = {row}.sitemap_id)",
)
class Wireframe(Versioned):
    """One page of a sitemap."""

    sitemap = TenantForeignKey(
        Sitemap, on_delete=models.CASCADE, related_name="wireframes", verbose_name=_("sitemap")
    )
    page_key = models.CharField(_("page"), max_length=64)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    layout = models.JSONField(
        _("layout"), default=dict, help_text=_("Puck Data: root, content and zones.")
    )
    style_guide = models.JSONField(
        _("style notes"),
        default=dict,
        blank=True,
        help_text=_("What an editor keeps with this page; the site's look is its style guide."),
    )
    components = models.GeneratedField(
        expression=models.Func(
            models.F("layout"),
            models.Value("$.content[*].props.id"),
            function="jsonb_path_query_array",
        ),
        output_field=models.JSONField(),
        db_persist=True,
        verbose_name=_("components"),
        help_text=_("The ids of the layout's components, in their order."),
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "sitemap", "page_key"], name="builder_wireframe_page"
            ),
            *between("builder_wireframe", 1, 2**31 - 1, "version"),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "sitemap", "-updated_at"], name="builder_wireframe_by_change"
            ),
            models.Index(
                fields=["workspace", "sitemap", "-version"], name="builder_wireframe_by_version"
            ),
        ]

    def __str__(self) -> str:
        return self.title


@versioned(
    kind="style_guides",
    kept=(
        "wireframe", "title", "description",
        "colors", "typography", "spacing", "components", "grid", "breakpoints",
    ),
    project="""(select s.project_id from builder_wireframe w
        join builder_sitemap s on s.id = w.sitemap_id where w.id = {row}.wireframe_id)""",
)  # fmt: skip
class StyleGuide(Versioned):
    """Design tokens (DTCG 2025.10), a group a column; the home page's are the site's."""

    wireframe = TenantForeignKey(
        Wireframe, on_delete=models.CASCADE, related_name="style_guides", verbose_name=_("page")
    )
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    colors = models.JSONField(_("colours"), default=dict, blank=True)
    typography = models.JSONField(_("typography"), default=dict, blank=True)
    spacing = models.JSONField(_("spacing"), default=dict, blank=True)
    components = models.JSONField(_("components"), default=dict, blank=True)
    grid = models.JSONField(_("grid"), default=dict, blank=True)
    breakpoints = models.JSONField(_("breakpoints"), default=dict, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("style guide")
        verbose_name_plural = _("style guides")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "wireframe"], name="builder_styleguide_of_page"
            ),
            *between("builder_styleguide", 1, 2**31 - 1, "version"),
        ]
        indexes = [
            models.Index(fields=["workspace", "-id"], name="builder_styleguide_newest"),
        ]

    def __str__(self) -> str:
        return self.title
