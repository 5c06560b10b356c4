"""Profiles for users who were here before there were any."""

import io

import pytest
from django.core.management import call_command

from accounts.models import CulturalContext, UserProfile
from personalization import population
from personalization.models import MetaUserProfile
from tests.factories import MembershipFactory, UserFactory, WorkspaceFactory

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = io.StringIO()
    call_command("populate_profiles", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_what_the_workspace_says_goes_into_the_profiles():
    place = WorkspaceFactory(
        country="KW", timezone="Asia/Kuwait", default_language="ar", currency="KWD"
    )
    user = MembershipFactory(workspace=place).user
    run()
    profile = UserProfile.objects.get(user=user)
    assert (profile.country, profile.timezone) == ("KW", "Asia/Kuwait")
    assert (profile.preferred_language, profile.profile_completion_percentage) == ("ar", 0)
    context = CulturalContext.objects.get(user=user)
    assert (context.cultural_background, context.text_direction_preference) == ("gulf", "rtl")
    assert MetaUserProfile.objects.get(user=user, workspace=place).currency == "KWD"


@pytest.mark.parametrize(
    ("country", "background", "direction"),
    [
        ("SA", "saudi", "rtl"),
        ("AE", "gulf", "rtl"),
        ("EG", "arab", "rtl"),
        ("DE", "international", "auto"),
    ],
)
def test_the_country_tells_the_background(country, background, direction):
    MembershipFactory(workspace__country=country)
    run()
    context = CulturalContext.objects.get()
    assert (context.cultural_background, context.text_direction_preference) == (
        background,
        direction,
    )


def test_what_a_profile_says_goes_into_the_marketing_profile():
    member = MembershipFactory()
    UserProfile.objects.create(
        user=member.user,
        industry_primary="coffee",
        city="Abha",
        company_size="large",
        marketing_budget_range="50k_200k",
        primary_marketing_goals=["world peace", "sales", "traffic"],
        current_marketing_channels=["tiktok", "radio"],
    )
    run()
    made = MetaUserProfile.objects.get()
    assert (made.industry, made.business_size, made.budget_range) == (
        "coffee",
        "enterprise",
        "medium",
    )
    assert (made.primary_objective, made.objectives) == ("sales", ["sales", "traffic"])
    assert made.platform_priorities == ["tiktok"]
    assert made.target_locations == ["Abha", "SA"]


def test_people_without_a_workspace_get_the_defaults_and_nothing_is_guessed_of_them():
    UserFactory()
    run()
    assert UserProfile.objects.get().country == "SA"
    assert CulturalContext.objects.get().cultural_background is None
    assert not MetaUserProfile.objects.exists()


def test_a_dry_run_counts_and_a_second_run_adds_nothing(monkeypatch):
    monkeypatch.setattr(population, "AT_ONCE", 2)
    place = WorkspaceFactory()
    for _ in range(5):
        MembershipFactory(workspace=place)
    assert run("--dry-run").startswith("5 users lack")
    assert not UserProfile.objects.exists()
    assert "for 5 users, marketing profiles for 5 members" in run()
    kept = dict(UserProfile.objects.values_list("pk", "updated_at"))
    assert "for 0 users, marketing profiles for 0 members" in run()
    assert dict(UserProfile.objects.values_list("pk", "updated_at")) == kept


def test_a_profile_that_is_there_stays_and_its_lacking_context_is_added():
    member = MembershipFactory()
    UserProfile.objects.create(user=member.user, job_title="Owner")
    run()
    assert UserProfile.objects.get().job_title == "Owner"
    assert CulturalContext.objects.filter(user=member.user).exists()
