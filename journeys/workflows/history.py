"""The shapes of what a workflow remembers of a contact."""

import datetime
import uuid
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError as FormError
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from accounts.faults import Fault, json_pointer


class WorkflowTriggerEvent(BaseModel):
    """That something started the workflow for the contact."""

    model_config = ConfigDict(extra="forbid")

    at: AwareDatetime
    trigger: str = Field(max_length=200)
    component_id: str = Field(default="", max_length=128)
    execution_id: uuid.UUID | None = None


class InteractionEvent(BaseModel):
    """Something that the contact did with what the workflow sent or showed."""

    model_config = ConfigDict(extra="forbid")

    at: AwareDatetime
    type: str = Field(max_length=50)
    subject: str = Field(default="", max_length=200)
    properties: dict[str, Any] = Field(default_factory=dict)


TRIGGERS = TypeAdapter(list[WorkflowTriggerEvent])
INTERACTIONS = TypeAdapter(list[InteractionEvent])


class HistoryError(FormError):
    """Lists that have not their shapes; `faults` says where."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__([f"{fault.pointer}: {fault.detail}" for fault in faults])
        self.faults = faults


def trigger(
    *, at: datetime.datetime, name: str, component_id: str, execution_id: uuid.UUID
) -> dict[str, Any]:
    """An entry of `workflow_triggers` as it is kept in JSON."""
    return WorkflowTriggerEvent(
        at=at, trigger=name, component_id=component_id, execution_id=execution_id
    ).model_dump(mode="json")


def check_history(*, triggers: Any, interactions: Any) -> None:
    """Raise HistoryError where one of the lists has not its shape."""
    faults = [
        *_faults(TRIGGERS, triggers, "/workflow_triggers"),
        *_faults(INTERACTIONS, interactions, "/interaction_history"),
    ]
    if faults:
        raise HistoryError(faults)


def _faults(shape: TypeAdapter[Any], value: Any, pointer: str) -> Iterator[Fault]:
    try:
        shape.validate_python(value)
    except ValidationError as error:
        for entry in error.errors(include_url=False, include_context=False):
            yield Fault(pointer + json_pointer(entry["loc"]), entry["type"], entry["msg"])
