"""What is known of a template beside its contents."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Value, When
from django.db.models.functions import Abs, Greatest
from django.utils.translation import gettext_lazy as _

from accounts.models import BaseModel, between
from builder.models.templates import Template

TABLE = "builder_templateaimetadata"


class TemplateAIMetadata(BaseModel):
    """Measured from the template's contents by `builder.template_measures` (document 000).

    Predictions stay empty until a model makes them, and actual figures until visits give them.
    """

    template = models.OneToOneField(
        Template, on_delete=models.CASCADE, related_name="metadata", verbose_name=_("template")
    )
    ai_description = models.TextField(
        _("description"),
        blank=True,
        help_text=_(
            "What it is made of, in a sentence; a model's words once one has described it."
        ),
    )
    target_audience = models.JSONField(_("audience"), default=list, blank=True)
    use_cases = models.JSONField(_("use cases"), default=list, blank=True)
    industry_focus = models.JSONField(_("trades"), default=list, blank=True)
    intelligent_components = models.JSONField(
        _("components that can start a workflow"), default=list, blank=True
    )
    workflow_compatibility = models.JSONField(
        _("fit for workflows"),
        default=dict,
        blank=True,
        help_text=_("How many components of each type it has, and what its forms ask for."),
    )
    customization_suggestions = models.JSONField(
        _("suggestions"),
        default=list,
        blank=True,
        help_text=_("{target, property, suggestion, reason, impact}, impact 0..1."),
    )
    predicted_conversion_rate = models.FloatField(
        _("predicted conversion rate"), null=True, blank=True, help_text="0..1"
    )
    predicted_engagement_score = models.FloatField(
        _("predicted engagement"), null=True, blank=True, help_text="0..100"
    )
    estimated_setup_time = models.PositiveIntegerField(
        _("setup time"),
        help_text=_("Minutes to write all of its words anew, at forty words a minute."),
    )
    design_patterns = models.JSONField(_("design patterns"), default=list, blank=True)
    color_psychology = models.JSONField(
        _("colours"),
        default=dict,
        blank=True,
        help_text=_("Its palette, and the contrast (WCAG 2.2) of each text on its ground."),
    )
    layout_effectiveness = models.JSONField(_("layout"), default=dict, blank=True)
    responsive_breakpoints = models.JSONField(_("breakpoints"), default=dict, blank=True)
    ai_confidence_score = models.FloatField(
        _("confidence"),
        null=True,
        blank=True,
        help_text=_("0..1; empty while everything here is measured."),
    )
    training_data_count = models.PositiveIntegerField(_("training examples"), default=0)
    last_ai_update = models.DateTimeField(_("last described by a model"), null=True, blank=True)
    actual_conversion_rate = models.FloatField(
        _("actual conversion rate"), null=True, blank=True, help_text="0..1"
    )
    actual_engagement_score = models.FloatField(
        _("actual engagement"), null=True, blank=True, help_text="0..100"
    )
    # Null as long as one of the two is: `abs` of null is null, and no case matches it.
    prediction_accuracy = models.GeneratedField(
        expression=Case(
            When(predicted_conversion_rate=F("actual_conversion_rate"), then=Value(1.0)),
            default=Value(1.0)
            - Abs(F("predicted_conversion_rate") - F("actual_conversion_rate"))
            / Greatest(F("predicted_conversion_rate"), F("actual_conversion_rate")),
            output_field=models.FloatField(),
        ),
        output_field=models.FloatField(),
        db_persist=True,
        verbose_name=_("accuracy of the prediction"),
        help_text=_("0..1: the smaller of predicted and actual conversion rate over the larger."),
    )
    usage_satisfaction = models.FloatField(
        _("satisfaction"), null=True, blank=True, help_text="1..10"
    )

    class Meta(BaseModel.Meta):
        verbose_name = _("template metadata")
        verbose_name_plural = _("template metadata")
        constraints = [
            *between(
                TABLE, 0, 1,
                "predicted_conversion_rate", "ai_confidence_score", "actual_conversion_rate",
            ),
            *between(TABLE, 0, 100, "predicted_engagement_score", "actual_engagement_score"),
            *between(TABLE, 1, 10, "usage_satisfaction"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.template)

    def clean(self) -> None:
        """Components and suggestions have the shapes of document 000."""
        from builder.template_shapes import metadata_faults

        faults = metadata_faults(self)
        if faults:
            raise ValidationError(
                {
                    name: [f"{each.pointer}: {each.detail}" for each in faults
                           if each.pointer.startswith(f"/{name}")]
                    for name in {each.pointer.split("/")[1] for each in faults}
                }
            )  # fmt: skip
