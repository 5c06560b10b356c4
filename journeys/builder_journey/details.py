"""What the details of a journey's event look like, by the event's type."""

import uuid
from typing import Any, Final, Literal

from django.core.exceptions import ValidationError as FormError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from accounts.faults import Fault, json_pointer
from journeys.builder_journey.models import JourneyEventType

Type = JourneyEventType


class Details(BaseModel):
    """Details without a field of their own; more than the fields that are named is refused."""

    model_config = ConfigDict(extra="forbid")


class TemplateSelected(Details):
    template: uuid.UUID | None = None
    slug: str = Field(default="", max_length=60)


class Customized(Details):
    """Which of the project's documents was changed."""

    document: Literal["sitemap", "page", "style_guide"]
    page_key: str = Field(default="", max_length=64)


class ComponentAdded(Details):
    component_id: str = Field(max_length=128)
    component_type: str = Field(default="", max_length=30)


class AIRequested(Details):
    purpose: str = Field(max_length=100)


class WorkflowConnected(Details):
    component_id: str = Field(max_length=128)
    workflow: uuid.UUID


class ReleaseMade(Details):
    release: uuid.UUID
    number: int | None = Field(default=None, ge=1)


_SHAPES: Final[dict[str, type[Details]]] = {
    Type.TEMPLATE_SELECTED: TemplateSelected,
    Type.CUSTOMIZED: Customized,
    Type.COMPONENT_ADDED: ComponentAdded,
    Type.AI_REQUESTED: AIRequested,
    Type.WORKFLOW_CONNECTED: WorkflowConnected,
    Type.SITE_PREVIEWED: ReleaseMade,
    Type.SITE_PUBLISHED: ReleaseMade,
    Type.MAGIC_MOMENT: Details,
}


class DetailsError(FormError):
    """Details that are not those of the event's type; `faults` points into `event_data`."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(
            {"event_data": [f"{fault.pointer or '/'}: {fault.detail}" for fault in faults]}
        )
        self.faults = [fault.under("/event_data") for fault in faults]


def check_details(*, event_type: str, details: Any) -> dict[str, Any]:
    """The details as they are kept in JSON. Raises DetailsError; KeyError for no known type."""
    try:
        return _SHAPES[event_type].model_validate(details).model_dump(mode="json")
    except ValidationError as error:
        raise DetailsError(
            [
                Fault(pointer=json_pointer(entry["loc"]), code=entry["type"], detail=entry["msg"])
                for entry in error.errors(include_url=False, include_context=False)
            ]
        ) from error
