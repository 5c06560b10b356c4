"""Tests from their draft to their end, and what the database holds of their traffic."""

import datetime as dt
import threading
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import TransitionError
from experiments import design, lifecycle, results
from experiments.lifecycle import LifecycleError
from experiments.models import ABTest, TestVariation

NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)


def draft(workspace, **shares):
    ab_test = design.draft(
        workspace=workspace, name="Colour", variations={name: name for name in shares or "ab"}
    )
    for name, share in shares.items():
        ab_test.variations.filter(variation_id=name).update(traffic_percentage=share)
    return ab_test


@given(st.integers(min_value=0, max_value=100))
def test_even_shares_make_a_hundred(count):
    shares = design.even_shares(count)
    assert len(shares) == count
    assert sum(shares) == (100 if count else 0)
    assert max(shares, default=0) - min(shares, default=0) < 1


@pytest.mark.django_db
def test_a_test_goes_from_its_draft_to_its_end(workspace):
    ab_test = lifecycle.start(ab_test=draft(workspace), now=NOW)
    assert (ab_test.status, ab_test.start_date) == ("active", NOW)
    assert ab_test.traffic_split == {"a": "50.00", "b": "50.00"}
    assert lifecycle.pause(ab_test=ab_test).status == "paused"
    assert lifecycle.resume(ab_test=ab_test).start_date == NOW
    winner = ab_test.variations.get(variation_id="b")
    ended = lifecycle.complete(ab_test=ab_test, now=NOW + dt.timedelta(days=7), winner=winner)
    assert (ended.status, ended.winning_variation) == ("completed", winner)
    assert ended.end_date - ended.start_date == dt.timedelta(days=7)
    with pytest.raises(TransitionError):
        lifecycle.cancel(ab_test=ended, now=NOW)


@pytest.mark.django_db
def test_starting_twice_is_starting_once(workspace):
    ab_test = lifecycle.start(ab_test=draft(workspace), now=NOW)
    again = lifecycle.start(ab_test=ab_test, now=NOW + dt.timedelta(hours=1))
    assert again.start_date == NOW


@pytest.mark.django_db
def test_a_pause_is_resumed_and_a_draft_is_started(workspace):
    ab_test = draft(workspace)
    with pytest.raises(TransitionError):
        lifecycle.resume(ab_test=ab_test)
    lifecycle.start(ab_test=ab_test, now=NOW)
    lifecycle.pause(ab_test=ab_test)
    with pytest.raises(TransitionError):
        lifecycle.start(ab_test=ab_test, now=NOW)


@pytest.mark.django_db
def test_a_draft_without_whole_traffic_does_not_start(workspace):
    ab_test = draft(workspace, a=50, b=Decimal("49.99"))
    with pytest.raises(LifecycleError) as refused:
        lifecycle.start(ab_test=ab_test, now=NOW)
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [
        ("/traffic_split", "not_whole")
    ]
    assert "99.99" in str(refused.value)


@pytest.mark.django_db
def test_the_database_starts_no_test_without_whole_traffic(workspace):
    for shares in ({"a": 60, "b": 60}, {"a": 100}, {"a": 50, "b": 49}):
        ab_test = draft(workspace, **shares)
        with pytest.raises(IntegrityError, match="whole_traffic"), transaction.atomic():
            ABTest.objects.filter(pk=ab_test.pk).update(status="active", start_date=NOW)
        ab_test.delete()


@pytest.mark.django_db
def test_the_traffic_of_a_test_that_runs_stays_whole(workspace):
    ab_test = lifecycle.start(ab_test=draft(workspace), now=NOW)
    for change in (
        lambda: ab_test.variations.filter(variation_id="a").update(traffic_percentage=40),
        lambda: TestVariation.objects.create(
            workspace=workspace, ab_test=ab_test, variation_id="c", name="c", traffic_percentage=10
        ),
    ):
        with pytest.raises(IntegrityError, match="whole_traffic"), transaction.atomic():
            change()
    ab_test.variations.filter(variation_id="a").delete()
    with (
        connection.cursor() as cursor,
        pytest.raises(IntegrityError, match="whole_traffic"),
        transaction.atomic(),
    ):
        cursor.execute("set constraints all immediate")
    TestVariation.objects.create(
        workspace=workspace, ab_test=ab_test, variation_id="a", name="a", traffic_percentage=50
    )


@pytest.mark.django_db
def test_shares_change_together_while_it_runs(workspace):
    ab_test = lifecycle.start(ab_test=draft(workspace), now=NOW)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set constraints experiments_testvariation_whole_traffic deferred")
        for name, share in (("a", 20), ("b", 80)):
            ab_test.variations.filter(variation_id=name).update(traffic_percentage=share)
        cursor.execute("set constraints all immediate")
    assert set(ab_test.variations.values_list("traffic_percentage", flat=True)) == {20, 80}


@pytest.mark.django_db
def test_a_result_is_shown_on_its_test(workspace):
    ab_test = draft(workspace)
    with pytest.raises(LifecycleError):
        results.record(ab_test=ab_test, now=NOW, p_value=0.2)
    ab_test = lifecycle.start(ab_test=ab_test, now=NOW)
    ab_test.variations.update(visitors=100, impressions=120, conversions=10)
    winner = ab_test.variations.get(variation_id="b")
    result = results.record(
        ab_test=ab_test, now=NOW + dt.timedelta(days=2), p_value=0.004, winner=winner
    )
    assert (result.total_impressions, result.total_conversions) == (240, 20)
    assert result.duration_days == 2
    ab_test.refresh_from_db()
    assert (ab_test.significance_status, ab_test.p_value) == ("highly_significant", 0.004)
    assert ab_test.winning_variation == winner


def at_once(*works):
    """Run each in its own thread and connection; returns what each gave or raised."""
    gate, gave = threading.Barrier(len(works)), [None] * len(works)

    def run(place, work):
        try:
            gate.wait(10)
            gave[place] = work()
        except Exception as error:  # noqa: BLE001 - what went wrong is what is asked
            gave[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return gave


@pytest.mark.django_db(transaction=True)
def test_two_who_start_a_test_at_once_start_it_once(workspace):
    ab_test = draft(workspace)
    starts = [
        lambda minute=minute: lifecycle.start(
            ab_test=ab_test, now=NOW + dt.timedelta(minutes=minute)
        )
        for minute in (1, 2)
    ]
    first, second = at_once(*starts)
    assert first.status == second.status == "active"
    assert first.start_date == second.start_date


@pytest.mark.django_db(transaction=True)
def test_a_start_and_a_change_of_traffic_at_once_do_not_miss_each_other(workspace):
    """Each alone is allowed; together one of them has to give way."""
    ab_test = draft(workspace)

    def change():
        with transaction.atomic():
            ab_test.variations.filter(variation_id="a").update(traffic_percentage=10)
            threading.Event().wait(0.3)

    at_once(lambda: lifecycle.start(ab_test=ab_test, now=NOW), change)
    ab_test.refresh_from_db()
    shared = sum(ab_test.variations.values_list("traffic_percentage", flat=True))
    assert (ab_test.status == "active") == (shared == 100)
