"""One real answer of every operation that reads, shown in the API's document.

They are kept in a file and made by a test, which asks the API itself and finds the file stale when
the shape of an answer changes: tests/config/test_api_answers.py.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

FILE: Final = Path(__file__).with_name("answers.json")


@lru_cache(maxsize=1)
def known() -> dict[str, Any]:
    """Answers by the id of their operation; of an export the text of its first line."""
    read: dict[str, Any] = json.loads(FILE.read_text())
    return read


def show(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """drf-spectacular's hook: give each read its answer."""
    for item in result.get("paths", {}).values():
        reading = item.get("get", {})
        answer = known().get(reading.get("operationId"))
        if answer is not None:
            for described in reading["responses"]["200"]["content"].values():
                described["example"] = answer
    return result
