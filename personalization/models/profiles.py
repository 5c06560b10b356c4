"""Whom the work is for: a marketer's business, audience, brand and wishes."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import (
    Erasure,
    PersonalData,
    TenantModel,
    between,
    not_negative,
    one_of,
)
from personalization.models.measures import a_currency, currency, money, share

TABLE = "personalization_metauserprofile"


class BusinessSize(models.TextChoices):
    STARTUP = "startup", _("startup")
    SMB = "smb", _("small or medium business")
    ENTERPRISE = "enterprise", _("large enterprise")


class BudgetRange(models.TextChoices):
    MICRO = "micro", _("very small")
    SMALL = "small", _("small")
    MEDIUM = "medium", _("medium")
    LARGE = "large", _("large")
    ENTERPRISE = "enterprise", _("as of a large enterprise")


class AgeGroup(models.TextChoices):
    GEN_Z = "gen_z", _("generation Z")
    MILLENNIAL = "millennial", _("millennials")
    GEN_X = "gen_x", _("generation X")
    BOOMER = "boomer", _("baby boomers")


class BrandVoice(models.TextChoices):
    PROFESSIONAL = "professional", _("professional")
    CASUAL = "casual", _("casual")
    PLAYFUL = "playful", _("playful")
    LUXURY = "luxury", _("luxurious")
    AUTHENTIC = "authentic", _("authentic")
    BOLD = "bold", _("bold")


class CampaignObjective(models.TextChoices):
    BRAND_AWARENESS = "brand_awareness", _("brand awareness")
    LEAD_GENERATION = "lead_generation", _("lead generation")
    SALES = "sales", _("sales")
    ENGAGEMENT = "engagement", _("engagement")
    TRAFFIC = "traffic", _("traffic")
    APP_INSTALLS = "app_installs", _("app installs")


class ContentPreference(models.TextChoices):
    VIDEO_FIRST = "video_first", _("video first")
    IMAGE_HEAVY = "image_heavy", _("many images")
    TEXT_FOCUSED = "text_focused", _("mostly text")
    MIXED = "mixed", _("mixed")


class PlatformPriority(models.TextChoices):
    INSTAGRAM = "instagram", _("Instagram")
    FACEBOOK = "facebook", _("Facebook")
    TIKTOK = "tiktok", _("TikTok")
    LINKEDIN = "linkedin", _("LinkedIn")
    YOUTUBE = "youtube", _("YouTube")


class MetaUserProfile(TenantModel):
    """What recommendations, content and tests for a member are fitted to."""

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="user", erasure=Erasure.DELETE),
    )

    user = models.ForeignKey(
        "accounts.User",
        on_delete=models.CASCADE,
        related_name="meta_profiles",
        verbose_name=_("user"),
        # The unique rule's index serves the workspace's queries.
        db_index=False,
    )
    business_size = models.CharField(
        _("size of the business"), max_length=10, choices=BusinessSize, null=True, blank=True
    )
    industry = models.CharField(_("industry"), max_length=100, blank=True)
    website = models.URLField(_("website"), blank=True)
    years_in_business = models.PositiveSmallIntegerField(
        _("years in business"), null=True, blank=True
    )
    monthly_budget = money(_("monthly budget"))
    currency = currency()
    budget_range = models.CharField(
        _("range of the budget"), max_length=10, choices=BudgetRange, null=True, blank=True
    )
    primary_objective = models.CharField(
        _("primary objective"), max_length=20, choices=CampaignObjective, null=True, blank=True
    )
    objectives = ArrayField(
        models.CharField(max_length=20, choices=CampaignObjective),
        verbose_name=_("objectives"),
        default=list,
        blank=True,
    )
    target_age_groups = ArrayField(
        models.CharField(max_length=20, choices=AgeGroup),
        verbose_name=_("age groups"),
        default=list,
        blank=True,
    )
    target_locations = models.JSONField(
        _("locations"), default=list, blank=True, help_text=_("Names of places.")
    )
    target_interests = models.JSONField(_("interests"), default=list, blank=True)
    target_behaviors = models.JSONField(_("behaviour"), default=list, blank=True)
    brand_voice = models.CharField(
        _("voice of the brand"), max_length=15, choices=BrandVoice, null=True, blank=True
    )
    content_preference = models.CharField(
        _("kind of content"), max_length=15, choices=ContentPreference, null=True, blank=True
    )
    platform_priorities = ArrayField(
        models.CharField(max_length=20, choices=PlatformPriority),
        verbose_name=_("platforms"),
        default=list,
        blank=True,
        help_text=_("The most important first."),
    )
    brand_colors = models.JSONField(
        _("colours of the brand"), default=list, blank=True, help_text=_("Such as #0a7f5a.")
    )
    roi_focus = share(_("focus on return"), default=0.5)
    risk_tolerance = share(_("tolerance of risk"), default=0.5)
    automation_level = share(_("how much runs by itself"), default=0.5)
    campaign_history = models.JSONField(
        _("earlier campaigns"), default=list, blank=True, editable=False
    )
    performance_patterns = models.JSONField(
        _("what worked"), default=dict, blank=True, editable=False
    )
    learned_preferences = models.JSONField(
        _("learned preferences"), default=dict, blank=True, editable=False
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("marketing profile")
        verbose_name_plural = _("marketing profiles")
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user"], name=f"{TABLE}_user"),
            one_of(TABLE, "business_size", BusinessSize),
            one_of(TABLE, "budget_range", BudgetRange),
            one_of(TABLE, "primary_objective", CampaignObjective),
            one_of(TABLE, "brand_voice", BrandVoice),
            one_of(TABLE, "content_preference", ContentPreference),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{field}__contained_by": choices.values}),
                    name=f"{TABLE}_{field}",
                )
                for field, choices in (
                    ("objectives", CampaignObjective),
                    ("target_age_groups", AgeGroup),
                    ("platform_priorities", PlatformPriority),
                )
            ),
            *not_negative(TABLE, "monthly_budget"),
            a_currency(TABLE),
            *between(TABLE, 0, 1, "roi_focus", "risk_tolerance", "automation_level"),
        ]
        indexes = [
            models.Index(fields=["workspace", "industry"], name="metauserprofile_industry"),
            models.Index(fields=["workspace", "business_size"], name="metauserprofile_size"),
            models.Index(fields=["workspace", "budget_range"], name="metauserprofile_budget"),
            models.Index(
                fields=["workspace", "primary_objective"], name="metauserprofile_objective"
            ),
            models.Index(fields=["workspace", "-updated_at"], name="metauserprofile_updated"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.industry}" if self.industry else str(self.user)
