"""A user's cultural context: what marketing in Saudi Arabia has to know."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.history import tracked
from accounts.models import profile_choices as choices
from accounts.models.base import BaseModel
from accounts.models.constraints import between, one_of
from accounts.models.personal import Erasure, PersonalData
from accounts.models.profiles import choice_field, words_field
from accounts.models.users import User

TABLE = "accounts_culturalcontext"


def _yes(name: Any) -> "models.BooleanField[Any, Any]":
    return models.BooleanField(name, default=True, db_default=True)


def _scale(name: Any, default: int) -> "models.PositiveSmallIntegerField[Any, Any]":
    return models.PositiveSmallIntegerField(
        name,
        default=default,
        db_default=default,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
        help_text=_("1 to 10"),
    )


@tracked()
class CulturalContext(BaseModel):
    """The documents' Saudi defaults hold until the person says otherwise."""

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, related_name="cultural_context", verbose_name=_("user")
    )
    cultural_background = choice_field(_("background"), choices.Background)
    native_language = models.CharField(
        _("native language"),
        max_length=10,
        default="ar",
        db_default="ar",
        help_text=_("ISO 639 code, such as ar."),
    )
    secondary_languages = words_field(_("other languages"))
    cultural_fluency_level = choice_field(_("cultural fluency"), choices.Fluency, "native")
    religious_considerations = _yes(_("religious considerations"))
    halal_marketing_required = _yes(_("halal marketing required"))
    prayer_time_awareness = _yes(_("mind prayer times"))
    ramadan_marketing_adjustments = _yes(_("adjust for Ramadan"))
    primary_region = models.CharField(_("main region"), max_length=50, blank=True)
    regional_dialect_preference = models.CharField(_("dialect"), max_length=50, blank=True)
    local_market_focus = _yes(_("focus on the local market"))
    regional_business_customs = words_field(_("regional business customs"))
    business_relationship_style = choice_field(
        _("style of business relations"), choices.RelationshipStyle, "relationship_first"
    )
    hierarchy_awareness = choice_field(_("awareness of hierarchy"), choices.Hierarchy, "high")
    decision_making_style = choice_field(
        _("style of decisions"), choices.DecisionStyle, "consultative"
    )
    communication_directness = choice_field(
        _("directness of communication"), choices.Directness, "indirect"
    )
    vision_2030_alignment = _yes(_("in line with Vision 2030"))
    sustainability_focus = _yes(_("focus on sustainability"))
    diversification_support = _yes(_("supports diversification"))
    local_content_preference = _scale(_("preference for local content"), 7)
    cultural_taboos_awareness = words_field(_("taboos to mind"))
    preferred_imagery_style = choice_field(_("style of imagery"), choices.ImageryStyle)
    color_symbolism_awareness = _yes(_("mind the meaning of colours"))
    text_direction_preference = choice_field(_("text direction"), choices.TextDirection, "rtl")
    traditional_values_importance = _scale(_("importance of traditional values"), 7)
    modern_approach_openness = _scale(_("openness to modern approaches"), 8)
    innovation_acceptance = choice_field(
        _("acceptance of innovation"), choices.Innovation, "selective"
    )

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="user", erasure=Erasure.DELETE),
    )

    class Meta:
        verbose_name = _("cultural context")
        verbose_name_plural = _("cultural contexts")
        constraints = [
            *between(
                TABLE,
                1,
                10,
                "local_content_preference",
                "traditional_values_importance",
                "modern_approach_openness",
            ),
            one_of(TABLE, "cultural_background", choices.Background),
            one_of(TABLE, "cultural_fluency_level", choices.Fluency),
            one_of(TABLE, "business_relationship_style", choices.RelationshipStyle),
            one_of(TABLE, "hierarchy_awareness", choices.Hierarchy),
            one_of(TABLE, "decision_making_style", choices.DecisionStyle),
            one_of(TABLE, "communication_directness", choices.Directness),
            one_of(TABLE, "preferred_imagery_style", choices.ImageryStyle),
            one_of(TABLE, "text_direction_preference", choices.TextDirection),
            one_of(TABLE, "innovation_acceptance", choices.Innovation),
        ]

    def __str__(self) -> str:
        return self.get_cultural_background_display() or str(_("cultural context"))
