import datetime
from typing import ClassVar, Final

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import (
    Erasure,
    PersonalData,
    TenantForeignKey,
    TenantModel,
    between,
    not_negative,
)

TABLE: Final = "journeys_contactworkflowenrichment"
SCORES: Final = ("behavior_score", "demographic_score", "engagement_score")
COUNTS: Final = ("emails_received", "emails_opened", "emails_clicked", "forms_submitted")
BOUNDS: Final = [MinValueValidator(0), MaxValueValidator(100)]


class ContactWorkflowEnrichment(TenantModel):
    """What a workflow has taught about a contact (document 000, section 6).

    The lead score weighs what somebody does above who somebody is: four tenths behaviour, three
    tenths each engagement and demography.
    """

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="contact", link="contact", erasure=Erasure.DELETE),
    )

    contact = TenantForeignKey(
        "journeys.Contact",
        on_delete=models.CASCADE,
        related_name="enrichments",
        verbose_name=_("contact"),
    )
    workflow = TenantForeignKey(
        "journeys.Workflow",
        on_delete=models.CASCADE,
        related_name="enrichments",
        verbose_name=_("workflow"),
    )
    workflow_triggers = models.JSONField(
        _("triggers"),
        default=list,
        blank=True,
        help_text=_("What started the workflow: {at, trigger, component_id, execution_id}."),
    )
    interaction_history = models.JSONField(
        _("interactions"),
        default=list,
        blank=True,
        help_text=_("What the contact did: {at, type, subject, properties}."),
    )
    behavior_score = models.FloatField(
        _("behaviour"), default=0, db_default=0, help_text="0..100", validators=BOUNDS
    )
    demographic_score = models.FloatField(
        _("demography"), default=0, db_default=0, help_text="0..100", validators=BOUNDS
    )
    engagement_score = models.FloatField(
        _("engagement"), default=0, db_default=0, help_text="0..100", validators=BOUNDS
    )
    total_lead_score = models.GeneratedField(
        expression=F("behavior_score") * 0.4
        + F("demographic_score") * 0.3
        + F("engagement_score") * 0.3,
        output_field=models.FloatField(),
        db_persist=True,
        verbose_name=_("lead score"),
        help_text=_("0..100: 0.4 behaviour + 0.3 demography + 0.3 engagement."),
    )
    emails_received = models.PositiveIntegerField(_("mails received"), default=0, db_default=0)
    emails_opened = models.PositiveIntegerField(
        _("mails opened"), default=0, db_default=0, help_text=_("Each mail counts once.")
    )
    emails_clicked = models.PositiveIntegerField(
        _("mails clicked"), default=0, db_default=0, help_text=_("Each mail counts once.")
    )
    forms_submitted = models.PositiveIntegerField(_("forms sent"), default=0, db_default=0)
    pages_visited = models.JSONField(
        _("pages visited"), default=list, blank=True, help_text=_("A list of paths.")
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("enrichment")
        verbose_name_plural = _("enrichments")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "contact", "workflow"], name=f"{TABLE}_once"
            ),
            *between(TABLE, 0, 100, *SCORES),
            *not_negative(TABLE, *COUNTS),
            models.CheckConstraint(
                condition=Q(emails_opened__lte=F("emails_received")),
                name=f"{TABLE}_opened_of_received",
            ),
            models.CheckConstraint(
                condition=Q(emails_clicked__lte=F("emails_received")),
                name=f"{TABLE}_clicked_of_received",
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "-total_lead_score"], name="journeys_enrichment_score"
            ),
            models.Index(fields=["workspace", "workflow"], name="journeys_enrichment_workflow"),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} · {self.workflow_id}"

    @property
    def last_updated(self) -> datetime.datetime:
        """When the workflow last taught something; the document's name of `updated_at`."""
        return self.updated_at

    def clean(self) -> None:
        """Raise HistoryError where the lists have not the documents' shapes."""
        from journeys.workflows.history import check_history

        check_history(triggers=self.workflow_triggers, interactions=self.interaction_history)
