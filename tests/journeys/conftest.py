from types import SimpleNamespace

import pytest

from accounts.keys import issue_key
from tests.factories import WorkspaceFactory
from tests.journeys import doorway


@pytest.fixture
def edge_database(transactional_db, settings):
    """What the edge's pool connects to: committed rows, as the web login."""
    settings.WEB_DATABASE_URL = doorway.web_database_url()


@pytest.fixture
def workspace_at_door(edge_database):
    return WorkspaceFactory(slug="dar-al-qahwa")


@pytest.fixture
def one_minute(monkeypatch):
    """No minute ends while the test counts what came in one."""
    from journeys.ingest import limits

    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: 1_800_000_030.0))


@pytest.fixture
def write_key(workspace_at_door):
    _key, secret = issue_key(workspace=workspace_at_door, kind="ingest", name="tests")
    return secret
