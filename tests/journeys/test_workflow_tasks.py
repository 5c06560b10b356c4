"""The worker's jobs, as beat and the nudge call them."""

import pytest
import redis
from django.conf import settings

from config.celery import app
from journeys import tasks
from journeys.models import MailMessage
from journeys.workflows import nudge, recipes
from tests.journeys import workflow_scene as scene

pytestmark = pytest.mark.django_db


def test_the_names_that_beat_and_the_nudge_send_are_those_of_the_tasks():
    app.loader.import_default_modules()
    assert tasks.advance_executions.name == nudge.TASK
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        if entry["task"].startswith("journeys."):
            assert entry["task"] in app.tasks


def test_mail_that_a_workflow_writes_is_sent_without_waiting_for_beat(mailoutbox):
    scene.make_execution(recipes.lead_capture(project=scene.make_project()))
    assert tasks.advance_executions() == 1
    broker = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    queued = broker.lrange("celery:celery", 0, -1)
    broker.delete("celery:celery")
    assert any(tasks.send_mail.name.encode() in message for message in queued)
    assert tasks.send_mail() == 2
    assert len(mailoutbox) == 2
    assert set(MailMessage.objects.values_list("status", flat=True)) == {"sent"}
    assert tasks.advance_executions() == 0
    assert broker.llen("celery:celery") == 0, "without mail there is nothing to ask for"
