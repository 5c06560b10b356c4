"""docs/constraints.md and the database say the same of document 001's ten tables; rules hold."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from experiments import design, lifecycle
from experiments.models import ABTest, StatisticalSignificance, TestResult, TestVariation
from personalization.models import (
    CampaignPersonalizationSettings,
    CampaignRecommendation,
    ContentTemplate,
    LearningInsight,
    MetaUserProfile,
    PerformancePattern,
    PersonalizedContent,
)
from tests.examples import Scene
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "constraints.md"
MODELS = (
    MetaUserProfile, CampaignRecommendation, ABTest, TestVariation, TestResult, LearningInsight,
    PerformancePattern, ContentTemplate, PersonalizedContent, CampaignPersonalizationSettings,
)  # fmt: skip
KINDS = {"c": "CHECK", "u": "UNIQUE", "t": "TRIGGER"}
LINE = re.compile(r"^\| `(\w+)` \| (\w+(?: \w+)?) \| (\S.+\.) \|$", re.MULTILINE)


def documented():
    return {name: kind for name, kind, _why in LINE.findall(DOCUMENT.read_text())}


def held():
    tables = [model._meta.db_table for model in MODELS]
    with connection.cursor() as cursor:
        cursor.execute(
            """select conname, contype from pg_constraint
            where conrelid::regclass::text = any(%s) and (contype = any('{c,u,t}')
            or (contype = 'f' and conname like '%%\\_winner\\_of\\_test'))""",
            [tables],
        )
        return {name: KINDS.get(kind, "FOREIGN KEY") for name, kind in cursor.fetchall()}


def test_every_rule_has_its_sentence_and_every_sentence_its_rule():
    assert documented() == held()


def test_there_are_as_many_as_the_document_speaks_of():
    kinds = list(held().values())
    assert kinds.count("CHECK") >= 15
    assert kinds.count("UNIQUE") >= 12


@pytest.fixture
def scene(workspace):
    owner = MembershipFactory(workspace=workspace, role="owner")
    return Scene(workspace=workspace, user=owner.user)


BROKEN = [
    (MetaUserProfile, {"roi_focus": 1.01}, "roi_focus"),
    (MetaUserProfile, {"risk_tolerance": float("nan")}, "risk_tolerance"),
    (MetaUserProfile, {"monthly_budget": -1}, "monthly_budget"),
    (MetaUserProfile, {"business_size": "huge"}, "business_size"),
    (MetaUserProfile, {"objectives": ["sales", "fame"]}, "objectives"),
    (MetaUserProfile, {"platform_priorities": ["myspace"]}, "platform_priorities"),
    (MetaUserProfile, {"currency": "sar"}, "currency"),
    (CampaignRecommendation, {"predicted_ctr": -0.1}, "predicted_ctr"),
    (CampaignRecommendation, {"predicted_roi": -1.5}, "predicted_roi"),
    (CampaignRecommendation, {"status": "implemented"}, "is_implemented"),
    (CampaignRecommendation, {"status": "ignored"}, "status"),
    (LearningInsight, {"confidence_score": 2}, "confidence_score"),
    (LearningInsight, {"baseline_value": float("inf")}, "baseline_value"),
    (PerformancePattern, {"p_value": 1.2}, "p_value"),
    (PerformancePattern, {"last_observed": "2001-01-01T00:00:00Z"}, "observed"),
    (ContentTemplate, {"performance_score": 101}, "performance_score"),
    (ContentTemplate, {"template_type": "poem"}, "template_type"),
    (PersonalizedContent, {"quality_score": -1}, "quality_score"),
    (PersonalizedContent, {"generation_time": -0.5}, "generation_time"),
    (PersonalizedContent, {"generation_cost": -1}, "generation_cost"),
    (CampaignPersonalizationSettings, {"personalization_level": "total"}, "personalization_level"),
    (ABTest, {"confidence_threshold": 95}, "confidence_threshold"),
    (ABTest, {"end_date": "2001-01-01T00:00:00Z"}, "end_date"),
    (ABTest, {"start_date": None}, "has_started"),
    (ABTest, {"status": "completed"}, "has_ended"),
    (ABTest, {"projected_lift": -2}, "projected_lift"),
    (TestVariation, {"traffic_percentage": 100.5}, "traffic"),
    (TestVariation, {"conversions": 1}, "conversions_of_people"),
    (
        TestVariation,
        {"confidence_interval_lower": 0.3, "confidence_interval_upper": 0.2},
        "interval",
    ),
    (TestVariation, {"statistical_power": 1.5}, "statistical_power"),
    (TestVariation, {"revenue": -1}, "revenue"),
    (TestResult, {"p_value": -0.1}, "p_value"),
    (TestResult, {"effect_size": float("nan")}, "effect_size"),
    (TestResult, {"significance_status": "surely"}, "significance_status"),
    (TestResult, {"duration_days": float("inf")}, "duration_days"),
]


@pytest.mark.parametrize(
    ("model", "values", "rule"), BROKEN, ids=[f"{m.__name__}.{r}" for m, _v, r in BROKEN]
)
def test_what_breaks_a_rule_is_refused(scene, model, values, rule):
    record = scene.one(model)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        model.objects.filter(pk=record.pk).update(**values)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_record_is_there_once(scene, model):
    """A copy under another key breaks the model's unique rule; a variation's under its name."""
    record = scene.one(model)
    if model is PersonalizedContent:
        model.objects.update(file_path="posts/oud.html")
        record.refresh_from_db()
    if model is TestVariation:
        record = scene.one(ABTest).variations.get(variation_id="short")
    record.pk, record._state.adding = None, True
    record.id = model._meta.pk.get_default()
    with pytest.raises(IntegrityError, match=r"unique|once|whole_traffic"), transaction.atomic():
        record.save(force_insert=True)


def test_a_winner_is_one_of_the_tests_variations(scene, workspace):
    other = design.draft(workspace=workspace, name="Other", variations={"a": "A", "b": "B"})
    stranger = other.variations.get(variation_id="a")
    for model, record in ((ABTest, scene.one(ABTest)), (TestResult, scene.one(TestResult))):
        with pytest.raises(IntegrityError, match="winner_of_test"), transaction.atomic():
            model.objects.filter(pk=record.pk).update(winning_variation=stranger)


def test_the_rates_are_generated(workspace):
    ab_test = design.draft(workspace=workspace, name="Colour", variations={"a": "A", "b": "B"})
    ab_test.variations.filter(variation_id="a").update(
        visitors=3, impressions=8, clicks=2, conversions=1, revenue=100
    )
    counted, empty = ab_test.variations.order_by("variation_id")
    assert counted.ctr == 0.25
    assert counted.conversion_rate == pytest.approx(1 / 3)
    assert str(counted.revenue_per_visitor) == "33.3333"
    assert (empty.ctr, empty.conversion_rate, empty.revenue_per_visitor) == (None, None, None)


@pytest.mark.parametrize(
    ("p_value", "status"),
    [
        (None, "not_significant"), (0.5, "not_significant"), (0.1, "not_significant"),
        (0.0999, "approaching"), (0.05, "approaching"), (0.0499, "significant"),
        (0.01, "significant"), (0.0099, "highly_significant"), (0, "highly_significant"),
    ],
)  # fmt: skip
def test_what_a_p_value_amounts_to(p_value, status):
    assert StatisticalSignificance.of(p_value) == status


def test_a_workspace_with_a_test_that_runs_can_be_deleted(scene, workspace):
    scene.one(TestResult)
    lifecycle.complete(
        ab_test=scene.one(ABTest), now=timezone.now(), winner=scene.one(TestVariation)
    )
    running = design.draft(workspace=workspace, name="Runs", variations={"a": "A", "b": "B"})
    lifecycle.start(ab_test=running, now=timezone.now())
    ABTest.objects.filter(workspace=workspace).delete()
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
    assert TestVariation.objects.count() == 0
