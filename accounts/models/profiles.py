"""Who a user is at work: what the consultant fits its answers to."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.history import tracked
from accounts.models import profile_choices as choices
from accounts.models.base import BaseModel
from accounts.models.constraints import between, one_of
from accounts.models.personal import Erasure, PersonalData
from accounts.models.users import User
from accounts.models.workspaces import validate_timezone

MAX_LIST_ITEMS = 50
MAX_ITEM_LENGTH = 200
TABLE = "accounts_userprofile"


def validate_words(value: Any) -> None:
    """Accept a list of at most 50 texts of 1 to 200 characters each."""
    fits = isinstance(value, list) and len(value) <= MAX_LIST_ITEMS
    if not fits or not all(isinstance(v, str) and 0 < len(v) <= MAX_ITEM_LENGTH for v in value):
        raise ValidationError(
            _("Give a list of at most %(count)s texts."), params={"count": MAX_LIST_ITEMS}
        )


def validate_attributes(value: Any) -> None:
    """Accept an object."""
    if not isinstance(value, dict):
        raise ValidationError(_("Give an object with names and values."))


def words_field(name: Any) -> "models.JSONField[Any, Any]":
    """A list of short texts."""
    return models.JSONField(name, default=list, blank=True, validators=[validate_words])


def choice_field(
    name: Any, options: type[models.TextChoices], default: str | None = None, **more: Any
) -> "models.CharField[Any, Any]":
    """One of the options; without a default it may be unknown (null)."""
    if default is None:
        return models.CharField(name, max_length=50, choices=options, null=True, blank=True, **more)
    return models.CharField(
        name, max_length=50, choices=options, default=default, db_default=default, **more
    )


@tracked(exclude=("last_profile_update",))
class UserProfile(BaseModel):
    """A user's work, wishes and consents; `accounts.profiles.save` keeps the completion true."""

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, related_name="profile", verbose_name=_("user")
    )
    job_title = models.CharField(_("job title"), max_length=200, blank=True)
    department = models.CharField(_("department"), max_length=100, blank=True)
    seniority_level = choice_field(_("seniority"), choices.Seniority)
    years_of_experience = models.PositiveSmallIntegerField(
        _("years of experience"), null=True, blank=True, validators=[MaxValueValidator(80)]
    )
    industry_primary = models.CharField(_("industry"), max_length=100, blank=True)
    industry_secondary = models.CharField(_("second industry"), max_length=100, blank=True)
    business_model = choice_field(_("business model"), choices.BusinessModel)
    target_market = models.CharField(_("target market"), max_length=100, blank=True)
    country = models.CharField(
        _("country"),
        max_length=2,
        default="SA",
        db_default="SA",
        validators=[RegexValidator(r"^[A-Z]{2}$")],
        help_text=_("ISO 3166 code, such as SA."),
    )
    city = models.CharField(_("city"), max_length=100, blank=True)
    region = models.CharField(
        _("region"), max_length=100, blank=True, help_text=_("Riyadh, Makkah, Eastern …")
    )
    timezone = models.CharField(
        _("time zone"),
        max_length=64,
        default="Asia/Riyadh",
        db_default="Asia/Riyadh",
        validators=[validate_timezone],
    )
    preferred_language = choice_field(_("preferred language"), choices.Language, "en")
    communication_style = choice_field(
        _("communication style"), choices.CommunicationStyle, "professional"
    )
    response_format_preference = choice_field(
        _("format of answers"), choices.ResponseFormat, "detailed"
    )
    marketing_experience_level = choice_field(
        _("marketing experience"), choices.Experience, "intermediate"
    )
    primary_marketing_goals = words_field(_("marketing goals"))
    marketing_budget_range = choice_field(
        _("marketing budget"),
        choices.BudgetRange,
        help_text=_("A month, in the workspace's currency."),
    )
    current_marketing_channels = words_field(_("marketing channels"))
    preferred_agent_personality = choice_field(
        _("consultant's manner"), choices.AgentPersonality, "professional_friendly"
    )
    detail_level_preference = choice_field(_("level of detail"), choices.DetailLevel, "medium")
    explanation_style = choice_field(
        _("style of explanation"), choices.ExplanationStyle, "practical"
    )
    company_size = choice_field(_("company size"), choices.CompanySize)
    decision_making_authority = choice_field(_("say in decisions"), choices.Authority)
    data_sharing_consent = models.BooleanField(
        _("agrees to data sharing"), default=False, db_default=False
    )
    marketing_communications_consent = models.BooleanField(
        _("agrees to marketing mail"), default=False, db_default=False
    )
    analytics_consent = models.BooleanField(
        _("agrees to analytics"),
        default=True,
        db_default=True,
        help_text=_("Without it nothing is recorded about what the person does."),
    )
    profile_completion_percentage = models.PositiveSmallIntegerField(
        _("completion"), default=0, db_default=0, editable=False, help_text=_("0 to 100")
    )
    last_profile_update = models.DateTimeField(
        _("profile last changed"), null=True, blank=True, editable=False
    )
    custom_attributes = models.JSONField(
        _("custom attributes"), default=dict, blank=True, validators=[validate_attributes]
    )
    tags = words_field(_("tags"))
    notes = models.TextField(_("notes"), blank=True)

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="user", erasure=Erasure.DELETE),
    )

    class Meta:
        verbose_name = _("user profile")
        verbose_name_plural = _("user profiles")
        constraints = [
            *between(TABLE, 0, 100, "profile_completion_percentage"),
            *between(TABLE, 0, 80, "years_of_experience"),
            one_of(TABLE, "seniority_level", choices.Seniority),
            one_of(TABLE, "business_model", choices.BusinessModel),
            one_of(TABLE, "preferred_language", choices.Language),
            one_of(TABLE, "communication_style", choices.CommunicationStyle),
            one_of(TABLE, "response_format_preference", choices.ResponseFormat),
            one_of(TABLE, "marketing_experience_level", choices.Experience),
            one_of(TABLE, "marketing_budget_range", choices.BudgetRange),
            one_of(TABLE, "preferred_agent_personality", choices.AgentPersonality),
            one_of(TABLE, "detail_level_preference", choices.DetailLevel),
            one_of(TABLE, "explanation_style", choices.ExplanationStyle),
            one_of(TABLE, "company_size", choices.CompanySize),
            one_of(TABLE, "decision_making_authority", choices.Authority),
        ]

    def __str__(self) -> str:
        return self.job_title or str(_("user profile"))
