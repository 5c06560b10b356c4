"""The clock and its jobs."""

import celery
import pytest

from config.beat import BEAT_SCHEDULE
from config.celery import app


@pytest.fixture(scope="module")
def tasks():
    app.loader.import_default_modules()
    return app.tasks


@pytest.mark.parametrize("name", BEAT_SCHEDULE)
def test_every_entry_names_a_task_that_exists(tasks, name):
    assert BEAT_SCHEDULE[name]["task"] in tasks


@pytest.mark.parametrize("name", BEAT_SCHEDULE)
def test_no_run_outlives_the_next(name):
    assert BEAT_SCHEDULE[name]["options"]["expires"] <= BEAT_SCHEDULE[name]["schedule"]


def test_a_task_sent_from_any_process_goes_to_our_broker(settings):
    assert celery.current_app.main == "halfhour"
    assert celery.current_app.conf.broker_url.startswith(("redis://", "rediss://", "unix://"))


@pytest.mark.django_db
def test_old_answers_are_forgotten_by_the_clock():
    from config.tasks import forget_idempotent_answers

    forget_idempotent_answers()
