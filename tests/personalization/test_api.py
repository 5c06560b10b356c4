"""Personalization over the API: who may do what, and what comes of it."""

import datetime as dt

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.keys import issue_key
from accounts.models import Membership
from personalization.models import (
    AdCampaign,
    BehaviorPattern,
    Campaign,
    CampaignEmbedding,
    CampaignPersonalizationSettings,
    CampaignRecommendation,
    Content,
    ContentTemplate,
    LearningInsight,
    MetaUserProfile,
    PerformancePattern,
    PersonalizedContent,
)
from tests.examples import Scene
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

READ_ONLY = {
    "recommendations": CampaignRecommendation,
    "learning-insights": LearningInsight,
    "performance-patterns": PerformancePattern,
    "personalized-content": PersonalizedContent,
    "behavior-patterns": BehaviorPattern,
    "campaign-embeddings": CampaignEmbedding,
}
EDITED = {
    "campaigns": (Campaign, {"name": "Eid", "type": "content"}),
    "ad-campaigns": (AdCampaign, {"platform": "google_ads"}),
    "content": (Content, {"content_type": "email", "title": "Eid mubarak"}),
    "content-templates": (
        ContentTemplate,
        {"name": "Eid", "template_type": "email", "base_prompt": "Greet {name}."},
    ),
    "campaign-settings": (CampaignPersonalizationSettings, {"personalization_level": "full"}),
}


@pytest.fixture
def scene(workspace):
    owner = MembershipFactory(workspace=workspace, role="owner")
    return Scene(workspace=workspace, user=owner.user)


def client_of(workspace, role):
    user = MembershipFactory(workspace=workspace, role=role).user
    _key, secret = issue_key(workspace=workspace, kind="personal", name=role, user=user)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    client.user = user
    return client


@pytest.mark.parametrize("route", sorted(READ_ONLY))
def test_what_machines_write_is_read_by_all_and_written_by_nobody(scene, route):
    record = scene.one(READ_ONLY[route])
    for role in ("owner", "viewer"):
        client = client_of(scene.workspace, role)
        (listed,) = client.get(f"/api/v1/{route}/").json()["results"]
        shown = client.get(f"/api/v1/{route}/{record.pk}/").json()
        assert listed == shown
        assert shown["id"] == str(record.pk)
        assert "embedding" not in shown
        assert client.post(f"/api/v1/{route}/", {}).status_code in (403, 405)
        assert client.delete(f"/api/v1/{route}/{record.pk}/").status_code in (403, 405)


@pytest.mark.parametrize("route", sorted(EDITED))
def test_editors_write_and_others_read(scene, route):
    model, values = EDITED[route]
    if route in ("ad-campaigns", "campaign-settings"):
        values = {**values, "campaign": str(scene.one(Campaign).pk)}
    assert client_of(scene.workspace, "viewer").post(f"/api/v1/{route}/", values).status_code == 403
    assert (
        client_of(scene.workspace, "analyst").post(f"/api/v1/{route}/", values).status_code == 403
    )
    editor = client_of(scene.workspace, "editor")
    made = editor.post(f"/api/v1/{route}/", values)
    assert made.status_code == 201, made.json()
    record = model.objects.get(pk=made.json()["id"])
    assert record.workspace_id == scene.workspace.pk
    viewer = client_of(scene.workspace, "viewer")
    assert viewer.get(f"/api/v1/{route}/{record.pk}/").json() == made.json()
    assert viewer.delete(f"/api/v1/{route}/{record.pk}/").status_code == 403
    assert editor.delete(f"/api/v1/{route}/{record.pk}/").status_code == 204


def test_a_profile_is_its_users_and_shown_to_admins(scene):
    viewer = client_of(scene.workspace, "viewer")
    values = {"business_size": "smb", "objectives": ["sales"], "monthly_budget": "1500.50"}
    made = viewer.post("/api/v1/meta-profiles/", values)
    assert made.status_code == 201, made.json()
    assert made.json()["user"] == str(viewer.user.pk)
    assert made.json()["monthly_budget"] == "1500.50"
    address = f"/api/v1/meta-profiles/{made.json()['id']}/"
    assert viewer.patch(address, {"risk_tolerance": 0.9}).json()["risk_tolerance"] == 0.9
    assert viewer.post("/api/v1/meta-profiles/", values).status_code == 409
    editor, admin = (client_of(scene.workspace, role) for role in ("editor", "admin"))
    assert editor.get(address).status_code == 404
    assert editor.get("/api/v1/meta-profiles/").json()["results"] == []
    assert admin.get(address).status_code == 200
    assert admin.patch(address, {"risk_tolerance": 0.1}).status_code == 403
    assert admin.delete(address).status_code == 403


def test_a_profile_that_is_mentioned_can_be_deleted_by_its_user(scene):
    """Whoever may not write a recommendation may still delete the profile that it names."""
    recommendation = scene.one(CampaignRecommendation)
    _key, secret = issue_key(
        workspace=scene.workspace, kind="personal", name="own", user=scene.user
    )
    MembershipFactory(workspace=scene.workspace, role="owner")
    Membership.objects.filter(user=scene.user).update(role="viewer")
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    address = f"/api/v1/meta-profiles/{scene.one(MetaUserProfile).pk}/"
    assert client.delete(address).status_code == 204
    recommendation.refresh_from_db()
    assert recommendation.profile_id is None
    assert recommendation.workspace_id == scene.workspace.pk


def test_what_is_wrong_with_a_profile_is_told(api):
    answer = api.post(
        "/api/v1/meta-profiles/",
        {
            "objectives": ["sales", "fame"],
            "brand_colors": ["#12345", "#abcdef"],
            "roi_focus": 1.5,
            "monthly_budget": "-1",
        },
    )
    assert answer.status_code == 400
    pointers = {error["pointer"] for error in answer.json()["errors"]}
    assert pointers == {"/objectives/1", "/brand_colors/0", "/roi_focus", "/monthly_budget"}


def test_a_campaign_goes_its_way(api, workspace, user):
    made = api.post(
        "/api/v1/campaigns/",
        {"name": "Eid", "type": "ad", "budget": "100.00", "spent": "25", "status": "active"},
    ).json()
    assert (made["status"], made["created_by"]) == ("draft", str(user.pk))
    assert (made["spent"], made["budget_used"]) == ("25.00", 0.25)
    address = f"/api/v1/campaigns/{made['id']}/"
    refused = api.post(f"{address}pause/")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["code"] == "illegal_transition"
    started = api.post(f"{address}start/").json()
    assert started["status"] == "active"
    assert started["started_at"] is not None
    assert api.post(f"{address}pause/").json()["status"] == "paused"
    assert api.post(f"{address}start/").json()["started_at"] == started["started_at"]
    ended = api.post(f"{address}complete/").json()
    assert ended["ended_at"] is not None
    assert api.post(f"{address}stop/").status_code == 422


def test_a_configuration_has_its_shape(api):
    values = {"name": "Eid", "type": "ad", "config": {"channels": "linkedin", "more": 1}}
    answer = api.post("/api/v1/campaigns/", values)
    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/config/channels"]
    values["config"]["channels"] = ["linkedin"]
    assert api.post("/api/v1/campaigns/", values).status_code == 201


def test_campaigns_are_found_by_what_their_configuration_holds(api, scene):
    mine = scene.one(Campaign)
    found = api.get("/api/v1/campaigns/", {"config": '{"audience": {"country": "SA"}}'})
    assert [row["id"] for row in found.json()["results"]] == [str(mine.pk)]
    other = api.get("/api/v1/campaigns/", {"config": '{"audience": {"country": "AE"}}'})
    assert other.json()["results"] == []
    for wrong in ("[]", "nonsense", "[" * 5000):
        assert api.get("/api/v1/campaigns/", {"config": wrong}).status_code == 400
    ads = "/api/v1/ad-campaigns/"
    ad_campaign = scene.one(AdCampaign)
    for query in (
        {"audience": '{"seniority": ["director"]}'},
        {"performance": '{"quality": "high"}'},
    ):
        (row,) = api.get(ads, query).json()["results"]
        assert row["id"] == str(ad_campaign.pk)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("aging scents", True),
        ('"deepest scent"', True),
        ("رائحة", True),
        ("الرائحة المعتقة", True),
        ("oud -wood", False),
        ("saffron", False),
        ("نحاس", False),
    ],
)
def test_content_is_found_by_its_words_in_both_languages(api, scene, words, found):
    scene.one(Content)
    answer = api.get("/api/v1/content/", {"search": words})
    assert bool(answer.json()["results"]) is found


def test_content_is_loaded_many_at_once(api, workspace):
    items = [{"content_type": "blog", "title": f"Post {number}"} for number in range(20)]
    items.append({"content_type": "poem"})
    answer = api.post("/api/v1/content/bulk/", {"items": items}).json()
    assert (answer["created"], answer["failed"]) == (20, 1)
    assert Content.objects.filter(workspace=workspace).count() == 20


def test_lists_are_filtered_ordered_and_expanded(api, scene):
    campaign = scene.one(Campaign)
    first = scene.one(Content)
    Content.objects.create(workspace=scene.workspace, content_type="email", performance_score=0.9)
    address = "/api/v1/content/"
    best = api.get(address, {"ordering": "-performance_score", "fields": "id,performance_score"})
    assert [row["performance_score"] for row in best.json()["results"]] == [0.9, 0.6]
    (row,) = api.get(address, {"campaign": str(campaign.pk), "expand": "campaign"}).json()[
        "results"
    ]
    assert row["campaign"]["name"] == campaign.name
    (row,) = api.get(address, {"metadata": '{"language": "en"}'}).json()["results"]
    assert row["id"] == str(first.pk)
    tomorrow = timezone.now() + dt.timedelta(days=1)
    assert api.get(address, {"created_after": tomorrow.isoformat()}).json()["results"] == []


def test_recommendations_and_insights_are_decided_on(api, scene):
    viewer = client_of(scene.workspace, "viewer")
    for route, model in (
        ("recommendations", CampaignRecommendation),
        ("learning-insights", LearningInsight),
    ):
        address = f"/api/v1/{route}/{scene.one(model).pk}/"
        assert viewer.post(f"{address}accept/").status_code == 403
        assert api.post(f"{address}dismiss/").json()["status"] == "dismissed"
        assert api.post(f"{address}implement/").status_code == 422
        assert api.post(f"{address}accept/").json()["status"] == "accepted"
        assert api.post(f"{address}implement/").json()["status"] == "implemented"
        assert api.post(f"{address}dismiss/").status_code == 422
    assert scene.one(CampaignRecommendation).implemented_at is None
    assert CampaignRecommendation.objects.get().implemented_at is not None


def test_an_insight_shows_its_improvement_and_its_period(api, scene):
    scene.one(LearningInsight)
    (shown,) = api.get("/api/v1/learning-insights/", {"improvement_at_least": "49"}).json()[
        "results"
    ]
    assert shown["improvement_percentage"] == pytest.approx(50)
    assert shown["time_period"] == {"lower": "2026-10-01", "upper": "2026-11-01"}


def test_a_prompt_with_open_braces_is_refused(api):
    values = {"name": "Eid", "template_type": "email", "base_prompt": "Greet {name"}
    answer = api.post("/api/v1/content-templates/", values)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "broken_braces"
