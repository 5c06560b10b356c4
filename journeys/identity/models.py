"""Who a site's visitors are, as far as they have told."""

from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import (
    Erasure,
    PersonalData,
    TenantForeignKey,
    TenantModel,
    between,
    not_negative,
    one_of,
)
from journeys.searching import Found, JoinedWords

# What a person looks for contacts by; journeys_search_contacts has the same expression.
SEARCHED = JoinedWords(
    "email", Coalesce(KT("traits__name"), models.Value("")),
    Coalesce(KT("traits__company"), models.Value("")),
)  # fmt: skip


class ContactQuerySet(models.QuerySet["Contact"]):
    def identified(self) -> "ContactQuerySet":
        """Contacts of whom more is known than that they came by."""
        return self.filter(
            models.Exists(
                ContactIdentity.objects.filter(
                    contact_id=models.OuterRef("pk"), kind__in=ContactIdentity.NAMING
                )
            )
        )

    def matching(self, words: str) -> "ContactQuerySet":
        """Contacts whose address, name or company has all of these words in it."""
        return self.filter(pk__in=Found("journeys_search_contacts", words))

    def with_traits(self, traits: dict[str, Any]) -> "ContactQuerySet":
        """Contacts of whom these traits are known, nested ones in part."""
        return self.filter(
            pk__in=Found("journeys_contacts_with", traits, output_field=models.JSONField())
        )


class Contact(TenantModel):
    """A visitor: anonymous at first, identified by a user id or an e-mail address later."""

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="contact", link="id", erasure=Erasure.DELETE),
    )

    email = models.CharField(
        _("e-mail address"), max_length=254, blank=True, help_text=_("Lower case; the latest.")
    )
    last_seen = models.DateTimeField(
        _("last seen"), null=True, blank=True, help_text=_("Exact to a minute.")
    )
    traits = models.JSONField(_("traits"), default=dict, blank=True)
    segment = models.CharField(_("segment"), max_length=50, blank=True)
    ltv_prediction = models.DecimalField(
        _("predicted lifetime value"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("In the workspace's currency."),
    )
    churn_risk = models.FloatField(
        _("churn risk"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text="0..1",
    )

    objects = ContactQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="journeys_contact_email_lower"
            ),
            *between("journeys_contact", 0, 1, "churn_risk"),
            *not_negative("journeys_contact", "ltv_prediction"),
        ]
        indexes = [
            models.Index(fields=["workspace", "email"], name="journeys_contact_email"),
            models.Index(fields=["workspace", "-last_seen"], name="journeys_contact_seen"),
            models.Index(fields=["workspace", "segment"], name="journeys_contact_segment"),
            models.Index(fields=["workspace", "-created_at"], name="journeys_contact_created"),
            GinIndex(OpClass("traits", name="jsonb_path_ops"), name="journeys_contact_traits"),
            GinIndex(OpClass(SEARCHED, name="gin_trgm_ops"), name="journeys_contact_words"),
        ]

    def __str__(self) -> str:
        return self.email or str(self.traits.get("name") or _("anonymous visitor"))


class ContactIdentity(TenantModel):
    """One name that a contact goes by; within a workspace it leads to one contact."""

    class Kind(models.TextChoices):
        ANONYMOUS_ID = "anonymous_id", _("anonymous id")
        USER_ID = "user_id", _("user id")
        EMAIL = "email", _("e-mail address")

    # A contact with one of these is identified: it is not merged into another.
    NAMING = (Kind.USER_ID, Kind.EMAIL)

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="contact", link="contact", erasure=Erasure.DELETE),
    )

    contact = TenantForeignKey(
        Contact,
        on_delete=models.CASCADE,
        related_name="identities",
        verbose_name=_("contact"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    value = models.CharField(_("value"), max_length=254)

    class Meta(TenantModel.Meta):
        verbose_name = _("identity")
        verbose_name_plural = _("identities")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "kind", "value"], name="journeys_identity_value"
            ),
            one_of("journeys_identity", "kind", ["anonymous_id", "user_id", "email"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.value}"
