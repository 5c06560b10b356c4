"""What the API keeps of requests that may be sent twice."""

from django.contrib.admin.models import CHANGE, LogEntry

from config.models import IdempotentAnswer
from tests.examples import Scene, example


@example(IdempotentAnswer)
def answer(scene: Scene) -> IdempotentAnswer:
    return IdempotentAnswer.objects.create(
        workspace=scene.workspace,
        digest=scene.workspace.pk.hex * 2,
        fingerprint="f" * 64,
        status=201,
        body=b"{}",
    )


@example(LogEntry)
def log_entry(scene: Scene) -> LogEntry:
    return LogEntry.objects.log_actions(
        user_id=scene.user.pk,
        queryset=[scene.workspace],
        action_flag=CHANGE,
        change_message="Renamed.",
        single_object=True,
    )
