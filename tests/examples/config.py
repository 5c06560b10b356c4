"""What the API keeps of requests that may be sent twice."""

from config.models import IdempotentAnswer
from tests.examples import Scene, example


@example(IdempotentAnswer)
def answer(scene: Scene) -> IdempotentAnswer:
    return IdempotentAnswer.objects.create(
        workspace=scene.workspace, digest="d" * 64, fingerprint="f" * 64, status=201, body=b"{}"
    )
