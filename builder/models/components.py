"""What is known of each component that can start a workflow."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import TenantForeignKey, TenantModel, one_of

PROBABILITY = [MinValueValidator(0.0), MaxValueValidator(1.0)]
SCORE = [MinValueValidator(0.0), MaxValueValidator(100.0)]


def _bounds(fields: tuple[str, ...], highest: int) -> list[models.CheckConstraint]:
    return [
        models.CheckConstraint(
            condition=models.Q(**{f"{field}__isnull": True})
            | models.Q(**{f"{field}__gte": 0, f"{field}__lte": highest}),
            name=f"builder_component_{field}",
        )
        for field in fields
    ]


class ComponentQuerySet(models.QuerySet["ComponentIntelligence"]):
    def present(self) -> "ComponentQuerySet":
        """Components that stand in their page's layout now."""
        return self.filter(removed_at__isnull=True)


class ComponentType(models.TextChoices):
    FORM_HANDLER = "form_handler", _("form handler")
    BUTTON_TRIGGER = "button_trigger", _("button trigger")
    CHAT_WIDGET = "chat_widget", _("chat widget")
    NEWSLETTER_SIGNUP = "newsletter_signup", _("newsletter signup")
    CONTACT_FORM = "contact_form", _("contact form")
    DOWNLOAD_GATE = "download_gate", _("download gate")
    POPUP_MODAL = "popup_modal", _("pop-up")
    NAVIGATION_ELEMENT = "navigation_element", _("navigation")
    SOCIAL_PROOF = "social_proof", _("social proof")
    PRICING_TABLE = "pricing_table", _("pricing table")


class AnalysisStatus(models.TextChoices):
    PENDING = "pending", _("pending")
    ANALYZING = "analyzing", _("analysing")
    COMPLETED = "completed", _("completed")
    FAILED = "failed", _("failed")


class ComponentIntelligence(TenantModel):
    """A component of a page that the Magic Connector can connect (document 000).

    One that leaves its layout is kept with `removed_at`, so that undoing finds its connections.
    """

    Type = ComponentType

    component_id = models.CharField(_("component"), max_length=128)
    component_type = models.CharField(_("type"), max_length=30, choices=Type)
    project = TenantForeignKey(
        "builder.Project",
        on_delete=models.CASCADE,
        related_name="components",
        verbose_name=_("project"),
    )
    wireframe = TenantForeignKey(
        "builder.Wireframe",
        on_delete=models.CASCADE,
        db_index=False,
        related_name="intelligence",
        verbose_name=_("page"),
    )
    template = TenantForeignKey(
        "builder.Template",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("template"),
    )
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)

    analysis_status = models.CharField(
        _("analysis"), max_length=10, choices=AnalysisStatus, default=AnalysisStatus.PENDING
    )
    trigger_type = models.CharField(_("trigger"), max_length=100, blank=True)
    success_probability = models.FloatField(
        _("success probability"), null=True, blank=True, validators=PROBABILITY, help_text="0..1"
    )
    confidence_score = models.FloatField(
        _("confidence"), null=True, blank=True, validators=PROBABILITY, help_text="0..1"
    )
    component_props = models.JSONField(_("props"), default=dict, blank=True)
    detected_patterns = models.JSONField(_("detected patterns"), default=list, blank=True)
    interaction_signals = models.JSONField(_("interaction signals"), default=dict, blank=True)
    business_context = models.JSONField(_("business context"), default=dict, blank=True)
    industry_tags = models.JSONField(_("industry tags"), default=list, blank=True)
    use_case_classification = models.CharField(_("use case"), max_length=100, blank=True)
    analysis_response_time = models.PositiveIntegerField(
        _("analysis took"), null=True, blank=True, help_text=_("Milliseconds.")
    )
    last_analyzed_at = models.DateTimeField(_("last analysed at"), null=True, blank=True)
    analysis_version = models.CharField(_("analysis version"), max_length=20, default="1.0")
    quality_score = models.FloatField(
        _("quality"), null=True, blank=True, validators=SCORE, help_text="0..100"
    )
    theme_consistency_score = models.FloatField(
        _("theme consistency"), null=True, blank=True, validators=SCORE, help_text="0..100"
    )
    user_experience_score = models.FloatField(
        _("user experience"), null=True, blank=True, validators=SCORE, help_text="0..100"
    )

    objects = ComponentQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("component")
        verbose_name_plural = _("components")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "wireframe", "component_id"], name="builder_component_once"
            ),
            one_of("builder_componentintelligence", "component_type", ComponentType),
            one_of("builder_componentintelligence", "analysis_status", AnalysisStatus),
            *_bounds(("success_probability", "confidence_score"), 1),
            *_bounds(("quality_score", "theme_consistency_score", "user_experience_score"), 100),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "project", "component_type"], name="builder_component_by_type"
            ),
            models.Index(fields=["workspace", "component_type"], name="builder_component_of_type"),
            models.Index(fields=["workspace", "component_id"], name="builder_component_by_id"),
            models.Index(fields=["workspace", "template"], name="builder_component_of_template"),
            models.Index(
                fields=["workspace", "analysis_status"], name="builder_component_by_status"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.component_id} ({self.component_type})"
