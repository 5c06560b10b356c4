"""The people of the sample: a marketing team in Riyadh, with profiles, and one who is asked in."""

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Any, Final

from accounts import invitations, memberships, onboarding, people, profiles
from accounts.models import (
    CulturalContext,
    Invitation,
    OnboardingStage,
    User,
    UserProfile,
    Workspace,
)
from config.sample.story import Story, Team
from personalization import profiles as marketing
from personalization.models import MetaUserProfile

BUSINESS: Final = {
    "industry_primary": "Food and beverage",
    "industry_secondary": "Coffee",
    "business_model": "b2b2c",
    "target_market": "Coffee drinkers and cafés in Saudi Arabia and the Gulf",
    "company_size": "small",
    "country": "SA",
    "city": "Riyadh",
    "region": "Riyadh Region",
    "marketing_budget_range": "200k_1m",
    "current_marketing_channels": ["instagram", "tiktok", "linkedin", "email"],
    "analytics_consent": True,
}


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody of the team; `profile` and `context` are what differs from the business's own."""

    place: str
    role: str
    address: str
    names: tuple[str, str]
    profile: dict[str, Any]
    context: dict[str, Any] = field(default_factory=dict)
    onboarded: bool = True


COLLEAGUES: Final = (
    Person(
        place="manager", role="admin", address="khalid", names=("Khalid", "Al-Otaibi"),
        profile={
            "job_title": "Head of marketing", "department": "Marketing",
            "seniority_level": "executive", "years_of_experience": 14,
            "decision_making_authority": "decides", "preferred_language": "mixed",
            "primary_marketing_goals": ["brand_awareness", "sales"],
            "marketing_experience_level": "expert",
        },
        context={"cultural_background": "saudi", "hierarchy_awareness": "high"},
    ),
    Person(
        place="writer", role="editor", address="reem", names=("Reem", "Al-Shehri"),
        profile={
            "job_title": "Content editor", "department": "Marketing", "seniority_level": "mid",
            "years_of_experience": 5, "decision_making_authority": "recommends",
            "preferred_language": "ar", "primary_marketing_goals": ["engagement"],
            "response_format_preference": "bullet_points",
        },
        context={"cultural_background": "saudi", "regional_dialect_preference": "najdi"},
    ),
    Person(
        place="performance", role="editor", address="omar", names=("Omar", "Farouk"),
        profile={
            "job_title": "Performance marketer", "department": "Marketing",
            "seniority_level": "senior", "years_of_experience": 8,
            "decision_making_authority": "shares", "preferred_language": "en",
            "primary_marketing_goals": ["lead_generation", "sales"],
            "preferred_agent_personality": "analytical",
        },
        context={"cultural_background": "arab", "business_relationship_style": "balanced"},
    ),
    Person(
        place="analyst", role="analyst", address="priya", names=("Priya", "Iyer"),
        profile={
            "job_title": "Marketing analyst", "department": "Data", "seniority_level": "mid",
            "years_of_experience": 6, "decision_making_authority": "recommends",
            "preferred_language": "en", "primary_marketing_goals": ["traffic"],
            "response_format_preference": "visual",
        },
        context={
            "cultural_background": "international", "native_language": "en",
            "cultural_fluency_level": "familiar", "text_direction_preference": "ltr",
        },
    ),
    Person(
        place="finance", role="viewer", address="badr", names=("Badr", "Al-Qahtani"),
        profile={
            "job_title": "Finance manager", "department": "Finance", "seniority_level": "senior",
            "years_of_experience": 11, "preferred_language": "ar",
        },
        context={"cultural_background": "saudi"}, onboarded=False,
    ),
)  # fmt: skip
LEADER: Final = Person(
    place="owner", role="owner", address="owner", names=("Layan", "Haddad"),
    profile={
        "job_title": "Founder", "department": "Management", "seniority_level": "c-level",
        "years_of_experience": 12, "decision_making_authority": "decides",
        "preferred_language": "mixed",
        "primary_marketing_goals": ["brand_awareness", "lead_generation"],
    },
    context={"cultural_background": "saudi", "vision_2030_alignment": True},
)  # fmt: skip
_ASKED_IN: Final = "hessa.almutairi@sample.halfhour.example"
_MARKETING: Final[dict[str, dict[str, Any]]] = {
    "owner": {
        "primary_objective": "brand_awareness", "brand_voice": "authentic",
        "platform_priorities": ["instagram", "tiktok", "youtube"], "risk_tolerance": 0.4,
    },
    "manager": {
        "primary_objective": "sales", "brand_voice": "professional",
        "platform_priorities": ["instagram", "linkedin"], "risk_tolerance": 0.3,
    },
    "writer": {
        "primary_objective": "engagement", "brand_voice": "authentic",
        "platform_priorities": ["instagram", "tiktok"], "risk_tolerance": 0.5,
    },
    "performance": {
        "primary_objective": "lead_generation", "brand_voice": "bold",
        "platform_priorities": ["linkedin", "facebook", "instagram"], "risk_tolerance": 0.7,
    },
}  # fmt: skip
_BRAND: Final[dict[str, Any]] = {
    "business_size": "smb", "industry": "Coffee", "website": "https://nakhla.example",
    "years_in_business": 7, "monthly_budget": 60_000, "budget_range": "medium",
    "objectives": ["brand_awareness", "lead_generation", "sales"],
    "target_age_groups": ["gen_z", "millennial"],
    "target_locations": ["Riyadh", "Jeddah", "Dammam", "Kuwait City", "Dubai"],
    "target_interests": ["specialty coffee", "قهوة مختصة", "home brewing"],
    "target_behaviors": ["buys in the evening", "gives gifts in Ramadan"],
    "content_preference": "video_first",
    "brand_colors": ["#3b2417", "#c8a165", "#0f5c4a"],
    "learned_preferences": {"best_hours": [20, 21, 22], "languages": ["ar", "en"]},
}  # fmt: skip


def gather(*, workspace: Workspace, owner: User) -> Team:
    """The team, made members; whoever has an account from an earlier sample keeps it."""
    told: dict[str, User] = {"owner": owner}
    _introduce(owner, LEADER)
    for person in COLLEAGUES:
        user = account(person.address, *person.names)
        memberships.add(workspace=workspace, user=user, role=person.role)
        _introduce(user, person)
        told[person.place] = user
    return Team(**told)


def account(address: str, first: str, last: str) -> User:
    """Somebody's account, made where there is none; nobody is told its password."""
    email = f"{address}@sample.halfhour.example"
    user: User | None = User.objects.filter(email=email).first()
    if user is None:
        user, _password = people.make(email=email, first_name=first, last_name=last)
    return user


def fill(story: Story) -> dict[str, int]:
    """Marketing profiles of those who advertise, and an invitation that waits."""
    for place, changes in _MARKETING.items():
        profile = marketing.profile_of(workspace=story.workspace, user=getattr(story.team, place))
        for name, value in {**_BRAND, **changes}.items():
            setattr(profile, name, value)
        profile.save()
    _ask_in(story)
    return {
        "team": len(story.team.members()),
        "marketing profiles": MetaUserProfile.objects.filter(workspace=story.workspace).count(),
    }


def _introduce(user: User, person: Person) -> None:
    profile, made = UserProfile.objects.get_or_create(user=user)
    if made:
        profiles.save(profile=profile, **{**BUSINESS, **person.profile})
    CulturalContext.objects.get_or_create(user=user, defaults=person.context)
    if person.onboarded:
        stages = OnboardingStage.values
        for stage in stages[stages.index(user.onboarding_stage) + 1 :]:
            onboarding.advance(user=user, stage=stage)


def _ask_in(story: Story) -> None:
    """Written without its letter: nobody reads at that address, so nobody gets the token."""
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        workspace=story.workspace,
        email=_ASKED_IN,
        role="editor",
        hashed_token=hashlib.sha256(token.encode()).hexdigest(),
        invited_by=story.team.manager,
        expires_at=story.until + invitations.VALID_FOR,
    )
