"""An erasure that is killed, fails or is run twice at once ends as if none of it had been."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection

from accounts.models import ErasureRequest
from accounts.privacy import batches, erasure
from journeys.models import Contact, ContactIdentity, Event, Lead
from journeys.privacy import contact_subject
from tests.journeys.factories import ContactFactory, EventFactory, IdentityFactory, LeadFactory

ROOT = Path(__file__).resolve().parents[2]
EVENTS = 7
# The counts of a run that nothing disturbed.
TOLD = {
    "journeys.Event delete": EVENTS,
    "journeys.Lead delete": 1,
    "journeys.ContactIdentity delete": 1,
    "journeys.Contact delete": 1,
}

# Runs an erasure in batches of two rows, and is killed in the middle of the transaction of the
# batch that is named: its rows are changed, and not committed.
CHILD = """
import os, signal, sys
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from accounts.privacy import batches, erasure
batches.SIZE = 2
left = int(sys.argv[3])
def tell(label, count):
    global left
    left -= count > 0
    if left == 0 and count:
        os.kill(os.getpid(), signal.SIGKILL)
erasure.run(sys.argv[2], tell=tell)
"""


@pytest.fixture
def contact():
    made = ContactFactory(email="hala@example.com")
    for _ in range(EVENTS):
        EventFactory(contact=made)
    LeadFactory(contact=made, workspace=made.workspace)
    IdentityFactory(contact=made, kind="anonymous_id", value="a-1")
    other = ContactFactory(workspace=made.workspace)
    EventFactory(contact=other)
    return made


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(batches, "SIZE", 2)


def assert_erased_once(job):
    job.refresh_from_db()
    assert job.status == "completed"
    told = {f"{each['model']} {each['erasure']}": each["rows"] for each in job.receipt["tables"]}
    assert told == TOLD
    assert Event.objects.count() == 1
    assert Contact.objects.count() == 1
    assert Lead.objects.count() == 0
    assert ContactIdentity.objects.count() == 0


def killed_after(job, number):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    environment.pop("PYTEST_CURRENT_TEST", None)
    return subprocess.run(
        [
            sys.executable,
            "-c",
            CHILD,
            connection.settings_dict["NAME"],
            str(job.pk),
            str(number),
        ],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.django_db(transaction=True)
def test_killed_anywhere_and_run_again_it_finishes_and_counts_nothing_twice(contact, small_batches):
    job, _ = erasure.request(subject=contact_subject(contact))
    # The first batch that changes rows, one in the middle of the events, one near the end.
    for number in (1, 3, 4):
        done = killed_after(job, number)
        assert done.returncode == -9, done.stderr
        job.refresh_from_db()
        assert job.status == "running"
    erasure.run(job.pk)
    assert_erased_once(job)


@pytest.mark.django_db
def test_an_error_between_batches_leaves_it_failed_and_it_can_be_taken_up(contact, small_batches):
    job, _ = erasure.request(subject=contact_subject(contact))
    seen = []

    def tell(label, count):
        seen.extend([label] * (count > 0))
        if seen.count("journeys.Event") == 2:
            raise RuntimeError("hala@example.com is in the error's text")

    with pytest.raises(RuntimeError):
        erasure.run(job.pk, tell=tell)
    job.refresh_from_db()
    assert (job.status, job.error_message) == ("failed", "RuntimeError")
    assert Event.objects.count() == EVENTS + 1 - 2
    erasure.run(job.pk)
    assert_erased_once(job)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_no_harm(contact, small_batches):
    job, _ = erasure.request(subject=contact_subject(contact))
    errors = []

    def work():
        try:
            erasure.run(job.pk, wait=True)
        except Exception as error:  # noqa: BLE001  told to the test below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert errors == []
    assert_erased_once(job)


@pytest.mark.django_db
def test_a_completed_erasure_is_left_as_it_is(contact):
    job, _ = erasure.request(subject=contact_subject(contact))
    first = erasure.run(job.pk)
    again = erasure.run(job.pk)
    assert again.receipt == first.receipt
    assert again.updated_at == first.updated_at


@pytest.mark.django_db
def test_rows_that_come_in_behind_a_step_go_too(contact, small_batches):
    job, _ = erasure.request(subject=contact_subject(contact))
    late = []

    def tell(label, count):
        if label == "journeys.ContactIdentity" and not late:
            late.append(EventFactory(contact=contact))

    erasure.run(job.pk, tell=tell)
    job.refresh_from_db()
    assert job.status == "completed"
    assert not Event.objects.filter(contact_id=contact.pk).exists()


@pytest.mark.django_db
def test_what_is_left_to_do_does_not_name_the_person_when_it_is_done(contact):
    job, _ = erasure.request(subject=contact_subject(contact))
    assert "hala@example.com" in str(job.target)
    erasure.run(job.pk)
    stored = ErasureRequest.objects.filter(pk=job.pk).values()[0]
    assert "hala" not in str(stored)
    assert str(contact.pk) not in str(stored)
