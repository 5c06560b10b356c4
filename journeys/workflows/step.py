"""What a kind of step is; the setting WORKFLOW_STEPS names the classes (see `steps`)."""

import datetime
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel, ConfigDict

from journeys.workflows.placeholders import CONTACT_NAMES, Values

if TYPE_CHECKING:
    from journeys.workflows.models import WorkflowExecution


class StepError(Exception):
    """The step did not succeed. It is tried again unless `retry` is false.

    `retry_after` is the least wait in seconds that the other side asked for.
    """

    def __init__(
        self, reason: str, *, retry: bool = True, retry_after: float | None = None
    ) -> None:
        super().__init__(reason)
        self.retry = retry
        self.retry_after = retry_after


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a step: `detail` is for the execution's log and holds ids and figures.

    `resume_at` puts the execution to sleep before the next step; `skipped` says why nothing was
    done where nothing could be (a mail to someone without an address).
    """

    detail: Mapping[str, Any] = field(default_factory=dict)
    resume_at: datetime.datetime | None = None
    skipped: str = ""


@dataclass(frozen=True, kw_only=True)
class Run:
    """One attempt at one step of an execution; `index` counts the steps from 0."""

    execution: "WorkflowExecution"
    index: int
    now: datetime.datetime

    @property
    def effect_id(self) -> str:
        """Names this step's effect: the same at every attempt, so that others can tell a repeat."""
        return f"{self.execution.id.hex}_{self.index}"

    @property
    def language(self) -> str:
        """The site's language, or the workspace's where no site is known."""
        project = self.execution.project
        return project.language if project else self.execution.workspace.default_language

    @cached_property
    def values(self) -> Values:
        """What placeholders stand for."""
        execution = self.execution
        traits = execution.contact.traits if execution.contact else {}
        contact = {name: _text(traits.get(name)) for name in CONTACT_NAMES}
        if execution.contact is not None and execution.contact.email:
            contact["email"] = execution.contact.email
        form = {str(name): _text(value) for name, value in execution.form.items()}
        project = execution.project
        return {
            "contact": contact,
            "form": form,
            "site": {"name": project.name if project else ""},
            "workspace": {"name": execution.workspace.name},
        }


class Step(BaseModel, ABC):
    """A kind of step: its fields are its settings in a definition, `run` is what it does.

    `kind` is a Literal with a default. A step whose effect is outside of the database sets
    `outside`: it runs in no transaction, may run again after a crash, and sends `Run.effect_id`
    along; one that signs what it sends sets `signs` (see `signing`). Every other step runs in the
    transaction that also moves the execution on, so that its effect happens once.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    kind: str
    outside: ClassVar[bool] = False
    signs: ClassVar[bool] = False

    @abstractmethod
    def run(self, run: Run) -> Outcome:
        """Do it; raises StepError."""


def _text(value: object) -> str:
    """A form's or a trait's value as people read it; lists are joined, structures left out."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_text, value)))
    if value is None or isinstance(value, dict):
        return ""
    return str(value)
