"""Roll-ups count whole buckets anew: late, twice and at once make no difference."""

import datetime as dt
import threading
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from analytics.models import RollupMark, TrafficRollup
from analytics.rollups import rebuild_traffic, roll_up_traffic
from tests.analytics.factories import EventFactory, LeadFactory, ProjectFactory

pytestmark = pytest.mark.django_db

COUNTS = ("visits", "visitors", "page_views", "submissions", "leads")


def at(day, hour, minute=0):
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=dt.UTC)


def buckets(project, granularity):
    rows = TrafficRollup.objects.filter(project=project, granularity=granularity)
    return {row.bucket_start: tuple(getattr(row, name) for name in COUNTS) for row in rows}


@pytest.fixture
def project(db):
    return ProjectFactory(workspace__timezone="Asia/Riyadh")


@pytest.fixture
def visit(project):
    """Two pages of one session by one contact, at 20:50 and 21:10 UTC: past midnight in Riyadh."""
    first = EventFactory(project=project, session_id=uuid.uuid4(), timestamp=at(10, 20, 50))
    EventFactory(
        project=project,
        contact=first.contact,
        session_id=first.session_id,
        anonymous_id=first.anonymous_id,
        timestamp=at(10, 21, 10),
    )
    return first


def test_hours_are_of_utc_and_days_of_the_workspace(project, visit):
    roll_up_traffic(now=timezone.now())
    assert buckets(project, "hour") == {at(10, 20): (1, 1, 1, 0, 0), at(10, 21): (1, 1, 1, 0, 0)}
    assert buckets(project, "day") == {at(9, 21): (1, 1, 1, 0, 0), at(10, 21): (1, 1, 1, 0, 0)}


def test_a_visitor_of_two_sessions_is_two_visits_and_one_person(project):
    first = EventFactory(project=project, session_id=uuid.uuid4(), timestamp=at(10, 9))
    EventFactory(
        project=project, contact=first.contact, session_id=uuid.uuid4(), timestamp=at(10, 9, 30)
    )
    roll_up_traffic(now=timezone.now())
    assert buckets(project, "hour")[at(10, 9)] == (2, 1, 2, 0, 0)


def test_forms_and_leads_are_counted_where_they_fell(project):
    EventFactory(
        project=project, type="track", event_name="form_submitted", timestamp=timezone.now()
    )
    LeadFactory(project=project)
    roll_up_traffic(now=timezone.now() + dt.timedelta(seconds=1))
    (day,) = buckets(project, "day").values()
    assert day == (0, 0, 0, 1, 1)


def test_twice_is_once(project, visit):
    roll_up_traffic(now=timezone.now())
    before = buckets(project, "hour")
    roll_up_traffic(now=timezone.now())
    assert buckets(project, "hour") == before
    rebuild_traffic(since=at(1, 0), now=timezone.now())
    assert buckets(project, "hour") == before


def test_what_comes_late_is_counted_in_its_own_bucket(project, visit):
    roll_up_traffic(now=timezone.now())
    EventFactory(project=project, timestamp=at(10, 20, 55), session_id=uuid.uuid4())
    roll_up_traffic(now=timezone.now() + dt.timedelta(seconds=1))
    assert buckets(project, "hour")[at(10, 20)] == (2, 2, 2, 0, 0)


def test_the_mark_does_not_move_when_the_counting_fails(project, visit):
    roll_up_traffic(now=at(1, 0))
    with connection.cursor() as cursor:
        cursor.execute(
            "alter table analytics_trafficrollup add constraint scratch"
            " check (visits < 0) not valid"
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        roll_up_traffic(now=timezone.now())
    assert RollupMark.objects.get().read_until == at(1, 0)


def test_another_workspaces_events_stay_out(project, visit):
    other = ProjectFactory()
    EventFactory(project=other, timestamp=at(10, 20, 55))
    roll_up_traffic(now=timezone.now())
    assert buckets(project, "hour")[at(10, 20)][0] == 1
    assert buckets(other, "hour")[at(10, 20)][0] == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_count_once():
    project = ProjectFactory()
    for minute in range(5):
        EventFactory(project=project, timestamp=at(10, 9, minute), session_id=uuid.uuid4())
    failures = []

    def work():
        try:
            roll_up_traffic(now=timezone.now())
        except Exception as error:  # noqa: BLE001 shown below
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert buckets(project, "hour") == {at(10, 9): (5, 5, 5, 0, 0)}
