"""A headline against another, started and calculated once."""

from django.utils import timezone

from experiments import design, lifecycle, results
from experiments.models import ABTest, TestResult, TestVariation
from personalization.models import Campaign, MetaUserProfile
from tests.examples import Scene, example


@example(ABTest)
def ab_test(scene: Scene) -> ABTest:
    made = design.draft(
        workspace=scene.workspace,
        name="Headline",
        variations={"control": "As it is", "short": "Shorter"},
        user=scene.user,
        profile=scene.one(MetaUserProfile),
        campaign=scene.one(Campaign),
    )
    return lifecycle.start(ab_test=made, now=timezone.now())


@example(TestVariation)
def variation(scene: Scene) -> TestVariation:
    return scene.one(ABTest).variations.get(variation_id="short")


@example(TestResult)
def result(scene: Scene) -> TestResult:
    return results.record(
        ab_test=scene.one(ABTest),
        now=timezone.now(),
        p_value=0.03,
        winner=scene.one(TestVariation),
        confidence_level=0.97,
        projected_lift=0.12,
    )
