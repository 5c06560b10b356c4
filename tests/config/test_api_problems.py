"""Errors of the API are problem details, whatever goes wrong and wherever."""

import pytest
from rest_framework.test import APIClient

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.config.trouble")]


def assert_problem(response, status):
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    assert body["type"] == f"urn:halfhour:problem:{body['code']}"
    assert set(body) == {"type", "title", "status", "detail", "instance", "code", "errors"}
    return body


def post(api, kind, body=None):
    return api.post(f"/api/v1/trouble/{kind}/", body or {})


def test_nested_faults_become_pointers(api):
    body = assert_problem(post(api, "nested"), 400)
    assert body["title"] == "Bad Request"
    assert {(fault["pointer"], fault["detail"]) for fault in body["errors"]} == {
        ("/layout/content/2/type", "No such section."),
        ("/rows/1/a~1b", "Bad."),
        ("/deep/down", "By pointer."),
        ("/trigger", "Not this one."),
        ("", "Together they make no sense."),
    }


def test_faults_of_a_domain_module_are_told_with_their_pointers(api):
    body = assert_problem(post(api, "layout"), 422)
    assert body["detail"] == "The site cannot be published."
    assert body["errors"] == [
        {
            "pointer": "/wireframes/home/content/2/type",
            "code": "unknown_section",
            "detail": "No such section.",
        }
    ]


def test_a_rule_of_the_domain_is_a_bad_request(api):
    body = assert_problem(post(api, "domain_rule"), 400)
    assert body["errors"][0]["pointer"] == "/name"


@pytest.fixture
def admin(api, member):
    member.role = "admin"
    member.save()
    return api


def test_a_unique_key_is_a_conflict(admin):
    body = assert_problem(post(admin, "duplicate"), 409)
    assert "Key (" not in str(body)


def test_what_row_security_refuses_is_forbidden(api):
    """The editor's role may not write memberships, whatever a view forgot to ask."""
    assert_problem(post(api, "duplicate"), 403)


def test_a_check_of_the_database_is_a_bad_request_that_names_it(admin):
    body = assert_problem(post(admin, "check"), 400)
    assert body["errors"][0]["code"] == "accounts_workspace_week_start"


def test_the_database_away_is_unavailable_and_says_when_to_come_back(api):
    response = post(api, "away")
    assert_problem(response, 503)
    assert int(response["Retry-After"]) > 0


def test_a_bug_tells_nothing_of_itself(api):
    api.raise_request_exception = False
    body = assert_problem(post(api, "bug"), 500)
    assert "secret" not in str(body)


def test_a_missing_record(api):
    body = assert_problem(api.get("/api/v1/memberships/01890000-0000-7000-8000-000000000000/"), 404)
    assert body["instance"] == "/api/v1/memberships/01890000-0000-7000-8000-000000000000/"


def test_an_address_that_does_not_exist(api):
    body = assert_problem(api.get("/api/v1/nowhere/"), 404)
    assert body["code"] == "not_found"


def test_elsewhere_than_the_api_errors_are_pages(client):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Back in a moment"), ("ar", "نعود بعد لحظات")]
)
def test_elsewhere_the_database_away_is_a_page_in_the_readers_language(client, language, words):
    client.raise_request_exception = False
    response = client.get("/page/", headers={"Accept-Language": language})
    assert response.status_code == 503
    assert words in response.content.decode()
    assert int(response["Retry-After"]) > 0


def test_a_method_that_is_not_there(api):
    response = api.delete("/api/v1/trouble/none/")
    assert_problem(response, 405)
    assert "POST" in response["Allow"]


def test_a_post_without_the_slash_arrives_as_a_post(api):
    response = api.post("/api/v1/trouble/none", {"a": 1})
    assert (response.status_code, response["Location"]) == (308, "/api/v1/trouble/none/")
    assert api.post("/api/v1/trouble/none", {"a": 1}, follow=True).json() == {"echo": {"a": 1}}


def test_a_body_that_is_not_json_is_told_where(api):
    response = api.post(
        "/api/v1/trouble/none/", '{"name": "x",\n "y" 2}', content_type="application/json"
    )
    body = assert_problem(response, 400)
    assert "line 2" in body["detail"]
    assert body["errors"] == [{"pointer": "", "code": "parse_error", "detail": body["detail"]}]


@pytest.mark.parametrize(
    "text",
    ['{"a": "\\u0000"}', '{"a": NaN}', '["\\ud800"]', "[" * 2000 + "]" * 2000, '{"a\\u0000": 1}'],
)
def test_json_that_could_not_be_stored_is_refused(api, text):
    response = api.post("/api/v1/trouble/none/", text, content_type="application/json")
    assert_problem(response, 400)


def test_json_that_merely_looks_dangerous_is_taken(api):
    document = {"a": "\\u0000 written out", "many": [[]] * 500, "deep": [[[[[[[[[[1]]]]]]]]]]}
    assert post(api, "none", document).json() == {"echo": document}


def test_a_body_that_is_too_large(api, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert_problem(post(api, "none", {"a": "x" * 2000}), 413)


def test_a_media_type_that_is_not_read(api):
    response = api.post("/api/v1/trouble/none/", "a=1", content_type="text/csv")
    assert_problem(response, 415)


def test_nobody_signed_in():
    response = APIClient().get("/api/v1/memberships/")
    body = assert_problem(response, 401)
    assert body["code"] == "not_authenticated"
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_a_faulty_query_names_its_parameter(api):
    body = assert_problem(api.get("/api/v1/memberships/?role=king"), 400)
    assert body["errors"][0]["parameter"] == "role"
    assert "pointer" not in body["errors"][0]


def test_a_refused_host_is_a_problem_too(api):
    assert_problem(api.get("/api/v1/memberships/", HTTP_HOST="evil.example"), 400)


def test_the_database_away_before_the_view_is_unavailable(monkeypatch):
    """The key is looked up by middleware: Django's own handler answers, and tells it from a bug."""
    from django.db import OperationalError

    client = APIClient(raise_request_exception=False)
    client.credentials(HTTP_AUTHORIZATION="Bearer hh_server_0_x")

    def gone(*_args):
        raise OperationalError("the connection is lost")

    monkeypatch.setattr("accounts.tenancy.resolution._rows", gone)
    response = client.get("/api/v1/memberships/")
    assert_problem(response, 503)
    assert int(response["Retry-After"]) > 0
