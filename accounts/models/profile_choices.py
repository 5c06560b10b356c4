"""What may be chosen in a user's profile and cultural context (document 002)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Seniority(models.TextChoices):
    ENTRY = "entry", _("entry")
    MID = "mid", _("mid")
    SENIOR = "senior", _("senior")
    EXECUTIVE = "executive", _("executive")
    C_LEVEL = "c-level", _("C-level")


class BusinessModel(models.TextChoices):
    B2B = "b2b", _("business to business")
    B2C = "b2c", _("business to consumers")
    B2B2C = "b2b2c", _("business to business to consumers")
    MARKETPLACE = "marketplace", _("marketplace")


class Language(models.TextChoices):
    ENGLISH = "en", _("English")
    ARABIC = "ar", _("Arabic")
    MIXED = "mixed", _("both, mixed")


class CommunicationStyle(models.TextChoices):
    PROFESSIONAL = "professional", _("professional")
    FORMAL = "formal", _("formal")
    FRIENDLY = "friendly", _("friendly")
    CASUAL = "casual", _("casual")


class ResponseFormat(models.TextChoices):
    DETAILED = "detailed", _("detailed")
    BRIEF = "brief", _("brief")
    BULLET_POINTS = "bullet_points", _("bullet points")
    VISUAL = "visual", _("visual")


class Experience(models.TextChoices):
    BEGINNER = "beginner", _("beginner")
    INTERMEDIATE = "intermediate", _("intermediate")
    ADVANCED = "advanced", _("advanced")
    EXPERT = "expert", _("expert")


class BudgetRange(models.TextChoices):
    NONE = "none", _("no budget yet")
    UNDER_10K = "under_10k", _("under 10,000")
    FROM_10K = "10k_50k", _("10,000 to 50,000")
    FROM_50K = "50k_200k", _("50,000 to 200,000")
    FROM_200K = "200k_1m", _("200,000 to 1,000,000")
    OVER_1M = "over_1m", _("over 1,000,000")


class AgentPersonality(models.TextChoices):
    PROFESSIONAL_FRIENDLY = "professional_friendly", _("professional and friendly")
    FORMAL = "formal", _("formal")
    ENTHUSIASTIC = "enthusiastic", _("enthusiastic")
    ANALYTICAL = "analytical", _("analytical")


class DetailLevel(models.TextChoices):
    LOW = "low", _("low")
    MEDIUM = "medium", _("medium")
    HIGH = "high", _("high")


class ExplanationStyle(models.TextChoices):
    PRACTICAL = "practical", _("practical")
    THEORETICAL = "theoretical", _("theoretical")
    STEP_BY_STEP = "step_by_step", _("step by step")
    BY_EXAMPLE = "by_example", _("by example")


class CompanySize(models.TextChoices):
    SOLO = "solo", _("one person")
    MICRO = "micro", _("2 to 9 people")
    SMALL = "small", _("10 to 49 people")
    MEDIUM = "medium", _("50 to 249 people")
    LARGE = "large", _("250 people and more")


class Authority(models.TextChoices):
    DECIDES = "decides", _("decides")
    SHARES = "shares", _("decides with others")
    RECOMMENDS = "recommends", _("recommends")
    NONE = "none", _("has no say")


class Background(models.TextChoices):
    SAUDI = "saudi", _("Saudi")
    GULF = "gulf", _("Gulf")
    ARAB = "arab", _("Arab")
    INTERNATIONAL = "international", _("international")


class Fluency(models.TextChoices):
    NATIVE = "native", _("native")
    FLUENT = "fluent", _("fluent")
    FAMILIAR = "familiar", _("familiar")
    LEARNING = "learning", _("learning")


class RelationshipStyle(models.TextChoices):
    RELATIONSHIP_FIRST = "relationship_first", _("relationship first")
    BALANCED = "balanced", _("balanced")
    TASK_FIRST = "task_first", _("task first")


class Hierarchy(models.TextChoices):
    HIGH = "high", _("high")
    MEDIUM = "medium", _("medium")
    LOW = "low", _("low")


class DecisionStyle(models.TextChoices):
    CONSULTATIVE = "consultative", _("consultative")
    CONSENSUS = "consensus", _("by consensus")
    TOP_DOWN = "top_down", _("from the top")
    INDIVIDUAL = "individual", _("individual")


class Directness(models.TextChoices):
    INDIRECT = "indirect", _("indirect")
    BALANCED = "balanced", _("balanced")
    DIRECT = "direct", _("direct")


class ImageryStyle(models.TextChoices):
    TRADITIONAL = "traditional", _("traditional")
    MODERN = "modern", _("modern")
    MIXED = "mixed", _("both, mixed")
    ABSTRACT = "abstract", _("abstract, without people")


class TextDirection(models.TextChoices):
    RTL = "rtl", _("right to left")
    LTR = "ltr", _("left to right")
    AUTO = "auto", _("as the language has it")


class Innovation(models.TextChoices):
    SELECTIVE = "selective", _("selective")
    CAUTIOUS = "cautious", _("cautious")
    OPEN = "open", _("open")
    PIONEERING = "pioneering", _("pioneering")
