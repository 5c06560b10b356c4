"""Every page of the console, in every role, over one's own workspace and a stranger's."""

import json
import os
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.admin.base import RoleAccess
from tests.config.console_walk import (
    GONE,
    OURS,
    ROLES,
    Walk,
    address,
    clone,
    new_scene,
    own_keys,
    pages,
    sign_in,
)

pytestmark = pytest.mark.django_db

COUNTS = Path(__file__).with_name("console_queries.json")
MANY = 30
# Held back by rules about other rows (a whole, an overlap, a sequence): two rows or three.
NOT_CLONED = {
    "analytics.useranalytics",
    "analytics.workflowanalytics",
    "builder.versionhistory",
    "experiments.abtest",
    "experiments.testvariation",
}


@pytest.fixture
def scenes(db):
    """One's own workspace and a stranger's, each with one of everything."""
    return new_scene(), new_scene()


def request_of(client):
    """A request as the client's person, for what pages decide from it."""
    request = RequestFactory().get("/console/")
    response = client.get("/console/")
    request.user = response.wsgi_request.user
    request.tenancy = getattr(response.wsgi_request, "tenancy", None)
    return request


def test_pages_know_workspaces_and_roles():
    """What packages register of their own knows neither, and is left out."""
    for label, page in pages().items():
        assert isinstance(page, RoleAccess), label
        assert page.model._meta.app_label in OURS, label


@pytest.mark.parametrize("role", [*ROLES, "superuser"])
def test_every_page_opens_and_shows_no_stranger(scenes, role):
    """Thoroughly as a superuser and an editor; the other roles differ by what is closed."""
    mine, theirs = scenes
    client = sign_in(mine, role)
    thorough = role in ("superuser", "editor")
    walk = Walk(client, set() if role == "superuser" else own_keys(theirs))
    request = request_of(client)
    for page in pages().values():
        record = mine.one(page.model)
        visible = page.has_view_permission(request)
        listed = walk.lists(page, closed=not visible, thorough=thorough)
        # Of some records a person sees their own only.
        shown = visible and str(record.pk) in listed
        walk.record(page, record.pk, closed=not shown, thorough=thorough)
        if thorough:
            walk.open(address(page, "add"), expect=(200, 403))
        if thorough and shown:
            walk.actions(page, record.pk, request)
    for page in pages().values():
        strange = theirs.one(page.model)
        if str(strange.pk) in walk.hidden:
            walk.record(page, strange.pk, closed=True, thorough=thorough)
        walk.record(page, GONE, closed=True, thorough=False)
    assert not walk.faults, "\n".join(walk.faults)


def test_nobody_gets_in(db, client):
    for page in pages().values():
        assert client.get(address(page, "changelist")).status_code == 302
        assert client.get(address(page, "export")).status_code == 302
    assert AnonymousUser().is_anonymous


def counted(client, page, *, again=False):
    """How many queries the list takes, as a superuser sees it: all workspaces."""
    url = address(page, "changelist") + ("?period=all" if page.big else "")
    if not again:
        client.get(url)  # what is looked up once a process
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    assert answer.status_code == 200
    # What the page reads; the middlewares' own statements are written by hand, or write.
    read = [query for query in queries if query["sql"].startswith("SELECT ")]
    return len(read), len(answer.context_data["cl"].result_list)


def test_a_list_costs_the_same_however_many_rows_it_has(db):
    """And what it costs stands in a file: WRITE_QUERY_COUNTS=1 writes it anew."""
    scene = new_scene()
    root = sign_in(scene, "superuser")
    few = {label: counted(root, page) for label, page in pages().items()}
    new_scene()
    for _ in range(2):  # the second time what is unique beside a row that was alone before
        for label, page in pages().items():
            if few[label][1] < MANY:
                clone(scene.one(page.model), MANY)
    many = {label: counted(root, page, again=True) for label, page in pages().items()}
    grown = {label: (few[label], many[label]) for label in few if few[label][0] != many[label][0]}
    assert not grown
    short = {label for label, (_queries, rows) in many.items() if rows < MANY}
    assert short <= NOT_CLONED
    assert all(rows > 1 for _queries, rows in many.values())
    if os.environ.get("WRITE_QUERY_COUNTS"):
        counts = {label: queries for label, (queries, _rows) in many.items()}
        COUNTS.write_text(json.dumps(counts, indent=2) + "\n")
    assert {label: queries for label, (queries, _rows) in many.items()} == json.loads(
        COUNTS.read_text()
    )
