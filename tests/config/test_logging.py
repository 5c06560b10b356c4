"""Logs: one event a line, ids only; every answer bears the id that its logs do."""

import json
import logging

import pytest
import structlog
from structlog.testing import capture_logs

from config.logging import logging_config

pytestmark = pytest.mark.django_db


def formatted(record, format="json"):
    formatter = logging_config("INFO", format)["formatters"]["structured"]
    options = {key: value for key, value in formatter.items() if key != "()"}
    return structlog.stdlib.ProcessorFormatter(**options).format(record)


def record(message="event", *, exc_info=None, **extra):
    made = logging.LogRecord("some.library", logging.ERROR, __file__, 1, message, None, exc_info)
    made.__dict__.update(extra)
    return made


def test_an_answer_bears_the_id_of_its_logs(client):
    with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as logs:
        response = client.get("/api/v1/nowhere/")
    (event,) = [entry for entry in logs if entry["event"] == "request.answered"]
    assert event["request_id"] == response["X-Request-Id"]
    assert event["status"] == 404


@pytest.mark.parametrize(
    ("offered", "kept"), [("abc-123.DEF_9", True), ("x", False), ("a b c d e f g h", False)]
)
def test_a_proxys_id_is_kept_where_it_is_plain(client, offered, kept):
    response = client.get("/livez", headers={"X-Request-Id": offered})
    assert (response["X-Request-Id"] == offered) is kept


def test_a_request_is_logged_with_ids_and_without_its_address(api, member):
    with capture_logs() as logs:
        api.get("/api/v1/memberships/?role=editor&email=noura@example.com")
    (event,) = [entry for entry in logs if entry["event"] == "request.answered"]
    assert event["workspace_id"] == str(member.workspace_id)
    assert event["user_id"] == str(member.user_id)
    assert event["route"].startswith("api/v1/memberships/")
    assert "noura" not in str(event)


def test_json_lines_are_json_whoever_wrote_them():
    event = json.loads(formatted(record("a library's message")))
    assert event["event"] == "a library's message"
    assert event["level"] == "error"
    assert event["logger"] == "some.library"


@pytest.mark.parametrize("format", ["json", "console"])
def test_tracebacks_do_not_tell_the_values_of_variables(format):
    password = "hunter" + "2"
    try:
        int(password)
    except ValueError as error:
        error = type(error)("no number").with_traceback(error.__traceback__)
        line = formatted(record(exc_info=(type(error), error, error.__traceback__)), format)
    assert "ValueError" in line
    assert "hunter2" not in line


def test_djangos_own_lines_do_not_tell_the_address(rf):
    request = rf.get("/account/password/reset/key/1-secret/?email=noura@example.com")
    request.resolver_match = None
    line = formatted(record(f"Not Found: {request.path}", request=request, status_code=500))
    assert "secret" not in line
    assert "noura" not in line
    assert json.loads(line)["event"] == "request.failed"


def test_nothing_of_a_request_stays_for_the_next(client):
    structlog.contextvars.bind_contextvars(left_behind="by the one before")
    with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as logs:
        client.get("/api/v1/nowhere/")
    assert "left_behind" not in str(logs)
