"""Searches look for the tenant and use their indexes, which row security would keep from them."""

import pytest
from django.db import connection, transaction

from accounts.tenancy import tenant
from personalization.models import AdCampaign, Campaign, Content
from tests.factories import WorkspaceFactory

pytestmark = pytest.mark.django_db

SEARCHES = {
    "content_search": (Content, "matching", "land7"),
    "content_metadata": (Content, "described", {"language": "land7"}),
    "campaign_config": (Campaign, "configured", {"audience": {"country": "land7"}}),
    "adcampaign_audience": (AdCampaign, "aimed_at", {"country": "land7"}),
    "adcampaign_performance": (AdCampaign, "performing", {"quality": "land7"}),
}


MANY = 300


@pytest.fixture
def filled(workspace):
    """One of many that a search finds, in this workspace and in another's."""
    for owner in (workspace, WorkspaceFactory()):
        campaigns = Campaign.objects.bulk_create(
            Campaign(
                workspace=owner,
                name=f"Campaign {number}",
                type="ad",
                config={"audience": {"country": country(number)}},
            )
            for number in range(MANY)
        )
        AdCampaign.objects.bulk_create(
            AdCampaign(
                workspace=owner,
                campaign=campaign,
                platform="linkedin",
                audience_config={"country": country(number)},
                performance_metrics={"quality": country(number)},
            )
            for number, campaign in enumerate(campaigns)
        )
        Content.objects.bulk_create(
            Content(
                workspace=owner,
                content_type="blog",
                title=f"Oud {country(number)}",
                metadata={"language": country(number)},
            )
            for number in range(MANY)
        )
    with connection.cursor() as cursor:
        for model in (Campaign, AdCampaign, Content):
            cursor.execute(f"analyze {model._meta.db_table}")
        for index in SEARCHES:
            # What was written in bulk waits beside the index until a vacuum takes it in.
            cursor.execute("select gin_clean_pending_list(%s::regclass)", [index])
    return workspace


def country(number):
    return f"land{number}"


@pytest.mark.parametrize("index", sorted(SEARCHES))
def test_a_search_finds_the_workspaces_own(filled, index):
    model, method, sought = SEARCHES[index]
    with tenant(workspace_id=filled.pk, role="viewer"):
        (found,) = getattr(model.objects.all(), method)(sought)
    assert found.workspace_id == filled.pk


@pytest.mark.parametrize("index", sorted(SEARCHES))
def test_without_a_scope_nothing_is_found(filled, index):
    model, method, sought = SEARCHES[index]
    assert not getattr(model.objects.all(), method)(sought).exists()


def body_of(function, workspace):
    """The query inside of a search function, and how its index is asked."""
    with connection.cursor() as cursor:
        cursor.execute("select prosrc from pg_proc where proname = %s", [function])
        (source,) = cursor.fetchone()
    query = source.split("return query", 1)[1].split(";", 1)[0]
    return query.replace("mine", f"'{workspace.pk}'::uuid")


@pytest.mark.parametrize(
    ("function", "index", "sought"),
    [
        ("personalization_search_content", "content_search", "'land7'::tsquery"),
        ("personalization_content_with", "content_metadata", "'{\"a\": 1}'::jsonb"),
        ("personalization_campaigns_with", "campaign_config", "'{\"a\": 1}'::jsonb"),
        ("personalization_adcampaigns_aimed_at", "adcampaign_audience", "'{\"a\": 1}'::jsonb"),
        ("personalization_adcampaigns_performing", "adcampaign_performance", "'{\"a\": 1}'::jsonb"),
    ],
)
def test_a_search_uses_its_index_for_the_workspace_and_the_words_at_once(
    filled, function, index, sought
):
    query = body_of(function, filled).replace("sought", sought)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"explain {query}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert f"Bitmap Index Scan on {index}" in plan
    (condition,) = [line for line in plan.splitlines() if "Index Cond" in line]
    assert "workspace_id" in condition
    assert "@" in condition
