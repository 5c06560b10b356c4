"""People who may become customers."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.history import tracked
from accounts.models import (
    Erasure,
    PersonalData,
    StatusMixin,
    TenantForeignKey,
    TenantModel,
    between,
    one_of,
)
from journeys.identity.models import Contact
from journeys.searching import Found, JoinedWords

# What a person looks for leads by; journeys_search_leads has the same expression.
SEARCHED = JoinedWords("email", "name", "company", "phone")


class LeadQuerySet(models.QuerySet["Lead"]):
    def open(self) -> "LeadQuerySet":
        """Leads of which something may still come."""
        return self.exclude(status__in=[Lead.Status.CONVERTED, Lead.Status.LOST])

    def matching(self, words: str) -> "LeadQuerySet":
        """Leads whose address, name, company or phone has all of these words in it."""
        return self.filter(pk__in=Found("journeys_search_leads", words))

    def with_properties(self, properties: dict[str, Any]) -> "LeadQuerySet":
        """Leads that have these properties, nested ones in part."""
        return self.filter(
            pk__in=Found("journeys_leads_with", properties, output_field=models.JSONField())
        )


@tracked()
class Lead(StatusMixin, TenantModel):
    class Status(models.TextChoices):
        NEW = "new", _("new")
        CONTACTED = "contacted", _("contacted")
        QUALIFIED = "qualified", _("qualified")
        CONVERTED = "converted", _("converted")
        LOST = "lost", _("lost")

    TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]] = {
        Status.NEW: frozenset({Status.CONTACTED, Status.QUALIFIED, Status.CONVERTED, Status.LOST}),
        Status.CONTACTED: frozenset({Status.QUALIFIED, Status.CONVERTED, Status.LOST}),
        Status.QUALIFIED: frozenset({Status.CONTACTED, Status.CONVERTED, Status.LOST}),
        Status.CONVERTED: frozenset(),
        Status.LOST: frozenset({Status.CONTACTED}),
    }

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="contact", link="contact", erasure=Erasure.DELETE),
        # A lead whose contact was merged away has the address only.
        PersonalData(subject="contact", by_email="email", erasure=Erasure.DELETE),
    )

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
    score = models.FloatField(
        _("score"),
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
            *between("journeys_lead", 0, 1, "score"),
            one_of(
                "journeys_lead", "status", ["new", "contacted", "qualified", "converted", "lost"]
            ),
            models.CheckConstraint(
                condition=models.Q(converted_at__isnull=True) | models.Q(status="converted"),
                name="journeys_lead_converted_at",
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "-id"], name="journeys_lead_newest"),
            models.Index(fields=["workspace", "email"], name="journeys_lead_email"),
            models.Index(fields=["workspace", "status"], name="journeys_lead_status"),
            models.Index(fields=["workspace", "-score"], name="journeys_lead_score"),
            models.Index(fields=["workspace", "qualified"], name="journeys_lead_qualified"),
            models.Index(fields=["workspace", "-created_at"], name="journeys_lead_recent"),
            models.Index(
                fields=["workspace", "-score", "status"],
                name="journeys_lead_best",
                condition=models.Q(qualified=True),
            ),
            models.Index(fields=["workspace", "source", "-score"], name="journeys_lead_source"),
            GinIndex(OpClass("properties", name="jsonb_path_ops"), name="journeys_lead_properties"),
            GinIndex(OpClass(SEARCHED, name="gin_trgm_ops"), name="journeys_lead_words"),
            # Roll-ups ask for what came in lately, of all workspaces.
            models.Index(fields=["created_at"], name="journeys_lead_created"),
        ]

    def __str__(self) -> str:
        return self.name or self.email or self.phone or str(self.pk)
