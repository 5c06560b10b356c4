"""Every operation that reads shows one real answer in the API's document, and it is so still.

WRITE_API_ANSWERS=1 writes them anew, from a scene that is asked over the API (api_answers.py).
"""

import datetime as dt
import json
import os
import re
from typing import Any

import httpx
import pytest

from config.api import answers as shown
from tests.config import api_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def document():
    return api_answers.documented()


@pytest.fixture
def answered(document, settings, tmp_path):
    settings.REQUESTS_PER_MINUTE = 1_000_000
    settings.STORAGES = {
        **settings.STORAGES,
        "exports": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "exports"},
        },
    }
    return api_answers.answers(document)


def shape(value: Any) -> Any:
    """Names and kinds of values; all numbers are of one kind."""
    if isinstance(value, dict):
        return {name: shape(one) for name, one in value.items()}
    if isinstance(value, list):
        return [shape(one) for one in value]
    return {bool: "boolean", int: "number", float: "number", str: "text"}.get(type(value), "null")


def shapes(answers: dict[str, Any]) -> dict[str, Any]:
    """Of every answer; an export's text is that of its documents."""
    return {
        name: shape(json.loads(answer) if name.endswith("_export_retrieve") else answer)
        for name, answer in answers.items()
    }


def test_the_answers_shown_are_the_answers_given(answered):
    if os.environ.get("WRITE_API_ANSWERS"):
        shown.FILE.write_text(json.dumps(answered, indent=1, ensure_ascii=False) + "\n")
        shown.known.cache_clear()
    told, given = shapes(json.loads(shown.FILE.read_text())), shapes(answered)
    stale = sorted(name for name in told | given if told.get(name) != given.get(name))
    assert not stale, "WRITE_API_ANSWERS=1 uv run pytest -n 0 tests/config/test_api_answers.py"


def test_every_read_shows_an_answer(document):
    """But for archives: of a file a document has no picture."""
    without = {
        operation["operationId"]: media
        for _path, operation in api_answers.reads(document)
        for media, described in [api_answers.media_of(operation)]
        if "example" not in described and "examples" not in described
    }
    assert set(without.values()) == api_answers.FILES, without


def test_every_answer_shown_is_within_its_schema(document):
    import schemathesis

    wrong = []
    for found in schemathesis.openapi.from_dict(document).get_all_operations():
        operation = found.ok()
        if operation.method != "get":
            continue
        media, described = api_answers.media_of(operation.definition.raw)
        if "example" not in described:
            continue
        answer = described["example"]
        body = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
        request = httpx.Request("GET", f"http://localhost{operation.path}")
        response = httpx.Response(
            200, content=body, headers={"Content-Type": media}, request=request
        )
        response.elapsed = dt.timedelta()
        if not operation.is_valid_response(response):
            wrong.append(operation.path)
    assert not wrong, wrong


def test_nobody_real_is_shown():
    text = shown.FILE.read_text()
    hosts = set(re.findall(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)", text))
    assert hosts
    assert all(re.search(r"(^|\.)example(\.com)?$", host) for host in hosts), hosts
