"""Profiles for people who were here before there were any: derived from what is known of them.

What is not known stays at the documents' defaults, and empty fields count as missing: nothing is
guessed of anybody. Rows that exist are left as they are, so that it may be killed and run again.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import CulturalContext, Membership, User, UserProfile, Workspace
from accounts.models.profile_choices import (
    Background,
    BudgetRange,
    CompanySize,
    Language,
    TextDirection,
)
from personalization.models import MetaUserProfile
from personalization.models import profiles as marketing

AT_ONCE: Final = 500
GULF: Final = frozenset({"AE", "BH", "KW", "OM", "QA"})
ARAB: Final = frozenset(
    {"DJ", "DZ", "EG", "IQ", "JO", "KM", "LB", "LY", "MA", "MR", "PS", "SD", "SO", "SY", "TN", "YE"}
)
_BUDGETS: Final = {
    BudgetRange.NONE: marketing.BudgetRange.MICRO,
    BudgetRange.UNDER_10K: marketing.BudgetRange.MICRO,
    BudgetRange.FROM_10K: marketing.BudgetRange.SMALL,
    BudgetRange.FROM_50K: marketing.BudgetRange.MEDIUM,
    BudgetRange.FROM_200K: marketing.BudgetRange.LARGE,
    BudgetRange.OVER_1M: marketing.BudgetRange.ENTERPRISE,
}
_SIZES: Final = {
    CompanySize.SOLO: marketing.BusinessSize.SMB,
    CompanySize.MICRO: marketing.BusinessSize.SMB,
    CompanySize.SMALL: marketing.BusinessSize.SMB,
    CompanySize.MEDIUM: marketing.BusinessSize.SMB,
    CompanySize.LARGE: marketing.BusinessSize.ENTERPRISE,
}

Said = Callable[[str, int], None]
Row = TypeVar("Row", User, Membership)


@dataclass(kw_only=True)
class Lacking:
    """How many users lack a profile or a cultural context, and memberships a marketing profile."""

    users: int
    memberships: int


def lacking() -> Lacking:
    return Lacking(users=_users().count(), memberships=_memberships().count())


def populate(*, say: Said) -> Lacking:
    """Make what lacks, 500 people a transaction; returns how many were seen to.

    `say` is told after each transaction what was made (`users`, `memberships`) and how many.
    """
    return Lacking(
        users=_each(_users(), _make_profiles, say=lambda count: say("users", count)),
        memberships=_each(
            _memberships(), _make_meta_profiles, say=lambda count: say("memberships", count)
        ),
    )


def _users() -> QuerySet[User]:
    rows: QuerySet[User] = User.objects.filter(Q(profile=None) | Q(cultural_context=None))
    return rows


def _memberships() -> QuerySet[Membership]:
    there = MetaUserProfile.objects.filter(
        workspace_id=OuterRef("workspace_id"), user_id=OuterRef("user_id")
    )
    return Membership.objects.filter(~Exists(there), user__deleted_at=None).select_related(
        "workspace", "user__profile"
    )


def _each(
    rows: QuerySet[Row], make: Callable[[list[Row]], None], *, say: Callable[[int], None]
) -> int:
    done = 0
    while True:
        with transaction.atomic():
            some = list(rows.order_by("pk")[:AT_ONCE])
            make(some)
        if not some:
            return done
        done += len(some)
        say(done)


def _make_profiles(users: list[User]) -> None:
    homes = _homes(users)
    UserProfile.objects.bulk_create(
        [_profile(user, homes.get(user.pk)) for user in users], ignore_conflicts=True
    )
    CulturalContext.objects.bulk_create(
        [_context(user, homes.get(user.pk)) for user in users], ignore_conflicts=True
    )


def _make_meta_profiles(memberships: list[Membership]) -> None:
    MetaUserProfile.objects.bulk_create(
        [_meta_profile(each) for each in memberships], ignore_conflicts=True
    )


def _homes(users: list[User]) -> dict[uuid.UUID, Workspace]:
    """The workspace that each was first a member of."""
    homes: dict[uuid.UUID, Workspace] = {}
    for each in Membership.objects.filter(user__in=users).select_related("workspace"):
        homes.setdefault(each.user_id, each.workspace)
    return homes


def _profile(user: User, home: Workspace | None) -> UserProfile:
    if home is None:
        return UserProfile(user=user)
    return UserProfile(
        user=user,
        country=home.country,
        timezone=home.timezone,
        preferred_language=Language(home.default_language),
    )


def _context(user: User, home: Workspace | None) -> CulturalContext:
    """Where the workspace is tells the background; its language, the direction of text."""
    if home is None or home.country == "SA":
        return CulturalContext(user=user, cultural_background=Background.SAUDI if home else None)
    if home.country in GULF:
        return CulturalContext(user=user, cultural_background=Background.GULF)
    if home.country in ARAB:
        return CulturalContext(user=user, cultural_background=Background.ARAB)
    return CulturalContext(
        user=user,
        cultural_background=Background.INTERNATIONAL,
        native_language=home.default_language,
        text_direction_preference=TextDirection.AUTO,
    )


def _meta_profile(membership: Membership) -> MetaUserProfile:
    made = MetaUserProfile(
        workspace=membership.workspace,
        user=membership.user,
        currency=membership.workspace.currency,
    )
    profile: UserProfile | None = getattr(membership.user, "profile", None)
    if profile is None:
        return made
    made.industry = profile.industry_primary
    if profile.company_size:
        made.business_size = _SIZES[CompanySize(profile.company_size)]
    if profile.marketing_budget_range:
        made.budget_range = _BUDGETS[BudgetRange(profile.marketing_budget_range)]
    objectives = set(marketing.CampaignObjective.values)
    made.objectives = [each for each in profile.primary_marketing_goals if each in objectives]
    made.primary_objective = made.objectives[0] if made.objectives else None
    platforms = set(marketing.PlatformPriority.values)
    made.platform_priorities = [
        each for each in profile.current_marketing_channels if each in platforms
    ]
    made.target_locations = [place for place in (profile.city, profile.country) if place]
    return made
