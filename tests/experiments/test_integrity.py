"""What check_data finds of tests."""

import pytest
from django.db import connection
from django.utils import timezone

from accounts import checking
from experiments.models import ABTest, TestResult, TestVariation
from tests.examples import Scene
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    owner = MembershipFactory(role="owner")
    return Scene(workspace=owner.workspace, user=owner.user)


def findings(name):
    ((_check, found),) = checking.run([f"experiments.{name}"])
    return [(finding.key, finding.detail) for finding in found]


def without_triggers(statement, *values):
    """As a restore does: past the triggers that would have refused it."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table experiments_testvariation disable trigger user")
        cursor.execute(statement, values)
        cursor.execute("alter table experiments_testvariation enable trigger user")


@pytest.mark.parametrize("status", ["active", "paused"])
def test_a_running_test_without_all_of_its_traffic_is_found(scene, status):
    test = scene.one(ABTest)
    ABTest.objects.filter(pk=test.pk).update(status=status)
    assert findings("running_test_is_whole") == []
    without_triggers(
        "update experiments_testvariation set traffic_percentage = 40 where ab_test_id = %s",
        test.pk,
    )
    assert findings("running_test_is_whole") == [
        (str(test.pk), f"is {status}: 2 variations have 80.00 per cent of the traffic")
    ]


def test_a_running_test_with_one_variation_is_found(scene):
    test, variation = scene.one(ABTest), scene.one(TestVariation)
    without_triggers("delete from experiments_testvariation where id = %s", variation.pk)
    without_triggers("update experiments_testvariation set traffic_percentage = 100")
    assert [key for key, _detail in findings("running_test_is_whole")] == [str(test.pk)]


@pytest.mark.parametrize(
    "field", ["p_value", "confidence_level", "projected_lift", "revenue_impact"]
)
def test_a_test_that_shows_other_figures_than_its_result_is_found(scene, field):
    result = scene.one(TestResult)
    assert findings("test_shows_its_result") == []
    ABTest.objects.filter(pk=result.ab_test_id).update(**{field: 0.5})
    assert [key for key, _detail in findings("test_shows_its_result")] == [str(result.ab_test_id)]


def test_an_earlier_result_need_not_be_shown(scene):
    result = scene.one(TestResult)
    TestResult.objects.create(
        workspace=scene.workspace,
        ab_test_id=result.ab_test_id,
        p_value=0.9,
        calculated_at=timezone.now() - timezone.timedelta(days=2),
    )
    assert findings("test_shows_its_result") == []


@pytest.mark.parametrize("total", ["total_impressions", "total_conversions"])
def test_a_result_above_the_counts_is_found(scene, total):
    result = scene.one(TestResult)
    assert findings("result_is_of_the_counts") == []
    TestResult.objects.filter(pk=result.pk).update(**{total: 10})
    assert [key for key, _detail in findings("result_is_of_the_counts")] == [str(result.ab_test_id)]
