"""People of one workspace, each signed in with a key of their own."""

import pytest
from rest_framework.test import APIClient

from accounts.keys import issue_key
from tests.factories import MembershipFactory


@pytest.fixture
def acting(workspace):
    """A function that makes a member of the given role, and gives them an API client.

    The client's `user` and `membership` are theirs.
    """

    def act(role="owner", *, within=None, user=None):
        extra = {"user": user} if user is not None else {}
        membership = MembershipFactory(workspace=within or workspace, role=role, **extra)
        _key, secret = issue_key(
            workspace=membership.workspace, kind="personal", name="tests", user=membership.user
        )
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        client.user, client.membership = membership.user, membership
        return client

    return act
