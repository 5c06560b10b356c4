"""Profiles, cultural contexts, consent, onboarding: what a person says of themselves."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import activity, consent, onboarding, profiles
from accounts.completion import WEIGHTS, completion_percentage, missing_fields
from accounts.models import CulturalContext, TransitionError, User, UserProfile
from tests.factories import MembershipFactory, UserFactory, WorkspaceFactory

pytestmark = pytest.mark.django_db

PROFILES = "/api/v1/user-profiles/"
CULTURES = "/api/v1/cultural-contexts/"


def test_the_weights_add_up_to_a_hundred_and_name_fields():
    assert sum(WEIGHTS.values()) == 100
    assert set(WEIGHTS) <= {field.name for field in UserProfile._meta.concrete_fields}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, 0),
        ({"job_title": "Lead"}, 12),
        ({"job_title": "  ", "primary_marketing_goals": []}, 0),
        ({"years_of_experience": 0}, 5),
        (dict.fromkeys(WEIGHTS, "x"), 100),
    ],
)
def test_completion_is_the_weight_of_what_is_known(values, expected):
    assert completion_percentage(values) == expected


def test_what_is_missing_is_told_weightiest_first():
    missing = missing_fields({"job_title": "Lead"})
    assert "job_title" not in missing
    assert WEIGHTS[missing[0]] == 12
    assert WEIGHTS[missing[-1]] == 2


def test_saving_writes_completion_and_time_together(user):
    profile = profiles.save(profile=UserProfile(user=user, job_title="Lead"))
    assert profile.profile_completion_percentage == 12
    first = profile.last_profile_update
    profiles.save(profile=profile, city="Riyadh")
    profile.refresh_from_db()
    assert profile.profile_completion_percentage == 17
    assert profile.last_profile_update > first


def test_saudi_defaults_stand(user):
    profile = profiles.save(profile=UserProfile(user=user))
    assert (profile.country, profile.timezone, profile.preferred_language) == (
        "SA",
        "Asia/Riyadh",
        "en",
    )
    assert profile.analytics_consent
    assert not profile.data_sharing_consent
    culture = CulturalContext.objects.create(user=user)
    assert culture.business_relationship_style == "relationship_first"
    assert culture.text_direction_preference == "rtl"
    assert (culture.local_content_preference, culture.modern_approach_openness) == (7, 8)


@pytest.mark.parametrize(
    ("model", "field", "value"),
    [
        (UserProfile, "profile_completion_percentage", 101),
        (UserProfile, "seniority_level", "boss"),
        (CulturalContext, "local_content_preference", 11),
        (CulturalContext, "traditional_values_importance", 0),
        (CulturalContext, "text_direction_preference", "up"),
    ],
)
def test_the_database_refuses_what_is_out_of_range(user, model, field, value):
    record = model.objects.create(user=user)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=record.pk).update(**{field: value})


def test_a_person_keeps_their_own_profile_over_the_api(acting):
    me = acting("viewer")
    made = me.post(PROFILES, {"job_title": "Lead", "primary_marketing_goals": ["leads"]})
    assert made.status_code == 201, made.json()
    assert made.json()["profile_completion_percentage"] == 24
    changed = me.patch(f"{PROFILES}{made.json()['id']}/", {"city": "Riyadh"})
    assert changed.json()["profile_completion_percentage"] == 29
    assert me.post(PROFILES, {}).status_code == 409
    wrong = me.patch(f"{PROFILES}{made.json()['id']}/", {"tags": "x", "years_of_experience": 99})
    assert wrong.status_code == 400
    assert {e["pointer"] for e in wrong.json()["errors"]} == {"/tags", "/years_of_experience"}


def test_colleagues_do_not_see_a_profile_admins_do_and_nobody_else_writes_it(acting):
    person = acting("editor")
    made = person.post(PROFILES, {"job_title": "Lead"}).json()
    culture = person.post(CULTURES, {"cultural_background": "saudi"}).json()
    colleague, admin = acting("editor"), acting("admin")
    stranger = acting("owner", within=WorkspaceFactory())
    for path in (f"{PROFILES}{made['id']}/", f"{CULTURES}{culture['id']}/"):
        assert colleague.get(path).status_code == 404
        assert stranger.get(path).status_code == 404
        assert admin.get(path).status_code == 200
        assert admin.patch(path, {"notes": "x"}).status_code == 403
    assert colleague.get(PROFILES).json()["results"] == []


def test_stages_follow_one_another(user):
    with pytest.raises(TransitionError):
        onboarding.advance(user=user, stage="complete")
    for stage in ("business", "analysis", "complete"):
        onboarding.advance(user=user, stage=stage)
    user.refresh_from_db()
    assert user.onboarding_completed
    assert user.onboarding_completed_at is not None
    first = user.onboarding_completed_at
    onboarding.advance(user=user, stage="complete")
    assert user.onboarding_completed_at == first


def test_completion_of_onboarding_agrees_with_its_stage(user):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(onboarding_completed=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(onboarding_stage="complete")


@pytest.mark.parametrize("signed_in", ["by session", "by token"])
def test_onboarding_goes_on_over_the_api(acting, signed_in):
    me = acting("viewer")
    client = me
    if signed_in == "by session":
        client = APIClient()
        client.force_login(me.user)
    moved = client.post("/api/v1/me/onboarding/", {"stage": "business"})
    assert moved.status_code == 200, moved.json()
    assert moved.json()["onboarding_stage"] == "business"
    refused = client.post("/api/v1/me/onboarding/", {"stage": "complete"})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/onboarding_stage"


def test_somebody_of_no_workspace_goes_on_too(user):
    client = APIClient()
    client.force_login(user)
    assert client.post("/api/v1/me/onboarding/", {"stage": "business"}).status_code == 200


def test_a_person_has_the_best_subscription_of_their_workspaces(user, acting):
    assert (user.subscription_tier, user.subscription_status) == ("free", "active")
    ends = timezone.now()
    for tier, status in (("free", "active"), ("pro", "past_due"), ("pro", "trialing")):
        workspace = WorkspaceFactory(
            subscription_tier=tier,
            subscription_status=status,
            trial_ends_at=ends if status == "trialing" else None,
        )
        MembershipFactory(user=user, workspace=workspace)
    person = User.objects.get(pk=user.pk)
    assert (person.subscription_tier, person.subscription_status) == ("pro", "trialing")
    assert person.trial_ends_at == ends
    me = acting("viewer", user=user)
    assert me.get("/api/v1/me/").json()["subscription_tier"] == "pro"


def test_activity_is_written_once_a_minute(api, user):
    activity.forget()
    api.get("/api/v1/me/")
    user.refresh_from_db()
    first = user.last_activity_at
    assert first is not None
    activity.forget()
    api.get("/api/v1/me/")
    user.refresh_from_db()
    assert user.last_activity_at == first


def test_without_consent_nothing_is_recorded(api, user, django_capture_on_commit_callbacks):
    assert consent.allows_analytics(user.pk)
    with django_capture_on_commit_callbacks(execute=True):
        profiles.save(profile=UserProfile(user=user, analytics_consent=False))
    assert not consent.allows_analytics(user.pk)
    activity.forget()
    api.get("/api/v1/me/")
    user.refresh_from_db()
    assert user.last_activity_at is None


def test_consent_is_remembered_and_cheap(user, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert consent.allows_analytics(user.pk)
        assert consent.allows_analytics(user.pk)


def test_a_tenant_sees_no_colleagues_password(acting):
    from django.db import ProgrammingError, connection

    from accounts.models import Membership
    from accounts.tenancy import tenant

    me, colleague = acting("editor"), UserFactory()
    MembershipFactory(workspace=me.membership.workspace, user=colleague)
    scope = {"workspace_id": me.membership.workspace_id, "user_id": me.user.pk, "role": "editor"}
    with tenant(**scope):
        person = User.objects.get(pk=colleague.pk)
        assert person.email == colleague.email
        assert person.password is None
        related = Membership.objects.select_related("user").get(user=colleague)
        assert related.user.password is None
        assert list(User.objects.filter(pk=colleague.pk).values_list("password")) == [(None,)]
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute("select password from accounts_user")
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            User.objects.filter(password__startswith="argon2").exists()
    assert User.objects.get(pk=colleague.pk).password


def test_every_column_of_users_but_the_password_is_granted_to_tenants():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """select table_name || '.' || column_name from information_schema.columns
            where table_name in ('accounts_user', 'accounts_credential')
            and not has_column_privilege('halfhour_tenant', table_name, column_name, 'select')"""
        )
        hidden = {name for (name,) in cursor.fetchall()}
    assert hidden == {"accounts_user.password", "accounts_credential.secret"}
