"""How complete a profile is: a weighted list of what is worth knowing of a person at work.

A field counts where it says something: not empty, not null. Fields that have a default (country,
time zone, language, manners) say nothing about whether the person was here, and have no weight.
The weights add up to 100, so that a sum of them is the percentage.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

WEIGHTS: Final[Mapping[str, int]] = MappingProxyType(
    {
        # Who: what the consultant addresses.
        "job_title": 12,
        "department": 4,
        "seniority_level": 6,
        "years_of_experience": 5,
        # The business: what its advice is about.
        "industry_primary": 12,
        "industry_secondary": 2,
        "business_model": 9,
        "target_market": 8,
        "company_size": 6,
        "decision_making_authority": 4,
        # Where.
        "city": 5,
        "region": 5,
        # What for.
        "primary_marketing_goals": 12,
        "marketing_budget_range": 5,
        "current_marketing_channels": 5,
    }
)


def completion_percentage(values: Mapping[str, Any]) -> int:
    """The weights of the fields that say something, 0 to 100."""
    return sum(weight for name, weight in WEIGHTS.items() if _says_something(values.get(name)))


def missing_fields(values: Mapping[str, Any]) -> list[str]:
    """The fields that would add to the percentage, the weightiest first."""
    missing = [name for name in WEIGHTS if not _says_something(values.get(name))]
    return sorted(missing, key=lambda name: -WEIGHTS[name])


def _says_something(value: Any) -> bool:
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value != []
