"""The console's pages of personalization and experiments."""

import pytest
from django.apps import apps
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from experiments import design, lifecycle
from experiments.models import ABTest, TestResult, TestVariation
from personalization.models import (
    Campaign,
    CampaignPersonalizationSettings,
    CampaignRecommendation,
    MetaUserProfile,
)
from tests.examples import Scene
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

MODELS = [
    model
    for app in ("personalization", "experiments")
    for model in apps.get_app_config(app).get_models()
    if not hasattr(model, "pgh_tracked_model")
]
PAGES = sorted(model._meta.label_lower.replace(".", "_") for model in MODELS)


@pytest.fixture
def scene(workspace):
    owner = MembershipFactory(workspace=workspace, role="owner")
    made = Scene(workspace=workspace, user=owner.user)
    for model in MODELS:
        made.one(model)
    return made


def staff_of(workspace, role):
    member = MembershipFactory(workspace=workspace, role=role, user=UserFactory(is_staff=True))
    client = Client()
    client.force_login(member.user)
    client.user = member.user
    return client


def model_of(page):
    return apps.get_model(*page.split("_", 1))


@pytest.mark.parametrize("page", PAGES)
def test_each_page_lists_searches_and_shows(scene, page):
    client = staff_of(scene.workspace, "admin")
    record = scene.one(model_of(page))
    listed = client.get(reverse(f"admin:{page}_changelist"), {"q": "a"})
    assert listed.status_code == 200
    shown = client.get(reverse(f"admin:{page}_change", args=[record.pk]))
    assert shown.status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse(f"admin:{page}_changelist"))
    assert len(queries) < 25


def test_a_campaign_is_made_with_its_platforms_and_settings(scene):
    client = staff_of(scene.workspace, "editor")
    values = {
        "name": "Eid",
        "type": "ad",
        "config": "{}",
        "spent": "0",
        "currency": "SAR",
        "ad_campaigns-TOTAL_FORMS": "1",
        "ad_campaigns-INITIAL_FORMS": "0",
        "ad_campaigns-0-platform": "linkedin",
        "ad_campaigns-0-audience_config": '{"country": "SA"}',
        "ad_campaigns-0-creatives": "[]",
        "personalization_settings-TOTAL_FORMS": "1",
        "personalization_settings-INITIAL_FORMS": "0",
        "personalization_settings-0-personalization_level": "full",
        "personalization_settings-0-rotation_strategy": "best",
        "personalization_settings-0-budget_allocation_strategy": "even",
        "personalization_settings-0-optimization_frequency": "daily",
        "contents-TOTAL_FORMS": "0",
        "contents-INITIAL_FORMS": "0",
    }
    answer = client.post(reverse("admin:personalization_campaign_add"), values)
    assert answer.status_code == 302, answer.context["errors"]
    made = Campaign.objects.get(name="Eid")
    assert (made.status, made.created_by) == ("draft", client.user)
    assert made.ad_campaigns.get().workspace_id == scene.workspace.pk
    settings = CampaignPersonalizationSettings.objects.get(campaign=made)
    assert settings.personalization_level == "full"


def act(client, page, status, record, **more):
    address = reverse(f"admin:{page}_changelist")
    chosen = {"action": f"become_{status}", ACTION_CHECKBOX_NAME: [str(record.pk)], **more}
    return client.post(address, chosen)


def test_a_campaign_is_paused_after_a_question(scene):
    client, campaign = staff_of(scene.workspace, "editor"), scene.one(Campaign)
    asked = act(client, "personalization_campaign", "paused", campaign)
    assert "Pause the campaign" in asked.content.decode()
    campaign.refresh_from_db()
    assert campaign.status == "active"
    act(client, "personalization_campaign", "paused", campaign, post="yes")
    campaign.refresh_from_db()
    assert campaign.status == "paused"


def test_a_draft_without_whole_traffic_is_told_why_it_cannot_start(scene):
    client = staff_of(scene.workspace, "editor")
    whole = design.draft(workspace=scene.workspace, name="W", variations={"a": "A", "b": "B"})
    part = design.draft(workspace=scene.workspace, name="P", variations={"a": "A"})
    asked = act(client, "experiments_abtest", "active", part).content.decode()
    assert "two variations at least" in asked
    for ab_test in (whole, part):
        act(client, "experiments_abtest", "active", ab_test, post="yes")
        ab_test.refresh_from_db()
    assert (whole.status, part.status) == ("active", "draft")
    assert whole.traffic_split == {"a": "50.00", "b": "50.00"}
    for status in ("paused", "active", "completed"):
        act(client, "experiments_abtest", status, whole, post="yes")
        whole.refresh_from_db()
        assert whole.status == status


def test_a_tests_rates_are_drawn_with_their_intervals(scene):
    scene.one(TestResult)
    TestVariation.objects.filter(ab_test=scene.one(ABTest)).update(
        visitors=200,
        conversions=20,
        confidence_interval_lower=0.06,
        confidence_interval_upper=0.15,
    )
    client = staff_of(scene.workspace, "viewer")
    page = client.get(
        reverse("admin:experiments_abtest_change", args=[scene.one(ABTest).pk])
    ).content.decode()
    assert "10% (6% – 15%)" in page
    assert "hh-meter-part" in page


def test_variations_are_edited_with_a_draft_only(scene):
    client = staff_of(scene.workspace, "editor")
    ab_test = design.draft(workspace=scene.workspace, name="D", variations={"a": "A", "b": "B"})
    address = reverse("admin:experiments_abtest_change", args=[ab_test.pk])
    assert 'name="variations-0-traffic_percentage"' in client.get(address).content.decode()
    lifecycle.start(ab_test=ab_test, now=timezone.now())
    page = client.get(address).content.decode()
    assert 'name="variations-0-traffic_percentage"' not in page
    admin_client = staff_of(scene.workspace, "admin")
    gone = admin_client.post(
        reverse("admin:experiments_abtest_delete", args=[ab_test.pk]), {"post": "yes"}
    )
    assert gone.status_code == 403


def test_a_recommendation_shows_predicted_against_actual(scene):
    client = staff_of(scene.workspace, "editor")
    record = scene.one(CampaignRecommendation)
    page = client.get(
        reverse("admin:personalization_campaignrecommendation_change", args=[record.pk])
    ).content.decode()
    assert "3%" in page
    assert "4%" in page
    act(client, "personalization_campaignrecommendation", "implemented", record, post="yes")
    record.refresh_from_db()
    assert record.status == "implemented"
    assert record.implemented_at is not None


def test_a_marketing_profile_is_changed_by_its_user_only(scene):
    record = scene.one(MetaUserProfile)
    address = reverse("admin:personalization_metauserprofile_change", args=[record.pk])
    admin_client = staff_of(scene.workspace, "admin")
    assert admin_client.get(address).status_code == 200
    assert admin_client.post(address, {"industry": "x"}).status_code == 403
    scene.user.is_staff = True
    scene.user.save()
    own = Client()
    own.force_login(scene.user)
    assert 'name="industry"' in own.get(address).content.decode()
    editor = staff_of(scene.workspace, "editor")
    listed = editor.get(reverse("admin:personalization_metauserprofile_changelist"))
    assert str(record.pk) not in listed.content.decode()
