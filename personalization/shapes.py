"""JSON whose shape is known, checked by pydantic: imported when something is to be checked."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from accounts.faults import Fault, json_pointer

Color = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class ShapeError(Exception):
    """A document is not of its shape; `faults` say where."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.detail for fault in faults))
        self.faults = faults


class CampaignConfig(BaseModel):
    """A campaign's settings (document 003): whom, where, what for; more may stand beside."""

    model_config = ConfigDict(extra="allow")

    audience: dict[str, Any] = {}
    channels: list[str] = []
    goals: dict[str, Any] | list[Any] = {}


class ActualPerformance(BaseModel):
    """What came of a recommendation, under the names of what was predicted."""

    model_config = ConfigDict(extra="allow")

    ctr: Share | None = None
    engagement_rate: Share | None = None
    conversion_rate: Share | None = None
    roi: Annotated[float, Field(ge=-1, allow_inf_nan=False)] | None = None


def check_config(document: Any) -> Any:
    """A campaign's configuration as it is. Raises ShapeError."""
    return _checked(CampaignConfig, document)


def check_performance(document: Any) -> Any:
    """What came of a recommendation as it is. Raises ShapeError."""
    return _checked(ActualPerformance, document)


def check_colors(document: Any) -> Any:
    """A brand's colours, such as #0a7f5a, as they are. Raises ShapeError."""
    return _checked(list[Color], document)


def _checked(shape: Any, document: Any) -> Any:
    try:
        TypeAdapter(shape).validate_python(document, strict=True)
    except ValidationError as error:
        raise ShapeError(
            [
                Fault(json_pointer(fault["loc"]), fault["type"], fault["msg"])
                for fault in error.errors()
            ]
        ) from error
    return document
