"""The words that several records of a conversation share."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AgentType(models.TextChoices):
    """The agents of the consultant, by what each is for."""

    MASTER = "master", pgettext_lazy("of an agent", "master")
    CULTURAL_CONTEXT = "cultural_context", _("cultural context")
    PERPLEXITY = "perplexity", _("web research (Perplexity)")
    SERANKING = "seranking", _("search ranking (SE Ranking)")
    DATA_SYNTHESIS = "data_synthesis", _("data synthesis")


class ConversationType(models.TextChoices):
    ONBOARDING = "onboarding", _("onboarding")
    CONSULTATION = "consultation", _("consultation")
    CAMPAIGN_PLANNING = "campaign_planning", _("campaign planning")
    CONTENT_CREATION = "content_creation", _("content creation")
    PERFORMANCE_REVIEW = "performance_review", _("performance review")
    SUPPORT = "support", _("support")


class ConversationStage(models.TextChoices):
    """The way of an onboarding (document 002, user onboarding flow); other talks take its ends."""

    INITIAL = "initial", _("initial")
    PERSONAL_INFO = "personal_info", _("personal information")
    BUSINESS_DISCOVERY = "business_discovery", _("business discovery")
    WEBSITE_ANALYSIS = "website_analysis", _("website analysis")
    COMPETITOR_ANALYSIS = "competitor_analysis", _("competitor analysis")
    DATA_SYNTHESIS = "data_synthesis", _("data synthesis")
    RECOMMENDATIONS = "recommendations", _("recommendations")
    COMPLETE = "complete", pgettext_lazy("of a stage", "complete")


class Language(models.TextChoices):
    ENGLISH = "en", _("English")
    ARABIC = "ar", _("Arabic")
    MIXED = "mixed", _("both, mixed")
