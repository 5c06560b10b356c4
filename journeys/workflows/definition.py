"""The document of a workflow: `{"steps": [{"kind": …}]}`, started by `{"event": …}`."""

import functools
from collections.abc import Iterator
from typing import Any, Final, Literal

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, ValidationError

from accounts.faults import Fault, json_pointer
from journeys.workflows.step import Step

MAX_STEPS: Final = 20


class Trigger(BaseModel):
    """What starts a workflow: so far a form that a visitor sends."""

    model_config = ConfigDict(extra="forbid")

    event: Literal["form_submitted"] = "form_submitted"


class DefinitionError(Exception):
    """A document that is no workflow; `faults` says where."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{fault.pointer}: {fault.detail}" for fault in faults))
        self.faults = faults


@functools.cache
def step_kinds() -> dict[str, type[Step]]:
    """The kinds of steps that settings name, by their `kind`."""
    classes: list[type[Step]] = [import_string(path) for path in settings.WORKFLOW_STEPS]
    return {step.model_fields["kind"].default: step for step in classes}


def read_steps(definition: Any) -> list[Step]:
    """The steps of a definition; raises DefinitionError."""
    faults: list[Fault] = []
    steps: list[Step] = []
    for index, raw in enumerate(_raw_steps(definition)):
        try:
            steps.append(_read_step(raw))
        except DefinitionError as error:
            faults += [fault.under(f"/steps/{index}") for fault in error.faults]
    if faults:
        raise DefinitionError(faults)
    return steps


def check_definition(definition: Any) -> list[Fault]:
    """What is wrong with a definition; pointers are into it."""
    try:
        read_steps(definition)
    except DefinitionError as error:
        return error.faults
    return []


def check_trigger(trigger: Any) -> list[Fault]:
    """What is wrong with a trigger; pointers are into it."""
    try:
        Trigger.model_validate(trigger)
    except ValidationError as error:
        return list(_faults(error))
    return []


def _raw_steps(definition: Any) -> list[Any]:
    if not isinstance(definition, dict) or not isinstance(definition.get("steps"), list):
        raise _invalid("", "no_steps", _("A definition is an object with a list `steps`."))
    unknown = sorted(set(definition) - {"steps"})
    if unknown:
        pointer = json_pointer([unknown[0]])
        raise _invalid(pointer, "extra_forbidden", _("A definition has `steps` and nothing else."))
    steps: list[Any] = definition["steps"]
    if not 1 <= len(steps) <= MAX_STEPS:
        text = _("A workflow has 1 to %(most)d steps.") % {"most": MAX_STEPS}
        raise _invalid("/steps", "step_count", text)
    return steps


def _read_step(raw: Any) -> Step:
    kind = raw.get("kind") if isinstance(raw, dict) else None
    step = step_kinds().get(kind) if isinstance(kind, str) else None
    if step is None:
        known = ", ".join(step_kinds())
        raise _invalid("/kind", "unknown_step", _("A step's kind is one of: %s.") % known)
    try:
        return step.model_validate(raw)
    except ValidationError as error:
        raise DefinitionError(list(_faults(error))) from error


def _invalid(pointer: str, code: str, detail: str) -> DefinitionError:
    return DefinitionError([Fault(pointer=pointer, code=code, detail=detail)])


def _faults(error: ValidationError) -> Iterator[Fault]:
    for entry in error.errors(include_url=False, include_context=False, include_input=False):
        yield Fault(pointer=json_pointer(entry["loc"]), code=entry["type"], detail=entry["msg"])
