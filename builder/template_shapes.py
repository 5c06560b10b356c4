"""The JSON shapes of a template's metadata (document 000)."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from accounts.faults import Fault, json_pointer

_Line = Annotated[str, Field(min_length=1, max_length=200)]


class ComponentMetadata(BaseModel):
    """A component of the template that can start a workflow, on the page where it stands."""

    model_config = ConfigDict(extra="forbid")

    component_id: _Line
    type: _Line
    page_key: Annotated[str, Field(max_length=64)] = ""
    suggested_workflows: list[_Line] = []
    customization_options: dict[str, Any] = {}
    performance_metrics: dict[str, Any] = {}


class CustomizationSuggestion(BaseModel):
    """A change worth making; `impact` (0..1) is how much it is expected to matter."""

    model_config = ConfigDict(extra="forbid")

    target: _Line
    property: _Line
    suggestion: Annotated[str, Field(min_length=1, max_length=1000)]
    reason: Annotated[str, Field(max_length=1000)] = ""
    impact: Annotated[float, Field(ge=0, le=1)]


_LISTS: dict[str, TypeAdapter[Any]] = {
    "intelligent_components": TypeAdapter(list[ComponentMetadata]),
    "customization_suggestions": TypeAdapter(list[CustomizationSuggestion]),
    "target_audience": TypeAdapter(list[_Line]),
    "use_cases": TypeAdapter(list[_Line]),
    "industry_focus": TypeAdapter(list[_Line]),
    "design_patterns": TypeAdapter(list[_Line]),
}


def metadata_faults(metadata: Any) -> list[Fault]:
    """What is wrong with the lists of a TemplateAIMetadata (or of an object with its fields)."""
    return [fault for name in _LISTS for fault in _faults(name, getattr(metadata, name))]


def _faults(name: str, value: Any) -> Iterator[Fault]:
    try:
        _LISTS[name].validate_python(value, strict=True)
    except ValidationError as error:
        for item in error.errors(include_url=False, include_context=False, include_input=False):
            yield Fault(json_pointer([name, *item["loc"]]), item["type"], item["msg"])
