"""People who may become customers."""

from typing import Final

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import TenantForeignKey, TenantModel
from journeys.identity.models import Contact


class LeadQuerySet(models.QuerySet["Lead"]):
    def open(self) -> "LeadQuerySet":
        """Leads of which something may still come."""
        return self.exclude(status__in=[Lead.Status.CONVERTED, Lead.Status.LOST])


class Lead(TenantModel):
    class Status(models.TextChoices):
        NEW = "new", _("new")
        CONTACTED = "contacted", _("contacted")
        QUALIFIED = "qualified", _("qualified")
        CONVERTED = "converted", _("converted")
        LOST = "lost", _("lost")

    TRANSITIONS: Final = {
        Status.NEW: {Status.CONTACTED, Status.QUALIFIED, Status.CONVERTED, Status.LOST},
        Status.CONTACTED: {Status.QUALIFIED, Status.CONVERTED, Status.LOST},
        Status.QUALIFIED: {Status.CONTACTED, Status.CONVERTED, Status.LOST},
        Status.CONVERTED: set(),
        Status.LOST: {Status.CONTACTED},
    }

    project = TenantForeignKey(
        "builder.Project",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="leads",
        verbose_name=_("project"),
        help_text=_("The site that it came from."),
    )
    contact = TenantForeignKey(
        Contact,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="leads",
        verbose_name=_("contact"),
    )
    email = models.CharField(_("e-mail address"), max_length=254, blank=True)
    phone = models.CharField(_("phone"), max_length=50, blank=True)
    name = models.CharField(_("name"), max_length=255, blank=True)
    company = models.CharField(_("company"), max_length=255, blank=True)
    job_title = models.CharField(_("job title"), max_length=100, blank=True)
    source = models.CharField(_("source"), max_length=100, blank=True)
    score = models.DecimalField(
        _("score"),
        max_digits=3,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text=_("Quality, 0..1; empty until it is scored."),
    )
    qualified = models.BooleanField(_("qualified"), default=False)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.NEW)
    properties = models.JSONField(_("properties"), default=dict, blank=True)
    last_contacted = models.DateTimeField(_("last contacted"), null=True, blank=True)
    converted_at = models.DateTimeField(_("converted at"), null=True, blank=True)

    objects = LeadQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("lead")
        verbose_name_plural = _("leads")
        constraints = [
            # A contact is one lead of a site, however often its form is sent or its step is run.
            models.UniqueConstraint(
                fields=["workspace", "project", "contact"], name="journeys_lead_contact"
            ),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="journeys_lead_email_lower"
            ),
            models.CheckConstraint(
                condition=models.Q(score__gte=0, score__lte=1), name="journeys_lead_score_0_1"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    status__in=["new", "contacted", "qualified", "converted", "lost"]
                ),
                name="journeys_lead_status_known",
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "email"], name="journeys_lead_email"),
            models.Index(fields=["workspace", "status"], name="journeys_lead_status"),
            models.Index(fields=["workspace", "-score"], name="journeys_lead_score"),
            models.Index(fields=["workspace", "source"], name="journeys_lead_source"),
            # Roll-ups ask for what came in lately, of all workspaces.
            models.Index(fields=["created_at"], name="journeys_lead_created"),
        ]

    def __str__(self) -> str:
        return self.name or self.email or self.phone or str(self.pk)
