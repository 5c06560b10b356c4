"""Templates: complete sites to start from."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.history import tracked
from accounts.models import SharedModel
from builder.models.languages import Language


@tracked()
class Template(SharedModel):
    """The built-in ones are written by `manage.py load_templates` from builder.template_library."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=80)
    category = models.SlugField(_("category"), max_length=60, db_index=False)
    trade = models.CharField(_("trade"), max_length=80, blank=True)
    description = models.TextField(_("description"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    translations = models.JSONField(
        _("translations"),
        default=dict,
        blank=True,
        help_text=_("Name and description by language: {“ar”: {“name”: …, “description”: …}}."),
    )
    document = models.JSONField(
        _("document"),
        help_text=_("The site itself: its name, its pages with their layouts, its design tokens."),
    )

    class Meta(SharedModel.Meta):
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "slug"], nulls_distinct=False, name="builder_template_slug"
            ),
            models.CheckConstraint(
                condition=models.Q(language__in=["en", "ar"]), name="builder_template_language"
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "category"], name="builder_template_by_category"),
        ]

    def __str__(self) -> str:
        return self.name

    def local_name(self, language: str | None = None) -> str:
        """The name in the reader's language, or else in English."""
        return self._local("name", language) or self.name

    def local_description(self, language: str | None = None) -> str:
        return self._local("description", language) or self.description

    def _local(self, field: str, language: str | None) -> str:
        texts = self.translations.get((language or get_language() or "en")[:2], {})
        text: str = texts.get(field, "")
        return text
