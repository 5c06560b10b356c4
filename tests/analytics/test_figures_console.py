"""Figures in the console: read-only, as bars and curves."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from analytics.models import (
    PerformanceMetrics,
    SystemMetrics,
    TrafficRollup,
    UserAnalytics,
    WorkflowAnalytics,
)
from tests.examples import Scene
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

MODELS = [PerformanceMetrics, SystemMetrics, TrafficRollup, UserAnalytics, WorkflowAnalytics]


@pytest.fixture
def staff(workspace):
    return MembershipFactory(workspace=workspace, role="admin", user=UserFactory(is_staff=True))


@pytest.fixture
def scene(workspace, staff):
    made = Scene(workspace=workspace, user=staff.user)
    for model in MODELS:
        made.one(model)
    return made


def list_of(model):
    return reverse(f"admin:analytics_{model._meta.model_name}_changelist")


def page_of(record):
    return reverse(f"admin:analytics_{record._meta.model_name}_change", args=[record.pk])


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("superuser", [False, True])
def test_every_list_search_and_record_opens_and_changes_nothing(
    client, staff, scene, model, superuser
):
    user = UserFactory(is_staff=True, is_superuser=True) if superuser else staff.user
    client.force_login(user)
    assert (
        client.get(list_of(model), {"period": "all"} if model is UserAnalytics else {}).status_code
        == 200
    )
    assert client.get(list_of(model), {"q": "quality_score"}).status_code == 200
    record = scene.one(model)
    assert client.get(page_of(record)).status_code == 200
    assert client.post(page_of(record), {}).status_code == 403


def test_values_of_a_metric_are_a_curve(client, staff, scene):
    row = scene.one(PerformanceMetrics)
    for number in range(1, 4):
        row.pk, row._state.adding = None, True
        row.metric_value = 80 + number
        row.measurement_period_start += dt.timedelta(days=1)
        row.measurement_period_end += dt.timedelta(days=1)
        row.save(force_insert=True)
    client.force_login(staff.user)
    assert "<polyline" in client.get(page_of(row)).content.decode()


def test_hours_are_measured_by_the_busiest(client, staff, scene):
    for hour in range(4):
        SystemMetrics.objects.create(date=dt.date(2026, 11, 19), hour=hour, active_users=hour)
    client.force_login(staff.user)
    counts = []
    client.get(list_of(SystemMetrics))  # what is asked for once and kept
    for more in (0, 8):
        for hour in range(4, 4 + more):
            SystemMetrics.objects.create(date=dt.date(2026, 11, 19), hour=hour, active_users=hour)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(list_of(SystemMetrics)).content.decode()
        counts.append(len(queries))
    assert "hh-meter" in page
    assert counts[0] == counts[1]
