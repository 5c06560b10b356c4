"""Every route of the API, as someone who has no business there."""

import pytest
from rest_framework.test import APIClient

from accounts.keys import issue_key
from config.urls import router
from tests.examples import Scene
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

# Of the platform itself, open to every workspace.
SHARED = {"template", "template-metadata", "analysis-model"}
# What is counted, not kept (quotas), has no records that somebody could ask for.
ROUTES = {
    basename: (prefix, viewset)
    for prefix, viewset, basename in router.registry
    if viewset.queryset is not None
}


@pytest.fixture
def stranger(db):
    """Somebody's workspace, which has one of everything."""
    owner = MembershipFactory(role="owner")
    return Scene(workspace=owner.workspace, user=owner.user)


def theirs(stranger, viewset):
    return stranger.one(viewset.queryset.model)


@pytest.mark.parametrize("basename", sorted(set(ROUTES) - SHARED))
def test_a_strangers_record_is_not_found(api, stranger, basename):
    prefix, viewset = ROUTES[basename]
    record = theirs(stranger, viewset)
    address = f"/api/v1/{prefix}/{record.pk}/"
    answers = {
        "get": api.get(address),
        "patch": api.patch(address, {}),
        "delete": api.delete(address),
    }
    for extra in viewset.get_extra_actions():
        if extra.detail:
            answers[extra.url_path] = api.post(f"{address}{extra.url_path}/", {})
    told = {name: answer.status_code for name, answer in answers.items()}
    # 400: the body is looked at before the record is; it tells nothing of the record.
    assert set(told.values()) <= {400, 403, 404, 405}, told
    # 403: what only admins look at is not looked for at all.
    assert told["get"] in (403, 404)
    listed = api.get(f"/api/v1/{prefix}/").json()
    assert str(record.pk) not in str(listed)


@pytest.mark.parametrize("basename", sorted(ROUTES))
def test_nobody_gets_in_anywhere(db, basename):
    prefix, _viewset = ROUTES[basename]
    nobody = APIClient()
    assert nobody.get(f"/api/v1/{prefix}/").status_code == 401
    posted = nobody.post(f"/api/v1/{prefix}/", {})
    assert posted.status_code in (401, 405)


# Rows that are each a person's own: a viewer writes their own too, and sees nobody else's.
OWN = {
    basename
    for basename, (_prefix, viewset) in ROUTES.items()
    if getattr(viewset, "own_rows", False)
} | {"api-key", "session"}


@pytest.mark.parametrize("basename", sorted(set(ROUTES) - SHARED - OWN))
def test_a_viewer_writes_nothing(stranger, basename):
    viewer = MembershipFactory(workspace=stranger.workspace, role="viewer")
    _key, secret = issue_key(
        workspace=stranger.workspace, kind="personal", name="viewer", user=viewer.user
    )
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    prefix, viewset = ROUTES[basename]
    record = theirs(stranger, viewset)
    address = f"/api/v1/{prefix}/{record.pk}/"
    # What each role may read is in docs/api.md, and tried in test_api_roles.
    assert client.get(address).status_code in (200, 403)
    refused = [
        client.post(f"/api/v1/{prefix}/", {}),
        client.patch(address, {}),
        client.delete(address),
        *(
            client.post(f"{address}{extra.url_path}/", {})
            for extra in viewset.get_extra_actions()
            if extra.detail
        ),
    ]
    assert {answer.status_code for answer in refused} <= {403, 404, 405}
