"""Tests from their draft to their end."""

import datetime
from collections.abc import Sequence
from decimal import Decimal

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.faults import Fault
from accounts.models import TransitionError
from experiments.models import ABTest, TestStatus, TestVariation

log = structlog.get_logger(__name__)


class LifecycleError(Exception):
    """A test cannot do that; `faults` say why, with pointers into the test."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(" ".join(fault.detail for fault in faults))
        self.faults = list(faults)


def start(*, ab_test: ABTest, now: datetime.datetime) -> ABTest:
    """Let a draft run: from now on its variations get traffic, as `traffic_split` then says.

    One that runs already is left as it is. Raises LifecycleError where there are fewer than two
    variations or their traffic does not make 100 per cent, and TransitionError.
    """
    with transaction.atomic():
        locked = _locked(ab_test)
        if locked.status == TestStatus.ACTIVE:
            return locked
        if locked.status == TestStatus.PAUSED:
            raise _impossible(locked, TestStatus.ACTIVE)
        locked.transition(TestStatus.ACTIVE)
        variations = list(locked.variations.order_by("id"))
        require_whole_traffic(variations)
        locked.start_date = now
        locked.traffic_split = {
            variation.variation_id: str(variation.traffic_percentage) for variation in variations
        }
        locked.save(update_fields=["status", "start_date", "traffic_split", "updated_at"])
    return _told(locked)


def pause(*, ab_test: ABTest) -> ABTest:
    """Let it give nobody new a variation. Raises TransitionError."""
    return _moved(ab_test, TestStatus.PAUSED)


def resume(*, ab_test: ABTest) -> ABTest:
    """End a pause; a draft is started, not resumed. Raises TransitionError."""
    with transaction.atomic():
        locked = _locked(ab_test)
        if locked.status == TestStatus.DRAFT:
            raise _impossible(locked, TestStatus.ACTIVE)
        return _moved(locked, TestStatus.ACTIVE)


def complete(
    *, ab_test: ABTest, now: datetime.datetime, winner: TestVariation | None = None
) -> ABTest:
    """End it with its result; `winner`, where given, is what is shown from now on.

    Raises LifecycleError where the winner is of another test, and TransitionError.
    """
    with transaction.atomic():
        locked = _locked(ab_test)
        if winner is not None and winner.ab_test_id != locked.pk:
            detail = _("The winner is a variation of another test.")
            raise LifecycleError(Fault("/winning_variation", "not_of_test", detail))
        return _moved(locked, TestStatus.COMPLETED, end_date=now, winning_variation=winner)


def cancel(*, ab_test: ABTest, now: datetime.datetime) -> ABTest:
    """End it without a result, also before its start. Raises TransitionError."""
    return _moved(ab_test, TestStatus.CANCELLED, end_date=now)


def discard(*, ab_test: ABTest) -> None:
    """Delete a draft, or a test that was cancelled; others are kept. Raises LifecycleError."""
    with transaction.atomic():
        locked = _locked(ab_test)
        if locked.status not in (TestStatus.DRAFT, TestStatus.CANCELLED):
            detail = _("Only a draft or a cancelled test can be deleted.")
            raise LifecycleError(Fault("/status", "is_kept", detail))
        locked.delete()


def require_draft(ab_test: ABTest) -> None:
    """Raise LifecycleError unless the test's variations may still change."""
    if ab_test.status != TestStatus.DRAFT:
        detail = _("The variations of a test that has started stay as they are.")
        raise LifecycleError(Fault("/ab_test", "has_started", detail))


def require_whole_traffic(variations: Sequence[TestVariation]) -> None:
    """Raise LifecycleError unless there are two at least and they have all the traffic."""
    faults = []
    if len(variations) < 2:
        detail = _("A test needs two variations at least.")
        faults.append(Fault("/variations", "too_few", detail))
    shared = sum((variation.traffic_percentage for variation in variations), Decimal(0))
    if shared != 100:
        detail = _("The variations have %(shared)s%% of the traffic, not 100%%.")
        faults.append(Fault("/traffic_split", "not_whole", detail % {"shared": shared}))
    if faults:
        raise LifecycleError(*faults)


def _locked(ab_test: ABTest) -> ABTest:
    return ABTest.objects.select_for_update().get(pk=ab_test.pk)


def _moved(ab_test: ABTest, status: str, **fields: object) -> ABTest:
    with transaction.atomic():
        locked = _locked(ab_test)
        if locked.status == status:
            return locked
        locked.transition(status)
        for name, value in fields.items():
            if value is not None:
                setattr(locked, name, value)
        locked.save(update_fields=["status", *fields, "updated_at"])
    return _told(locked)


def _told(ab_test: ABTest) -> ABTest:
    log.info("test.moved", ab_test_id=str(ab_test.pk), status=ab_test.status)
    return ab_test


def _impossible(ab_test: ABTest, wanted: str) -> TransitionError:
    return TransitionError(
        subject=str(ABTest._meta.verbose_name).capitalize(),
        field="status",
        current=ab_test.status,
        wanted=wanted,
    )
