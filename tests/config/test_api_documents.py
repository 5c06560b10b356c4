"""The API's document is fresh and valid, and its pages load nothing from elsewhere."""

import re
from contextlib import closing
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
COMMITTED = ROOT / "docs" / "openapi.yaml"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The document as it is now; a warning of the generator fails."""
    path = tmp_path_factory.mktemp("openapi") / "openapi.yaml"
    call_command("spectacular", file=str(path), validate=True, fail_on_warn=True)
    return path


@pytest.fixture(scope="module")
def document(written):
    return yaml.safe_load(written.read_text())


def operations(document):
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method in ("get", "post", "put", "patch", "delete"):
                yield path, method, operation


def test_the_committed_document_is_fresh(written):
    assert COMMITTED.read_text() == written.read_text(), (
        "run `uv run manage.py spectacular --validate --fail-on-warn --file docs/openapi.yaml`"
    )


def test_every_operation_documents_its_failures_and_its_limits(document):
    for path, method, operation in operations(document):
        place = f"{method} {path}"
        assert {"400", "401", "403", "429", "503"} <= set(operation["responses"]), place
        assert any(
            "RateLimit" in response.get("headers", {})
            for status, response in operation["responses"].items()
            if status.startswith("2")
        ), place


def test_every_post_takes_an_idempotency_key_and_everything_a_workspace(document):
    for path, method, operation in operations(document):
        names = {
            parameter.get("$ref", "").rpartition("/")[2] for parameter in operation["parameters"]
        }
        assert "Workspace" in names, path
        assert ("IdempotencyKey" in names) is (method == "post"), f"{method} {path}"


# A receipt is looked at by whoever holds it; a public project's name is public.
OPEN = ("/api/v1/privacy/receipts/", "/api/v1/public/")


def test_every_operation_wants_a_key_or_a_session(document):
    for path, method, operation in operations(document):
        if path.startswith(OPEN):
            assert operation.get("security", [{}]) == [{}], f"{method} {path}"
            continue
        assert operation["security"] == [{"key": []}, {"session": []}], f"{method} {path}"


def test_failures_are_problems(document):
    for response in document["components"]["responses"].values():
        (media,) = response["content"]
        assert media == "application/problem+json"
        example = response["content"][media]["example"]
        assert set(example) == set(document["components"]["schemas"]["Problem"]["required"])


def test_the_document_is_served_to_anyone(client):
    response = client.get("/api/schema/")
    assert response.status_code == 200
    assert yaml.safe_load(response.content)["info"]["title"] == "Halfhour API"


@pytest.mark.parametrize("page", ["/api/docs/", "/api/docs/?script=", "/api/redoc/"])
def test_the_pages_name_no_other_host(client, page):
    response = client.get(page)
    assert response.status_code == 200
    text = response.content.decode()
    assert re.findall(r"(?:src|href|url)=?[\"'(: ]+(?:https?:)?//[^\"')]+", text) == []
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy


@pytest.mark.parametrize("page", ["/api/docs/", "/api/redoc/"])
def test_the_pages_scripts_are_files_of_ours(client, page):
    text = client.get(page).content.decode()
    assert re.search(r"<script(?![^>]*src=)", text) is None
    sources = re.findall(r'(?:src|href)="(/static/[^"]+)"', text)
    assert sources
    for source in sources:
        with closing(client.get(source)) as response:
            assert response.status_code == 200, source
