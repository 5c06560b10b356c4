"""Lists are newest first and paged by cursor."""

import base64

import pytest

from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def seven(api, workspace):
    return [MembershipFactory(workspace=workspace) for _ in range(6)]


def test_pages_hold_every_row_once_newest_first(api, seven):
    seen, address = [], "/api/v1/memberships/?limit=3"
    while address:
        page = api.get(address).json()
        assert len(page["results"]) <= 3
        seen += [row["id"] for row in page["results"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) == 7
    assert seen == sorted(seen, reverse=True)


def test_a_row_added_meanwhile_shifts_nothing(api, seven, workspace):
    first = api.get("/api/v1/memberships/?limit=3").json()
    MembershipFactory(workspace=workspace)
    second = api.get(first["next"]).json()
    rows = [row["id"] for row in first["results"] + second["results"]]
    assert len(set(rows)) == 6


def test_the_way_back(api, seven):
    first = api.get("/api/v1/memberships/?limit=3").json()
    second = api.get(first["next"]).json()
    assert api.get(second["previous"]).json()["results"] == first["results"]


def test_a_page_has_at_most_two_hundred_rows(api, workspace):
    MembershipFactory.create_batch(205, workspace=workspace)
    assert len(api.get("/api/v1/memberships/?limit=1000").json()["results"]) == 200
    assert len(api.get("/api/v1/memberships/").json()["results"]) == 50


@pytest.mark.parametrize("cursor", ["nonsense", base64.b64encode(b"p=nonsense").decode()])
def test_a_cursor_that_was_not_made_here(api, cursor):
    assert api.get("/api/v1/memberships/", {"cursor": cursor}).status_code == 404
