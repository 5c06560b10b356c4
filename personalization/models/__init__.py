from personalization.models.campaign_settings import CampaignPersonalizationSettings
from personalization.models.campaigns import AdCampaign, Campaign
from personalization.models.content import (
    AssetType,
    Content,
    ContentTemplate,
    ContentType,
    PersonalizedContent,
)
from personalization.models.learning import LearningInsight
from personalization.models.patterns import (
    BehaviorPattern,
    CampaignEmbedding,
    PerformancePattern,
)
from personalization.models.profiles import (
    AgeGroup,
    BrandVoice,
    BudgetRange,
    BusinessSize,
    CampaignObjective,
    ContentPreference,
    MetaUserProfile,
    PlatformPriority,
)
from personalization.models.recommendations import CampaignRecommendation

__all__ = [
    "AdCampaign",
    "AgeGroup",
    "AssetType",
    "BehaviorPattern",
    "BrandVoice",
    "BudgetRange",
    "BusinessSize",
    "Campaign",
    "CampaignEmbedding",
    "CampaignObjective",
    "CampaignPersonalizationSettings",
    "CampaignRecommendation",
    "Content",
    "ContentPreference",
    "ContentTemplate",
    "ContentType",
    "LearningInsight",
    "MetaUserProfile",
    "PerformancePattern",
    "PersonalizedContent",
    "PlatformPriority",
]
