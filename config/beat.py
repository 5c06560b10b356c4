"""What runs by the clock; each entry can run twice, or late, without harm."""

from typing import Any


def _every(seconds: float, task: str) -> dict[str, Any]:
    """A run that no worker took up before the next is due is dropped, so that none pile up."""
    return {"task": task, "schedule": seconds, "options": {"expires": seconds}}


BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "beat-heartbeat": _every(10.0, "config.tasks.beat_heartbeat"),
    "advance-executions": _every(10.0, "journeys.tasks.advance_executions"),
    "send-mail": _every(10.0, "journeys.tasks.send_mail"),
    "forget-idempotent-answers": _every(3600.0, "config.tasks.forget_idempotent_answers"),
    "make-partitions": _every(3600.0, "journeys.tasks.make_partitions"),
    "prune-receipts": _every(3600.0, "journeys.tasks.prune_receipts"),
    "publish-on-time": _every(60.0, "builder.tasks.publish_on_time"),
    "sweep-release-storage": _every(86_400.0, "builder.tasks.sweep_storage"),
    "render-images": _every(300.0, "builder.tasks.render_images"),
    "check-domains": _every(300.0, "builder.tasks.check_domains"),
    "mail-mentions": _every(60.0, "builder.tasks.mail_mentions"),
    "empty-bin": _every(3600.0, "builder.tasks.empty_bin"),
    "clean-up-old-sessions": _every(86_400.0, "builder.tasks.cleanup_old_sessions"),
    "prune-previews": _every(3600.0, "builder.tasks.prune_previews"),
    "erase-people": _every(30.0, "accounts.tasks.erase_people"),
    "make-exports": _every(30.0, "accounts.tasks.make_exports"),
    "forget-exports": _every(3600.0, "accounts.tasks.forget_exports"),
    "abandon-silent-conversations": _every(
        3600.0, "conversations.tasks.abandon_silent_conversations"
    ),
    "expire-insights": _every(3600.0, "conversations.tasks.expire_insights"),
    "roll-up-traffic": _every(60.0, "analytics.tasks.roll_up_traffic"),
    "roll-up-workflows": _every(60.0, "analytics.tasks.roll_up_workflows"),
    "roll-up-user-days": _every(300.0, "analytics.tasks.roll_up_user_days"),
    "roll-up-hours": _every(600.0, "analytics.tasks.roll_up_hours"),
}
