from personalization.api import campaigns, content, learning

api_routes = [
    ("meta-profiles", campaigns.MetaUserProfileViewSet, "meta-profile"),
    ("campaigns", campaigns.CampaignViewSet, "campaign"),
    ("ad-campaigns", campaigns.AdCampaignViewSet, "ad-campaign"),
    ("campaign-settings", campaigns.CampaignSettingsViewSet, "campaign-settings"),
    ("content", content.ContentViewSet, "content"),
    ("content-templates", content.ContentTemplateViewSet, "content-template"),
    ("personalized-content", content.PersonalizedContentViewSet, "personalized-content"),
    ("recommendations", learning.RecommendationViewSet, "recommendation"),
    ("learning-insights", learning.InsightViewSet, "learning-insight"),
    ("performance-patterns", learning.PatternViewSet, "performance-pattern"),
    ("behavior-patterns", learning.BehaviorViewSet, "behavior-pattern"),
    ("campaign-embeddings", learning.CampaignEmbeddingViewSet, "campaign-embedding"),
]
