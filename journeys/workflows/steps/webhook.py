import json
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from accounts.encryption import LostKeyError
from journeys.workflows import signatures, signing, webhooks
from journeys.workflows.step import Outcome, Run, Step, StepError

USER_AGENT = "Halfhour-Webhooks/1"


def _callable_url(url: str) -> str:
    try:
        webhooks.checked_url(url)
    except webhooks.WebhookRefusedError as error:
        raise PydanticCustomError("url_refused", "{reason}", {"reason": str(error)}) from error
    return url


class CallWebhook(Step):
    """Tell another system, signed as Standard Webhooks says (https://www.standardwebhooks.com)."""

    kind: Literal["call_webhook"] = "call_webhook"
    url: Annotated[str, Field(max_length=2000), AfterValidator(_callable_url)]

    outside: ClassVar[bool] = True
    signs: ClassVar[bool] = True

    def run(self, run: Run) -> Outcome:
        body = json.dumps(_payload(run), ensure_ascii=False, separators=(",", ":")).encode()
        webhook_id, timestamp = f"msg_{run.effect_id}", int(run.now.timestamp())
        headers = {
            "Content-Type": "application/json",
            "User-Agent": USER_AGENT,
            "Webhook-Id": webhook_id,
            "Webhook-Timestamp": str(timestamp),
            "Webhook-Signature": signatures.sign(
                secret=_secret(run),
                webhook_id=webhook_id,
                timestamp=timestamp,
                body=body,
            ),
        }
        try:
            answer = webhooks.call(url=self.url, body=body, headers=headers)
        except webhooks.WebhookError as error:
            raise StepError(str(error), retry=error.retry, retry_after=error.retry_after) from error
        return Outcome(
            detail={
                "webhook_id": webhook_id,
                "status": answer.status,
                "milliseconds": answer.milliseconds,
            }
        )


def _secret(run: Run) -> str:
    try:
        return signing.secret_of(run.execution.workflow)
    except LostKeyError as error:
        # It is tried again: an operator may bring the key back meanwhile.
        raise StepError("The signing secret cannot be read; its key is missing.") from error


def _payload(run: Run) -> dict[str, Any]:
    """The same at every attempt: receivers tell a repeat by `Webhook-Id`, and may compare."""
    execution = run.execution
    contact, project = execution.contact, execution.project
    return {
        "type": execution.workflow.trigger.get("event", "form_submitted"),
        "timestamp": execution.triggered_at.isoformat(),
        "data": {
            "execution": str(execution.id),
            "workflow": {"id": str(execution.workflow_id), "name": execution.workflow.name},
            "project": {"id": str(project.id), "name": project.name} if project else None,
            "component_id": execution.component_id,
            "contact": {"id": str(contact.id), "email": contact.email} if contact else None,
            "form": execution.form,
        },
    }
