"""What runs by the clock; each entry can run twice, or late, without harm."""

from typing import Any

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "beat-heartbeat": {"task": "config.tasks.beat_heartbeat", "schedule": 10.0},
    "advance-executions": {"task": "journeys.tasks.advance_executions", "schedule": 10.0},
    "send-mail": {"task": "journeys.tasks.send_mail", "schedule": 10.0},
    "forget-idempotent-answers": {
        "task": "config.tasks.forget_idempotent_answers",
        "schedule": 3600.0,
    },
    "make-partitions": {"task": "journeys.tasks.make_partitions", "schedule": 3600.0},
    "prune-receipts": {"task": "journeys.tasks.prune_receipts", "schedule": 3600.0},
    "prune-previews": {"task": "builder.tasks.prune_previews", "schedule": 3600.0},
    "roll-up-traffic": {"task": "analytics.tasks.roll_up_traffic", "schedule": 60.0},
}
