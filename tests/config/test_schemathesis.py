"""The whole OpenAPI document, asked at random: no 500, and every answer within its schema."""

import os

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings

from accounts.keys import issue_key
from tests.config.api_roles import ROUTES, record_of
from tests.examples import Scene
from tests.factories import MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.long]
EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "5"))


@pytest.fixture(scope="module")
def document():
    import schemathesis
    from drf_spectacular.generators import SchemaGenerator

    written = SchemaGenerator().get_schema(request=None, public=True)
    schema = schemathesis.openapi.from_dict(written)
    schema.app = get_wsgi_application()
    by_prefix = {}
    for found in schema.get_all_operations():
        operation = found.ok()
        path = operation.path.removeprefix("/api/v1/")
        prefix = max((p for p in ROUTES if path.startswith(f"{p}/")), key=len, default="")
        by_prefix.setdefault(prefix, []).append(operation)
    return by_prefix


@pytest.fixture
def scene(db, settings):
    settings.REQUESTS_PER_MINUTE = 1_000_000
    owner = MembershipFactory(role="owner")
    return Scene(workspace=owner.workspace, user=owner.user)


@pytest.fixture(autouse=True)
def _one_connection():
    """A WSGI request ends with its connection, which here is the test's own."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def headers(scene):
    _key, secret = issue_key(
        workspace=scene.workspace, kind="personal", name="tests", user=scene.user
    )
    return {"Authorization": f"Bearer {secret}"}


def ask(operation, *, headers, known, examples):
    """Send generated requests; what they do is taken back. Keys in the path are of a record."""
    from schemathesis import checks, specs

    wanted = [
        checks.not_a_server_error,
        specs.openapi.checks.response_schema_conformance,
        specs.openapi.checks.content_type_conformance,
    ]
    names = {parameter.name for parameter in operation.path_parameters}

    @given(case=operation.as_strategy(path_parameters={n: known[n] for n in names & set(known)}))
    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def send(case):
        with transaction.atomic():
            response = case.call(headers=headers)
            transaction.set_rollback(True)
        case.validate_response(response, checks=wanted)

    send()


@pytest.mark.parametrize("prefix", ["", *sorted(ROUTES)])
def test_generated_requests(document, scene, headers, prefix):
    """Of a route of the router, or ("") of all that stands beside it."""
    record = record_of(scene, prefix) if prefix else None
    known = {"id": str(record.pk)} if record is not None else {}
    for operation in document[prefix]:
        ask(operation, headers=headers, known=known, examples=EXAMPLES)
